package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// blocks emits the products with blocks of columns of B, as they lie or in panels, of every width and height
// for which the registers suffice. A small matrix is one tile, or a few alike, and one call.
func blocks() {
	for _, f := range []precision{single, double} {
		for vectors := 1; vectors <= kernel.BlockVectors; vectors++ {
			f.block(avx2, vectors, false)
			f.block(avx2, vectors, true)
			f.block(avx512, vectors, true) // whose masks cost nothing
		}
	}
}

// block is a block of columns that is being emitted.
type block struct {
	precision
	simd
	vectors          int
	q                Register // the address of the fields
	aRow, aCol, bRow Register // in bytes
	mask             Register // of the last vector; nil for a whole one
}

// field is the memory of a field.
func (b block) field(name string) Mem { return Mem{Base: b.q, Disp: kernel.BlockOffset(name)} }

// load returns a field.
func (b block) load(name string) GPVirtual {
	r := GP64()
	MOVQ(b.field(name), r)
	return r
}

// stride returns a field that counts elements, in bytes.
func (b block) stride(name string) Register {
	r := b.load(name)
	b.scale(r)
	return r
}

func (f precision) block(s simd, vectors int, cut bool) {
	begin(f.Block(vectors, cut), s)
	b := block{precision: f, simd: s, vectors: vectors, q: Load(Param("q"), GP64())}
	b.aRow, b.aCol, b.bRow = b.stride("aRow"), b.stride("aCol"), b.stride("bRow")
	if cut {
		b.mask = f.lowMasks(s, b.load("width"), 1)[0]
	}
	rows, m := b.load("rows"), b.load("m")
	Label("tiles")
	CMPQ(m, rows)
	CMOVQLT(m, rows)
	b.choose(rows, 1, b.most())
	Label("next")
	MOVQ(b.field("m"), m)
	MOVQ(b.field("rows"), rows)
	SUBQ(rows, m)
	JLE(LabelRef("done"))
	MOVQ(m, b.field("m"))
	b.advance(rows, "a", b.aRow)
	b.advance(rows, "start", b.stride("startRow"))
	b.advance(rows, "c", b.stride("cRow"))
	JMP(LabelRef("tiles"))
	Label("done")
	VZEROUPPER()
	RET()
}

// most is the height of the highest tile.
func (b block) most() int { return kernel.BlockRows(b.name, b.vectors, b.mask != nil) }

// advance moves an address on by so many rows; none stays none.
func (b block) advance(rows Register, name string, stride Register) {
	step := GP64()
	MOVQ(stride, step)
	IMULQ(rows, step)
	if name == "start" {
		skip := "chains_start_at_zero"
		CMPQ(b.field(name), Imm(0))
		JE(LabelRef(skip))
		defer Label(skip)
	}
	ADDQ(step, b.field(name))
}

// choose emits the tiles of least to most rows, and a branch to the one of the height in rows.
func (b block) choose(rows Register, least, most int) {
	if least == most {
		blockTile{block: b, rows: least}.emit()
		JMP(LabelRef("next"))
		return
	}
	middle := (least + most + 1) / 2
	from := fmt.Sprintf("from%d", middle)
	CMPQ(rows, Imm(uint64(middle)))
	JGE(LabelRef(from))
	b.choose(rows, least, middle-1)
	Label(from)
	b.choose(rows, middle, most)
}

// blockTile is a tile that is being emitted.
type blockTile struct {
	block
	rows        int
	sum         [][]VecVirtual
	b, k        Register
	left, right []Mem // where the next elements of A are, and those of B, 64 bytes of each panel
}

func (t blockTile) label(s string) string { return fmt.Sprintf("%s%d", s, t.rows) }

// emit emits the chains of a tile.
func (t blockTile) emit() {
	t.begin()
	t.fetchC()
	a := t.load("a")
	t.k, t.b = t.load("k"), t.load("b")
	t.left = rowAddresses(a, t.aRow, t.rows)
	t.right = rowAddresses(t.b, t.stride("bPanel"), (t.vectors+t.inPanel()-1)/t.inPanel())
	ahead := t.stride("ahead")
	TESTQ(ahead, ahead)
	JNE(LabelRef(t.label("fetching")))
	t.steps("steps", nil)
	JMP(LabelRef(t.label("store")))
	t.steps("fetching", ahead)
	Label(t.label("store"))
	t.store()
}

// fetchC fetches where the sums will go, if that is said to be far: a step later they would wait for it.
func (t blockTile) fetchC() {
	CMPQ(t.field("far"), Imm(0))
	JE(LabelRef(t.label("near")))
	for _, row := range rowAddresses(t.load("c"), t.stride("cRow"), t.rows) {
		for at := 0; at < t.vectors*t.bytes; at += panelBytes {
			PREFETCHT0(row.Offset(at))
		}
	}
	Label(t.label("near"))
}

// steps emits the steps of k. Some fetch what so many bytes ahead of B is, since its rows may be too far
// apart for the processor to foresee them.
func (t blockTile) steps(name string, ahead Register) {
	Label(t.label(name))
	for v := 0; v < t.vectors && ahead != nil; v++ {
		PREFETCHT0(Mem{Base: t.b, Index: ahead, Scale: 1, Disp: t.bytes * v})
	}
	t.step()
	for _, base := range bases(t.right) {
		ADDQ(t.bRow, base)
	}
	for _, base := range bases(t.left) {
		ADDQ(t.aCol, base)
	}
	DECQ(t.k)
	JNE(LabelRef(t.label(name)))
}

// begin sets the sums to where the chains start.
func (t *blockTile) begin() {
	start := t.load("start")
	t.sum = make([][]VecVirtual, t.rows)
	for i := range t.sum {
		t.sum[i] = t.several(t.vectors)
		for _, y := range t.sum[i] {
			t.zero(y)
		}
	}
	TESTQ(start, start)
	JE(LabelRef(t.label("zero")))
	startRow := t.stride("startRow")
	for i, row := range rowAddresses(start, startRow, t.rows) {
		for v, y := range t.sum[i] {
			t.read(v, row.Offset(t.bytes*v), y)
		}
	}
	Label(t.label("zero"))
}

// zero sets a register to zero, which no unit has to do.
func (t blockTile) zero(y VecVirtual) {
	if !t.masks {
		VXORPS(y, y, y)
		return
	}
	// avo does not know that the result does not depend on y.
	Instruction(&ir.Instruction{
		Opcode: "VPXORD", Operands: []Op{y, y, y}, Outputs: []Op{y}, ISA: []string{"AVX512F"},
	})
}

// isCut reports whether vector v of a row is not whole.
func (t blockTile) isCut(v int) bool { return t.mask != nil && v == t.vectors-1 }

// inPanel is how many vectors a panel is wide.
func (t blockTile) inPanel() int { return panelBytes / t.bytes }

// rightVector is where vector v of B is.
func (t blockTile) rightVector(v int) Mem {
	return t.right[v/t.inPanel()].Offset(t.bytes * (v % t.inPanel()))
}

// read reads vector v of a row from where it is.
func (t blockTile) read(v int, from Mem, y VecVirtual) {
	if t.isCut(v) {
		t.loadMasked(from, t.mask, y)
	} else {
		VMOVUPS(from, y)
	}
}

// step emits c[i][j] = fma(a[i][p], b[p][j], c[i][j]) for one p. The shorter side of the tile is in
// registers.
func (t blockTile) step() {
	right := make([]Op, t.vectors)
	readB := func(v int) {
		if t.rows == 1 && !t.isCut(v) {
			right[v] = t.rightVector(v)
			return
		}
		y := t.register()
		t.read(v, t.rightVector(v), y)
		right[v] = y
	}
	if t.rows < t.vectors {
		left := t.several(t.rows)
		for i, x := range left {
			t.broadcast(t.left[i], x)
		}
		for v := range right {
			readB(v)
			for i, x := range left {
				t.fma(right[v], x, t.sum[i][v])
			}
		}
		return
	}
	for v := range right {
		readB(v)
	}
	for i := range t.rows {
		if t.vectors == 1 && t.broadcasts && t.rows > 1 {
			t.fmaBroadcast(t.left[i], right[0], t.sum[i][0])
			continue
		}
		x := t.register()
		t.broadcast(t.left[i], x)
		for v := range right {
			t.fma(right[v], x, t.sum[i][v])
		}
	}
}

// store writes the sums.
func (t blockTile) store() {
	for i, row := range rowAddresses(t.load("c"), t.stride("cRow"), t.rows) {
		for v, y := range t.sum[i] {
			if to := row.Offset(t.bytes * v); t.isCut(v) {
				t.storeMasked(y, t.mask, to)
			} else {
				VMOVUPS(y, to)
			}
		}
	}
}
