package arm64

import (
	"fmt"
	"strings"
)

// word is an instruction as a number: the instruction's own bits and its fields.
type word struct {
	bits   uint32
	fields []field
	arm    string // Arm's notation, with a %d for each register
}

// field is a register number in an instruction.
type field struct {
	*virtual
	at int
}

func (w word) Asm() string {
	bits := w.bits
	var numbers []any
	for _, f := range w.fields {
		if f.number < 0 || f.number > 31 {
			panic(fmt.Sprintf("arm64: register %d", f.number))
		}
		bits |= uint32(f.number) << f.at
		numbers = append(numbers, f.number)
	}
	return fmt.Sprintf("$0x%08x // %s", bits, fmt.Sprintf(w.arm, numbers...))
}

// notation returns Arm's notation for a name and registers of these arrangements.
func notation(name string, arrangements ...string) string {
	var operands []string
	for _, a := range arrangements {
		operands = append(operands, "v%d."+a)
	}
	return name + " " + strings.Join(operands, ", ")
}

// word3 emits d = op(n, m).
func word3(bits uint32, arm string, d, n, m V) {
	emit("WORD", step{uses: vectors(n, m), sets: vectors(d)},
		word{bits, []field{{d.virtual, 0}, {n.virtual, 5}, {m.virtual, 16}}, arm})
}

// word2 emits d = op(n).
func word2(bits uint32, arm string, d, n V) {
	w := word{bits, []field{{d.virtual, 0}, {n.virtual, 5}}, arm}
	emit("WORD", step{uses: vectors(n), sets: vectors(d)}, w)
}

// precision is the bit that tells float64 from float32.
func (a Arrangement) precision() uint32 { return (a.size - 2) << 22 }

// float3 emits a float instruction of three registers, float2 one of two.
func (a Arrangement) float3(bits uint32, name string, d, n, m V) {
	word3(bits|a.precision(), notation(name, a.arm, a.arm, a.arm), d, n, m)
}

func (a Arrangement) float2(bits uint32, name string, d, n V) {
	word2(bits|a.precision(), notation(name, a.arm, a.arm), d, n)
}

// FADD sets d = n+m.
func (a Arrangement) FADD(d, n, m V) { a.float3(0x4e20d400, "fadd", d, n, m) }

// FSUB sets d = n-m.
func (a Arrangement) FSUB(d, n, m V) { a.float3(0x4ea0d400, "fsub", d, n, m) }

// FMUL sets d = n*m.
func (a Arrangement) FMUL(d, n, m V) { a.float3(0x6e20dc00, "fmul", d, n, m) }

// FDIV sets d = n/m.
func (a Arrangement) FDIV(d, n, m V) { a.float3(0x6e20fc00, "fdiv", d, n, m) }

// FMAX sets d to the greater of n and m; NaN if either is.
func (a Arrangement) FMAX(d, n, m V) { a.float3(0x4e20f400, "fmax", d, n, m) }

// FMIN sets d to the lesser of n and m; NaN if either is.
func (a Arrangement) FMIN(d, n, m V) { a.float3(0x4ea0f400, "fmin", d, n, m) }

// FCMGT sets the lanes of d to ones where n > m and to zero elsewhere.
func (a Arrangement) FCMGT(d, n, m V) { a.float3(0x6ea0e400, "fcmgt", d, n, m) }

// FCMGE sets the lanes of d to ones where n >= m and to zero elsewhere.
func (a Arrangement) FCMGE(d, n, m V) { a.float3(0x6e20e400, "fcmge", d, n, m) }

// FCMEQ sets the lanes of d to ones where n == m and to zero elsewhere.
func (a Arrangement) FCMEQ(d, n, m V) { a.float3(0x4e20e400, "fcmeq", d, n, m) }

// FCMLT0 sets the lanes of d to ones where n < 0 and to zero elsewhere.
func (a Arrangement) FCMLT0(d, n V) {
	word2(0x4ea0e800|a.precision(), notation("fcmlt", a.arm, a.arm)+", #0.0", d, n)
}

// FSQRT sets d = sqrt(n).
func (a Arrangement) FSQRT(d, n V) { a.float2(0x6ea1f800, "fsqrt", d, n) }

// FABS sets d = |n|.
func (a Arrangement) FABS(d, n V) { a.float2(0x4ea0f800, "fabs", d, n) }

// FCVTL sets the float64 lanes of d to the lower two float32 of n.
func FCVTL(d, n V) { word2(0x0e617800, "fcvtl v%d.2d, v%d.2s", d, n) }

// FCVTL2 sets the float64 lanes of d to the upper two float32 of n.
func FCVTL2(d, n V) { word2(0x4e617800, "fcvtl2 v%d.2d, v%d.4s", d, n) }

// FMLAE sets d = fma(n, m[lane], d).
func (a Arrangement) FMLAE(d, n, m V, lane int) {
	bits, l := 0x4f801000|a.precision(), uint32(a.check(lane))
	if a.lanes == 4 {
		bits |= l&1<<21 | l>>1<<11
	} else {
		bits |= l << 11
	}
	arm := fmt.Sprintf("fmla v%%d.%s, v%%d.%s, v%%d.%s[%d]", a.arm, a.arm, strings.ToLower(a.lane), lane)
	emit("WORD", step{uses: vectors(n, m, d), sets: vectors(d)},
		word{bits, []field{{d.virtual, 0}, {n.virtual, 5}, {m.virtual, 16}}, arm})
}

// shiftRight emits an instruction whose shift to the right stands in its bits from 16 on. The shift is from 1
// to the lane's width.
func (a Arrangement) shiftRight(bits uint32, name string, d, n V, by int) {
	width := 8 << a.size
	if by < 1 || by > width {
		panic(fmt.Sprintf("arm64: %s by %d", name, by))
	}
	word2(bits|uint32(2*width-by)<<16, notation(name, a.arm, a.arm)+fmt.Sprintf(", #%d", by), d, n)
}

// SSHR sets d = n>>by, signed.
func (a Arrangement) SSHR(d, n V, by int) { a.shiftRight(0x4f000400, "sshr", d, n, by) }

// SCVTF sets d to the floats nearest n/2^by, the signed integers in n with that many bits after the point.
func (a Arrangement) SCVTF(d, n V, by int) { a.shiftRight(0x4f00e400, "scvtf", d, n, by) }

// UMULL sets d to the products, twice as wide, of the lower words of n and m.
func UMULL(d, n, m V) { word3(0x2ea0c000, notation("umull", "2d", "2s", "2s"), d, n, m) }

// UMULL2 sets d to the products, twice as wide, of the upper words of n and m.
func UMULL2(d, n, m V) { word3(0x6ea0c000, notation("umull2", "2d", "4s", "4s"), d, n, m) }

// CMGE0 sets the lanes of d to ones where the integers in n are not negative and to zero elsewhere.
func (a Arrangement) CMGE0(d, n V) {
	word2(0x6e208800|a.size<<22, notation("cmge", a.arm, a.arm)+", #0", d, n)
}
