package main

import (
	"fmt"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// Tile of the matrix product: six rows of two vectors keep 12 sums in registers, two more hold a row of B and
// one the element of A, which is 15 of the 16 registers; 12 independent chains cover the latency of two FMA
// units (2 * 4 or 2 * 5) with some to spare.
const tileRows = kernel.TileRows

func gemm() {
	for _, f := range []precision{single, double} {
		f.panel(2, false)
		f.panel(2, true)
		f.panel(1, true)
	}
	for _, f := range []precision{single, double} {
		f.packing()
	}
}

// precision is a type of floating-point number and the instructions for it.
type precision struct {
	kernel.Float
	broadcast func(ops ...Op)
	add, mul  func(ops ...Op)
	fma       func(ops ...Op) // VFMADD231
	// fmaBroadcast is fma of a number in memory.
	fmaBroadcast func(ops ...Op)
	masked       func(from, mask, to Op) // VMASKMOV
	lowLanes     func(n Register) VecVirtual
}

var (
	single = precision{kernel.Single, VBROADCASTSS, VADDPS, VMULPS, VFMADD231PS, VFMADD231PS_BCST,
		VMASKMOVPS, lowLanes}
	double = precision{kernel.Double, VBROADCASTSD, VADDPD, VMULPD, VFMADD231PD, VFMADD231PD_BCST,
		VMASKMOVPD, lowLanes64}
)

// vectorBytes is the size of a YMM register, and panelBytes that of a row of a packed panel of B.
const (
	vectorBytes = 32
	panelBytes  = kernel.PanelBytes
)

// lanes is how many numbers a vector holds.
func (f precision) lanes() int { return vectorBytes / f.Size }

// scale turns numbers of elements into bytes.
func (f precision) scale(elements ...Register) {
	for _, r := range elements {
		SHLQ(Imm(uint64(f.Size/4+1)), r) // 2 for 4 bytes, 3 for 8
	}
}

// packing emits the product of one whole tile with a panel of B that is not packed yet, and packs it: B has
// to be read anyway, and the tile leaves the memory units time to write the copy.
func (f precision) packing() {
	begin(f.Packing(), avx2)
	g := panel{precision: f, simd: avx2, vectors: 2}
	g.a, g.aRow, g.aCol = Load(Param("a"), GP64()), Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	g.bRow, g.packed = Load(Param("bRow"), GP64()), Load(Param("packed"), GP64())
	g.start, g.c = Load(Param("start"), GP64()), Load(Param("c"), GP64())
	f.scale(g.aRow, g.aCol, g.bRow)
	g.ahead = GP64()
	MOVQ(g.bRow, g.ahead)
	SHLQ(Imm(5), g.ahead)
	g.tile(tileRows)
	VZEROUPPER()
	RET()
}

// panel emits the product of any number of rows of A and a panel of B, vectors wide, tile by tile. If cut,
// the last vector of C's rows is only partly there.
func (f precision) panel(vectors int, cut bool) {
	wide := f.lanes() * vectors
	if cut {
		begin(f.PanelTo(wide), avx2)
	} else {
		begin(f.Panel(), avx2)
	}
	g := panel{precision: f, simd: avx2, vectors: vectors, m: Load(Param("m"), GP64())}
	g.a, g.aRow, g.aCol = Load(Param("a"), GP64()), Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	g.bRow = Load(Param("bRow"), GP64())
	g.start, g.c = Load(Param("start"), GP64()), Load(Param("c"), GP64())
	f.scale(g.aRow, g.aCol, g.bRow)
	if cut {
		g.mask = func() VecVirtual {
			n := Load(Param("width"), GP64())
			SUBQ(Imm(uint64(wide-f.lanes())), n)
			return f.lowLanes(n)
		}
	}

	SUBQ(Imm(tileRows), g.m)
	JL(LabelRef("rest"))
	Label("tiles")
	g.tile(tileRows)
	for _, advance := range []struct {
		stride string
		of     Register
		times  uint64
	}{{"aTile", g.a, 1}, {"startRow", g.start, tileRows}, {"cRow", g.c, tileRows}} {
		step := Load(Param(advance.stride), GP64())
		IMUL3Q(U8(uint64(f.Size)*advance.times), step, step)
		ADDQ(step, advance.of)
	}
	SUBQ(Imm(tileRows), g.m)
	JGE(LabelRef("tiles"))
	Label("rest")
	ADDQ(Imm(tileRows), g.m)
	JE(LabelRef("done"))
	for rows := tileRows - 1; rows >= 1; rows-- {
		if rows > 1 {
			CMPQ(g.m, Imm(uint64(rows)))
			JNE(LabelRef(fmt.Sprintf("not%d", rows)))
		}
		g.tile(rows)
		if rows > 1 {
			JMP(LabelRef("done"))
			Label(fmt.Sprintf("not%d", rows))
		}
	}
	Label("done")
	VZEROUPPER()
	RET()
}

// panel holds what the tiles of a panel share.
type panel struct {
	precision
	simd
	vectors       int
	m             Register
	a, aRow, aCol Register
	bRow, bPanel  Register // of B; panels beyond the first only where there are more than two vectors
	start, c      Register
	packed        Register          // where to pack the panel, if that is to be done
	ahead         Register          // then 32 rows of B, too far apart for the processor to foresee
	mask          func() VecVirtual // of the last vector; nil for a whole one
}

// rowAddresses returns the addresses of rows rows from base on, through a second base three rows further and
// x86's index scale.
func rowAddresses(base, stride Register, rows int) []Mem {
	m := []Mem{{Base: base}, {Base: base, Index: stride, Scale: 1}, {Base: base, Index: stride, Scale: 2}}
	if rows > 3 {
		third := GP64()
		LEAQ(Mem{Base: stride, Index: stride, Scale: 2}, third)
		ADDQ(base, third)
		m = append(m, rowAddresses(third, stride, rows-3)...)
	}
	return m[:min(rows, len(m))]
}

// bases returns the base registers of addresses, each once.
func bases(addresses []Mem) []Register {
	var distinct []Register
	for _, m := range addresses {
		if !slices.Contains(distinct, m.Base) {
			distinct = append(distinct, m.Base)
		}
	}
	return distinct
}

// panelTile is a tile of a panel that is being emitted.
type panelTile struct {
	panel
	rows          int
	cut           VecVirtual // mask of the last vector of a row, if that is not whole
	sum           [][]VecVirtual
	b             Register
	left, columns []Mem // where the next elements of A and of B are
}

// tile emits the chains of a tile of rows rows.
func (g panel) tile(rows int) {
	t := panelTile{panel: g, rows: rows}
	if g.mask != nil {
		t.cut = g.mask()
	}
	t.begin()
	k, a := Load(Param("k"), GP64()), GP64()
	t.b = Load(Param("b"), GP64())
	MOVQ(g.a, a)
	t.left = rowAddresses(a, g.aRow, rows)
	inPanel := panelBytes / g.bytes // vectors
	t.columns = rowAddresses(t.b, g.bPanel, (g.vectors+inPanel-1)/inPanel)
	const unroll = 4
	label := func(s string) string { return fmt.Sprintf("%s%d", s, rows) }
	SUBQ(Imm(unroll), k)
	JL(LabelRef(label("few")))
	Label(label("steps"))
	for range unroll {
		t.step()
	}
	SUBQ(Imm(unroll), k)
	JGE(LabelRef(label("steps")))
	Label(label("few"))
	ADDQ(Imm(unroll), k)
	JE(LabelRef(label("store")))
	Label(label("single"))
	t.step()
	DECQ(k)
	JNE(LabelRef(label("single")))
	Label(label("store"))
	t.store()
}

// isCut reports whether vector v of a row is not whole.
func (t panelTile) isCut(v int) bool { return t.cut != nil && v == t.vectors-1 }

// begin sets the sums to where the chains start.
func (t *panelTile) begin() {
	t.sum = make([][]VecVirtual, t.rows)
	startRow := Load(Param("startRow"), GP64())
	t.scale(startRow)
	for i, row := range rowAddresses(t.start, startRow, t.rows) {
		for v := range t.vectors {
			y := t.register()
			t.sum[i] = append(t.sum[i], y)
			t.read(v, row, y)
		}
	}
}

// read reads vector v of a row.
func (t panelTile) read(v int, row Mem, y VecVirtual) {
	if from := row.Offset(t.bytes * v); t.isCut(v) {
		t.masked(from, t.cut, y)
	} else {
		VMOVUPS(from, y)
	}
}

// step emits one step of k.
func (t panelTile) step() {
	inPanel := panelBytes / t.bytes // vectors
	right := make([]Op, t.vectors)
	for v := range right {
		right[v] = t.columns[v/inPanel].Offset(t.bytes * (v % inPanel))
		if t.rows > 1 || t.cut != nil {
			y := t.register()
			t.read(v%inPanel, t.columns[v/inPanel], y)
			if t.packed != nil {
				if v == 0 {
					PREFETCHT0(Mem{Base: t.b, Index: t.ahead, Scale: 1})
				}
				VMOVUPS(y, Mem{Base: t.packed, Disp: t.bytes * v})
			}
			right[v] = y
		}
	}
	for i := range t.rows {
		x := t.register()
		t.broadcast(t.left[i], x)
		for v := range right {
			t.fma(right[v], x, t.sum[i][v]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
		}
	}
	for _, base := range bases(t.columns) {
		ADDQ(t.bRow, base)
	}
	if t.packed != nil {
		ADDQ(Imm(panelBytes), t.packed)
	}
	for _, base := range bases(t.left) {
		ADDQ(t.aCol, base)
	}
}

// store writes the sums.
func (t panelTile) store() {
	cRow := Load(Param("cRow"), GP64())
	t.scale(cRow)
	for i, row := range rowAddresses(t.c, cRow, t.rows) {
		for v, y := range t.sum[i] {
			if to := row.Offset(t.bytes * v); t.isCut(v) {
				t.masked(y, t.cut, to)
			} else {
				VMOVUPS(y, to)
			}
		}
	}
}
