package main

import (
	"fmt"
	"math/bits"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// tileRows512 is the height of a tile in AVX-512. Twelve rows of two vectors keep 24 of the 32 registers. Two
// rows already have enough chains to cover the latency of the FMA unit, and four rows that of two units. A
// packed panel of B is one vector wide and a packed tile of A half as high as a tile, so both serve AVX2 too.
const tileRows512 = 2 * tileRows

func gemm512() {
	for _, f := range []precision{single, double} {
		f.panels512(2)
		f.panels512(1)
		f.packing512()
	}
}

// packing512 emits the product of one whole tile with two panels of B that are not packed yet, and packs
// them. B has to be read anyway, and the tile leaves the memory units time to write the copy.
func (f precision) packing512() {
	begin(f.PackingPanels(), avx512)
	t := tile512{precision: f, vectors: 2}
	t.aRow, t.aCol = Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	t.bRow = Load(Param("bRow"), GP64())
	f.scale(t.aRow, t.aCol, t.bRow)
	t.packed, t.second = Load(Param("packed"), GP64()), Load(Param("k"), GP64())
	SHLQ(Imm(uint64(bits.Len(panelBytes)-1)), t.second)
	// Rows of B may be too far apart for the processor to foresee them: ask for them 32 rows ahead.
	t.ahead = GP64()
	MOVQ(t.bRow, t.ahead)
	SHLQ(Imm(5), t.ahead)
	t.emit(tileRows512)
	VZEROUPPER()
	RET()
}

// panels512 emits the product of any number of rows with one panel of B, possibly cut, or with two whole
// ones.
func (f precision) panels512(vectors int) {
	begin(f.Panels(vectors), avx512)
	t := tile512{precision: f, vectors: vectors}
	t.aRow, t.aCol = Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	t.bRow, t.bPanel = Load(Param("bRow"), GP64()), Load(Param("bPanel"), GP64())
	f.scale(t.aRow, t.aCol, t.bRow, t.bPanel)
	if vectors == 1 {
		t.mask = K()
		KMOVW(Load(Param("columns"), GP32()), t.mask)
	}
	// What changes only from tile to tile stays in the arguments' memory; the inner loop needs the registers.
	m := argument("m")
	SUBQ(Imm(tileRows512), m)
	JL(LabelRef("rest"))
	Label("tiles")
	t.emit(tileRows512)
	t.advance()
	SUBQ(Imm(tileRows512), m)
	JGE(LabelRef("tiles"))
	Label("rest")
	ADDQ(Imm(tileRows512), m)
	JE(LabelRef("done"))
	for rows := tileRows512 - 1; rows >= 1; rows-- {
		if rows > 1 {
			CMPQ(m, Imm(uint64(rows)))
			JNE(LabelRef(fmt.Sprintf("not%d", rows)))
		}
		t.emit(rows)
		if rows > 1 {
			JMP(LabelRef("done"))
			Label(fmt.Sprintf("not%d", rows))
		}
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// advance moves the arguments on to the next tile.
func (t tile512) advance() {
	for _, a := range []struct {
		stride, pointer string
		times           uint64
	}{{"aTile", "a", 2}, {"startRow", "start", tileRows512}, {"cRow", "c", tileRows512}} {
		step := Load(Param(a.stride), GP64())
		IMUL3Q(U8(uint64(t.Size)*a.times), step, step)
		ADDQ(step, argument(a.pointer))
	}
}

// tile512 is a tile of up to twelve rows by one or two panels.
type tile512 struct {
	precision
	vectors      int
	aRow, aCol   Register
	bRow, bPanel Register
	mask         Register // of the columns, with one panel

	packed, second Register // where to pack the panels, one so far behind the other, if that is to be done
	ahead          Register // then how far ahead of its use B is fetched
}

// following is the argument that has the number of rows after the tile.
func (t tile512) following() string {
	if t.packed != nil {
		return "following"
	}
	return "m"
}

// emit computes the chains of a tile.
func (t tile512) emit(rows int) {
	e := emission512{tile512: t, rows: rows, sum: make([][]VecVirtual, rows)}
	e.begin()
	e.k = Load(Param("k"), GP64())
	e.operands()
	const unroll = 2
	if e.far != nil {
		e.fetching(unroll)
	}
	SUBQ(Imm(unroll), e.k)
	JL(LabelRef(e.label("few")))
	Label(e.label("steps"))
	for range unroll {
		e.step()
	}
	SUBQ(Imm(unroll), e.k)
	JGE(LabelRef(e.label("steps")))
	Label(e.label("few"))
	ADDQ(Imm(unroll), e.k)
	JE(LabelRef(e.label("store")))
	e.step()
	Label(e.label("store"))
	e.store()
}

// emission512 is a tile that is being emitted.
type emission512 struct {
	tile512
	rows          int
	sum           [][]VecVirtual
	k, b          Register
	left, columns []Mem    // where the next elements of A and of B are
	far           Register // how far ahead of its use a transposed A is fetched, in a tile of full size
}

func (e emission512) label(s string) string { return fmt.Sprintf("%s%d", s, e.rows) }

// begin sets the sums to where the chains start.
func (e emission512) begin() {
	start, startRow := Load(Param("start"), GP64()), Load(Param("startRow"), GP64())
	e.scale(startRow)
	for i := range e.rows {
		for v := range e.vectors {
			z := ZMM()
			e.sum[i] = append(e.sum[i], z)
			e.read(Mem{Base: start, Disp: 2 * vectorBytes * v}, z)
		}
		if i < e.rows-1 {
			ADDQ(startRow, start)
		}
	}
}

// read reads a vector of a row.
func (e emission512) read(from Mem, z VecVirtual) {
	if e.mask == nil {
		VMOVUPS(from, z)
	} else {
		e.loadMasked(from, e.mask, z)
	}
}

// operands finds where A and B begin.
func (e *emission512) operands() {
	a := Load(Param("a"), GP64())
	e.b = Load(Param("b"), GP64())
	e.left = rowAddresses(a, e.aRow, min(e.rows, tileRows))
	if e.rows > tileRows {
		second := Load(Param("aTile"), GP64())
		e.scale(second)
		ADDQ(a, second)
		e.left = append(e.left, rowAddresses(second, e.aRow, e.rows-tileRows)...)
	}
	e.columns = []Mem{{Base: e.b}, {Base: e.b, Index: e.bPanel, Scale: 1}}
	if e.packed != nil {
		e.columns[1] = Mem{Base: e.b, Disp: panelBytes}
	}
	// A transposed A has a row of the tile's numbers in each step. The row lies too far from the one before
	// to be foreseen. The tile before has fetched the line in which the row begins. This tile fetches the
	// line in which the row ends, 32 steps ahead.
	if e.rows == tileRows512 && e.vectors == 2 {
		e.far = GP64()
		MOVQ(e.aCol, e.far)
		SHLQ(Imm(5), e.far)
	}
}

// step emits one step of k.
func (e emission512) step() {
	if e.far != nil {
		PREFETCHT0(Mem{Base: e.left[tileRows].Base, Index: e.far, Scale: 1, Disp: (tileRows - 1) * e.Size})
	}
	copies := []Mem{{Base: e.packed}, {Base: e.packed, Index: e.second, Scale: 1}}
	right := make([]VecVirtual, e.vectors)
	for v := range right {
		right[v] = ZMM()
		e.read(e.columns[v], right[v])
		if e.packed != nil {
			PREFETCHT0(Mem{Base: e.b, Index: e.ahead, Scale: 1, Disp: panelBytes * v})
			VMOVUPS(right[v], copies[v])
		}
	}
	for i := range e.rows {
		x := ZMM()
		e.broadcast(e.left[i], x)
		for v := range right {
			e.fma(x, right[v], e.sum[i][v]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
		}
	}
	ADDQ(e.bRow, e.b)
	if e.packed != nil {
		ADDQ(Imm(panelBytes), e.packed)
	}
	for _, base := range bases(e.left) {
		ADDQ(e.aCol, base)
	}
}

// fetching emits steps of a tile of full size. The next tile's C was left long ago, and its chains would wait
// for it. Meanwhile each step fetches one row of what the next tile goes on from or writes to. The steps
// fetch no more rows than there are, since other cores may be at work on what follows.
func (e emission512) fetching(unroll int) {
	n, most, until := Load(Param(e.following()), GP64()), GP64(), AllocLocal(8)
	MOVQ(U32(tileRows512), most)
	CMPQ(n, most)
	CMOVQGT(most, n)
	IMUL3Q(U8(unroll), n, n)
	SUBQ(e.k, n)
	NEGQ(n)
	JL(LabelRef(e.label("short")))
	CMPQ(n, e.k)
	JE(LabelRef(e.label("short")))
	MOVQ(n, until)
	next, cRow := GP64(), Load(Param("cRow"), GP64())
	e.scale(cRow)
	IMUL3Q(Imm(tileRows512), cRow, next)
	ADDQ(argument("c"), next)
	Label(e.label("fetching"))
	for v := range e.vectors {
		PREFETCHT0(Mem{Base: next, Disp: 2 * vectorBytes * v})
	}
	ADDQ(cRow, next)
	for range unroll {
		e.step()
	}
	SUBQ(Imm(uint64(unroll)), e.k)
	CMPQ(e.k, until)
	JNE(LabelRef(e.label("fetching")))
	Label(e.label("short"))
}

// store writes the sums.
func (e emission512) store() {
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	e.scale(cRow)
	for i := range e.rows {
		for v := range e.vectors {
			at := Mem{Base: c, Disp: 2 * vectorBytes * v}
			if e.mask == nil {
				VMOVUPS(e.sum[i][v], at)
			} else {
				e.storeMasked(e.sum[i][v], e.mask, at)
			}
		}
		if i < e.rows-1 {
			ADDQ(cRow, c)
		}
	}
}
