package neon

import (
	"fmt"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// blocks emits the products with blocks of columns of B, of every width and height for which the registers
// suffice. A small matrix is one tile, or a few alike, and one call.
func blocks() {
	for _, f := range []precision{single, double} {
		for vectors := 1; vectors <= kernel.BlockVectors; vectors++ {
			f.block(vectors, false)
			f.block(vectors, true)
		}
	}
}

// block is a block of columns that is being emitted. Its last vector, if cut, is in one of two places. Where
// B lies as it is, the vector ends with the last column, and what it shares with the vector before is
// computed twice. Where B is in panels, which are always whole, it begins behind the vector before, and has
// only some lanes of C. A cut vector that is the only one has some lanes of B, too.
type block struct {
	precision
	vectors          int
	cut              bool
	q                X // the address of the fields
	aRow, aCol, bRow X // in bytes
	last             X // bytes from the first vector of C to a last one that overlaps; 0 if it does not
}

// field is the memory of a field.
func (b block) field(name string) Mem { return Mem{Base: b.q, Disp: kernel.BlockOffset(name)} }

// load returns a field.
func (b block) load(name string) X {
	x := NewX()
	LDRX(x, b.field(name))
	return x
}

// stride returns a field that counts elements, in bytes.
func (b block) stride(name string) X { return b.scaled(b.load(name)) }

func (f precision) block(vectors int, cut bool) {
	begin(f.Block(vectors, cut))
	b := block{precision: f, vectors: vectors, cut: cut, q: Argument("q")}
	b.aRow, b.aCol, b.bRow = b.stride("aRow"), b.stride("aCol"), b.stride("bRow")
	if b.overlaps() {
		b.findLast()
	}
	Label("tiles")
	rows, m := b.load("rows"), b.load("m")
	CMPX(m, rows)
	CSELLT(rows, m, rows)
	b.fetchC(rows)
	b.choose(rows, 1, kernel.BlockRows(kernel.NEON, vectors, cut))
	Label("next")
	rows, m = b.load("rows"), b.load("m")
	SUB(m, m, rows)
	CMP(m, 0)
	BLE("done")
	STRX(m, b.field("m"))
	b.advance(rows, "a", b.aRow)
	b.advance(rows, "start", b.stride("startRow"))
	b.advance(rows, "c", b.stride("cRow"))
	B("tiles")
	Label("done")
	RET()
}

// overlaps reports whether the last vector may overlap the one before.
func (b block) overlaps() bool { return b.cut && b.vectors > 1 }

// findLast emits where the last vector is.
func (b *block) findLast() {
	b.last = b.stride("width")
	ADDI(b.last, b.last, vectorBytes*(b.vectors-2))
	CMP(b.load("bPanel"), b.Wide())
	BEQ("as_it_lies")
	MOVI(b.last, 0)
	Label("as_it_lies")
}

// fetchC fetches where the sums of a tile will go, if that is said to be far: a step later they would wait
// for it.
func (b block) fetchC(rows X) {
	CBZ(b.load("far"), "near")
	c, cRow, left := b.load("c"), b.stride("cRow"), COPY(rows)
	Label("fetch")
	b.prefetch(c)
	ADD(c, c, cRow)
	SUBS(left, left, 1)
	BNE("fetch")
	Label("near")
}

// prefetch asks for the cache lines of a row of vectors.
func (b block) prefetch(row X) {
	last := vectorBytes * (b.vectors - 1)
	for at := 0; at < last; at += panelBytes {
		PRFM(Mem{Base: row, Disp: at})
	}
	PRFM(Mem{Base: row, Disp: last})
}

// advance moves an address on by so many rows; none stays none.
func (b block) advance(rows X, name string, stride X) {
	at := b.load(name)
	if name == "start" {
		skip := "chains_start_at_zero"
		CBZ(at, skip)
		defer Label(skip)
	}
	step := NewX()
	MUL(step, rows, stride)
	ADD(at, at, step)
	STRX(at, b.field(name))
}

// choose emits the tiles of least to most rows, and a branch to the one of the height in rows.
func (b block) choose(rows X, least, most int) {
	if least == most {
		blockTile{block: b, rows: least}.emit()
		return
	}
	middle := (least + most + 1) / 2
	from := fmt.Sprintf("from%d", middle)
	CMP(rows, middle)
	BGE(from)
	b.choose(rows, least, middle-1)
	Label(from)
	b.choose(rows, middle, most)
}
