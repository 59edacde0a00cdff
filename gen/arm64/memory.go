package arm64

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
)

// Mem is memory at a distance from a register.
type Mem struct {
	Base X
	Disp int
}

// At returns memory at an address.
func At(base X) Mem { return Mem{Base: base} }

// Offset returns memory some bytes further.
func (m Mem) Offset(bytes int) Mem { return Mem{m.Base, m.Disp + bytes} }

// Asm is the operand in Go's assembler.
func (m Mem) Asm() string {
	if m.Disp == 0 {
		return fmt.Sprintf("(%s)", m.Base.Asm())
	}
	return fmt.Sprintf("%d(%s)", m.Disp, m.Base.Asm())
}

// LDRX loads a general register.
func LDRX(x X, m Mem) { emit("MOVD", step{uses: registers(m.Base), sets: registers(x)}, m, x) }

// STRX stores a general register.
func STRX(x X, m Mem) { emit("MOVD", step{uses: registers(x, m.Base)}, x, m) }

// pair is two registers of one load or store.
type pair struct{ a, b V }

func (p pair) Asm() string { return fmt.Sprintf("(%s, %s)", scalar{p.a}.Asm(), scalar{p.b}.Asm()) }

func load(opcode string, v V, m Mem) {
	emit(opcode, step{uses: registers(m.Base), sets: []*virtual{v.virtual}}, m, scalar{v})
}

func store(opcode string, v V, m Mem) {
	emit(opcode, step{uses: []*virtual{v.virtual, m.Base.virtual}}, scalar{v}, m)
}

// moving emits a load that adds n to the register of the address.
func moving(opcode string, v V, x X, n int) {
	emit(opcode+".P", step{uses: registers(x), sets: []*virtual{v.virtual, x.virtual}}, Mem{x, n}, scalar{v})
}

// LDR loads 16 bytes.
func LDR(v V, m Mem) { load("FMOVQ", v, m) }

// LDRD loads 8 bytes and clears the others.
func LDRD(v V, m Mem) { load("FMOVD", v, m) }

// LDRS loads 4 bytes and clears the others.
func LDRS(v V, m Mem) { load("FMOVS", v, m) }

// indexed emits a load from the sum of two registers.
func indexed(opcode string, v V, base, index X) {
	s := step{uses: registers(base, index), sets: []*virtual{v.virtual}}
	emit(opcode, s, text1(func() string { return At(base).Asm() + At(index).Asm() }), scalar{v})
}

// LDRDAt loads 8 bytes from base+index and clears the others.
func LDRDAt(v V, base, index X) { indexed("FMOVD", v, base, index) }

// LDRSAt loads 4 bytes from base+index and clears the others.
func LDRSAt(v V, base, index X) { indexed("FMOVS", v, base, index) }

// LDRPost loads 16 bytes and moves the address past n.
func LDRPost(v V, x X, n int) { moving("FMOVQ", v, x, n) }

// LDRDPost loads 8 bytes and moves the address past n.
func LDRDPost(v V, x X, n int) { moving("FMOVD", v, x, n) }

// LDRSPost loads 4 bytes and moves the address past n.
func LDRSPost(v V, x X, n int) { moving("FMOVS", v, x, n) }

// STR stores 16 bytes.
func STR(v V, m Mem) { store("FMOVQ", v, m) }

// STRD stores the low 8 bytes.
func STRD(v V, m Mem) { store("FMOVD", v, m) }

// STRS stores the low 4 bytes.
func STRS(v V, m Mem) { store("FMOVS", v, m) }

// LDP loads 16 bytes into each of two registers.
func LDP(a, b V, m Mem) {
	emit("FLDPQ", step{uses: registers(m.Base), sets: []*virtual{a.virtual, b.virtual}}, m, pair{a, b})
}

// STP stores 16 bytes of each of two registers.
func STP(a, b V, m Mem) {
	emit("FSTPQ", step{uses: []*virtual{a.virtual, b.virtual, m.Base.virtual}}, pair{a, b}, m)
}

// PRFM asks for a cache line.
func PRFM(m Mem) { emit("PRFM", step{uses: registers(m.Base)}, m, text("PLDL1KEEP")) }

// LD1R loads one element into every lane.
func (a Arrangement) LD1R(v V, x X) {
	emit("VLD1R", step{uses: registers(x), sets: []*virtual{v.virtual}}, At(x), text1(func() string {
		return fmt.Sprintf("[%s]", arranged{v, a.letters}.Asm())
	}))
}

// LD1 loads one element into a lane and leaves the others.
func (a Arrangement) LD1(v V, lane int, x X) {
	v1 := []*virtual{v.virtual}
	emit("VLD1", step{uses: []*virtual{v.virtual, x.virtual}, sets: v1}, At(x), element{v, a, lane})
}

// ST1 stores one lane.
func (a Arrangement) ST1(v V, lane int, x X) {
	emit("VST1", step{uses: []*virtual{v.virtual, x.virtual}}, element{v, a, lane}, At(x))
}

// text1 is an operand that is printed once registers have numbers.
type text1 func() string

func (t text1) Asm() string { return t() }

// table holds the constants of all functions, a vector each.
type table struct {
	words [][4]uint32
	at    map[[4]uint32]int
}

// tableName is the table's symbol.
const tableName = "constants"

// offset returns where a constant is in the table.
func (t *table) offset(w [4]uint32) int {
	at, ok := t.at[w]
	if !ok {
		if t.at == nil {
			t.at = map[[4]uint32]int{}
		}
		at = 16 * len(t.words)
		t.at[w] = at
		t.words = append(t.words, w)
	}
	return at
}

func (t *table) emit(f *ir.File) {
	g := ir.NewStaticGlobal(tableName)
	g.Attributes = attr.RODATA | attr.NOPTR
	for _, words := range t.words {
		for _, w := range words {
			g.Append(operand.U32(w))
		}
	}
	f.AddSection(g)
}

// Constants returns a new register with the address of the constants, for Words, Ints and Floats.
func Constants() X {
	x := NewX()
	emit("MOVD", step{sets: registers(x)}, text("$"+tableName+"<>(SB)"), x)
	return x
}

// Words returns the place of a constant of four words in the table.
func Words(table X, w [4]uint32) Mem { return Mem{table, constants.offset(w)} }

// Ints returns the place of a constant with w in every lane.
func Ints(table X, w uint32) Mem { return Words(table, [4]uint32{w, w, w, w}) }

// Floats returns the place of a constant with x in every lane.
func Floats(table X, x float32) Mem { return Ints(table, math.Float32bits(x)) }
