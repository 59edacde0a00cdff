package arm64

import "fmt"

// Arrangement divides a vector register into lanes.
type Arrangement struct {
	letters string // in Go's assembler
	arm     string // in Arm's notation
	lane    string // of one lane
	lanes   int
	size    uint32 // log2 of a lane's bytes
}

// The arrangements: four words or two doublewords, of floats or integers, and 16 bytes for bit operations.
var (
	S4  = Arrangement{"S4", "4s", "S", 4, 2}
	D2  = Arrangement{"D2", "2d", "D", 2, 3}
	b16 = Arrangement{"B16", "16b", "B", 16, 0}
)

// Lanes is how many elements a register holds.
func (a Arrangement) Lanes() int { return a.lanes }

// Bytes is the size of an element.
func (a Arrangement) Bytes() int { return 1 << a.size }

// arranged is a register with its arrangement in Go's assembler.
type arranged struct {
	V
	letters string
}

func (r arranged) Asm() string { return fmt.Sprintf("V%d.%s", r.number, r.letters) }

// element is a lane of a register.
type element struct {
	V
	a    Arrangement
	lane int
}

func (e element) Asm() string {
	return fmt.Sprintf("V%d.%s[%d]", e.number, e.a.lane, e.a.check(e.lane))
}

// check returns a lane number if it is one.
func (a Arrangement) check(lane int) int {
	if lane < 0 || lane >= a.lanes {
		panic(fmt.Sprintf("arm64: lane %d of %s", lane, a.letters))
	}
	return lane
}

func vectors(vs ...V) []*virtual {
	var r []*virtual
	for _, v := range vs {
		r = append(r, v.virtual)
	}
	return r
}

// native3 emits an instruction of Go's assembler that reads n and m and, if it adds to its result, d.
func (a Arrangement) native3(opcode string, adds bool, d, n, m V) {
	s := step{uses: vectors(n, m), sets: vectors(d)}
	if adds {
		s.uses = vectors(n, m, d)
	}
	emit(opcode, s, arranged{m, a.letters}, arranged{n, a.letters}, arranged{d, a.letters})
}

// FMLA sets d = fma(n, m, d).
func (a Arrangement) FMLA(d, n, m V) { a.native3("VFMLA", true, d, n, m) }

// FMLS sets d = fma(-n, m, d).
func (a Arrangement) FMLS(d, n, m V) { a.native3("VFMLS", true, d, n, m) }

// ADD sets d = n+m in integers.
func (a Arrangement) ADD(d, n, m V) { a.native3("VADD", false, d, n, m) }

// SUB sets d = n-m in integers.
func (a Arrangement) SUB(d, n, m V) { a.native3("VSUB", false, d, n, m) }

// ZIP1 sets d to the lower lanes of n and m in turn.
func (a Arrangement) ZIP1(d, n, m V) { a.native3("VZIP1", false, d, n, m) }

// ZIP2 sets d to the upper lanes of n and m in turn.
func (a Arrangement) ZIP2(d, n, m V) { a.native3("VZIP2", false, d, n, m) }

// UZP1 sets d to the even lanes of n and then of m.
func (a Arrangement) UZP1(d, n, m V) { a.native3("VUZP1", false, d, n, m) }

// UZP2 sets d to the odd lanes of n and then of m.
func (a Arrangement) UZP2(d, n, m V) { a.native3("VUZP2", false, d, n, m) }

// TRN1 sets d to the even lanes of n and m in turn.
func (a Arrangement) TRN1(d, n, m V) { a.native3("VTRN1", false, d, n, m) }

// TRN2 sets d to the odd lanes of n and m in turn.
func (a Arrangement) TRN2(d, n, m V) { a.native3("VTRN2", false, d, n, m) }

// CMTST sets the lanes of d to ones where n and m have a bit in common and to zero elsewhere.
func (a Arrangement) CMTST(d, n, m V) { a.native3("VCMTST", false, d, n, m) }

// VAND sets d = n&m.
func VAND(d, n, m V) { b16.native3("VAND", false, d, n, m) }

// VORR sets d = n|m.
func VORR(d, n, m V) { b16.native3("VORR", false, d, n, m) }

// VEOR sets d = n^m.
func VEOR(d, n, m V) { b16.native3("VEOR", false, d, n, m) }

// BIT sets the bits of d where m has ones to those of n.
func BIT(d, n, m V) { b16.native3("VBIT", true, d, n, m) }

// BIF sets the bits of d where m has zeros to those of n.
func BIF(d, n, m V) { b16.native3("VBIF", true, d, n, m) }

// VMOV sets d = n.
func VMOV(d, n V) {
	emit("VMOV", step{uses: vectors(n), sets: vectors(d)}, arranged{n, "B16"}, arranged{d, "B16"})
}

// VZERO clears d.
func VZERO(d V) {
	emit("VEOR", step{sets: vectors(d)}, arranged{d, "B16"}, arranged{d, "B16"}, arranged{d, "B16"})
}

func (a Arrangement) shift(opcode string, d, n V, by int) {
	s := step{uses: vectors(n), sets: vectors(d)}
	emit(opcode, s, immediate(by), arranged{n, a.letters}, arranged{d, a.letters})
}

// SHL sets d = n<<by.
func (a Arrangement) SHL(d, n V, by int) { a.shift("VSHL", d, n, by) }

// USHR sets d = n>>by, unsigned.
func (a Arrangement) USHR(d, n V, by int) { a.shift("VUSHR", d, n, by) }

// DUP sets every lane of d to one of n.
func (a Arrangement) DUP(d, n V, lane int) {
	emit("VDUP", step{uses: vectors(n), sets: vectors(d)}, element{n, a, lane}, arranged{d, a.letters})
}

// UMOV sets x to a lane of n.
func (a Arrangement) UMOV(x X, n V, lane int) {
	emit("VMOV", step{uses: vectors(n), sets: registers(x)}, element{n, a, lane}, x)
}

// DUPX sets every lane of d to x.
func (a Arrangement) DUPX(d V, x X) {
	emit("VDUP", step{uses: registers(x), sets: vectors(d)}, x, arranged{d, a.letters})
}
