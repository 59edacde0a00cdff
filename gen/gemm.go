package main

import (
	"fmt"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Tile of the matrix product: six rows of two vectors keep 12 sums in registers, two more hold a row of B and one the
// element of A, which is 15 of the 16 registers; 12 independent chains cover the latency of two FMA units (2 * 4 or
// 2 * 5) with some to spare.
const tileRows = 6

func gemm() {
	gemmPanel("gemmPanel16AVX2", 2, false)
	gemmPanel("gemmPanelTo16AVX2", 2, true)
	gemmPanel("gemmPanelTo8AVX2", 1, true)
	gemmRows("gemmRow64AVX2", 1, 8)
	gemmRows("gemmRows2x32AVX2", 2, 4)
}

// gemmRows emits the product of one or two rows with a panel of B so wide that its chains cover the latency of FMA.
func gemmRows(name string, rows, vectors int) {
	TEXT(name, NOSPLIT, "func(k int, a *float32, aRow, aCol int, b *float32, bRow, bPanel int, "+
		"start *float32, startRow int, c *float32, cRow int)")
	Pragma("noescape")
	Doc(fmt.Sprintf("%s is gemmPanel16AVX2 for m = %d and %d panels of B, bPanel elements apart.",
		name, rows, vectors/2))
	g := panel{vectors: vectors}
	g.a, g.aRow, g.aCol = Load(Param("a"), GP64()), Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	g.bRow = Load(Param("bRow"), GP64())
	g.bPanel = Load(Param("bPanel"), GP64())
	g.start, g.c = Load(Param("start"), GP64()), Load(Param("c"), GP64())
	for _, stride := range []Register{g.aRow, g.aCol, g.bRow, g.bPanel} {
		SHLQ(Imm(2), stride)
	}
	g.tile(rows)
	VZEROUPPER()
	RET()
}

// gemmPanel emits the product of any number of rows of A and a panel of B, vectors wide, tile by tile. If cut, the last
// vector of C's rows is only partly there.
func gemmPanel(name string, vectors int, cut bool) {
	wide := lanes * vectors
	arguments := "m, k int, a *float32, aRow, aCol, aTile int, b *float32, bRow int, " +
		"start *float32, startRow int, c *float32, cRow int"
	doc := []string{
		fmt.Sprintf("%s multiplies m rows of A by a panel of %d columns of B, k > 0 deep:", name, wide),
		"",
		"\tsum = start[i*startRow+j]",
		"\tfor p < k: sum = fma(a[i/6*aTile + i%6*aRow + p*aCol], b[p*bRow+j], sum)",
		"\tc[i*cRow+j] = sum",
		"",
	}
	if cut {
		arguments += ", width int"
		doc = append(doc, fmt.Sprintf("for i < m and j < width; %d < width <= %d, and b has all %d columns.",
			wide-lanes, wide, wide))
	} else {
		doc = append(doc, fmt.Sprintf("for i < m and j < %d.", wide))
	}
	TEXT(name, NOSPLIT, "func("+arguments+")")
	Pragma("noescape")
	Doc(doc...)
	g := panel{vectors: vectors, m: Load(Param("m"), GP64())}
	g.a, g.aRow, g.aCol = Load(Param("a"), GP64()), Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	g.bRow = Load(Param("bRow"), GP64())
	g.start, g.c = Load(Param("start"), GP64()), Load(Param("c"), GP64())
	for _, stride := range []Register{g.aRow, g.aCol, g.bRow} {
		SHLQ(Imm(2), stride)
	}
	if cut {
		g.mask = func() VecVirtual {
			n := Load(Param("width"), GP64())
			SUBQ(Imm(uint64(wide-lanes)), n)
			return lowLanes(n)
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
		IMUL3Q(U8(4*advance.times), step, step)
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
	vectors       int
	m             Register
	a, aRow, aCol Register
	bRow, bPanel  Register // of B; panels beyond the first only where there are more than two vectors
	start, c      Register
	mask          func() VecVirtual // of the last vector; nil for a whole one
}

// rowAddresses returns the addresses of rows rows from base on, through a second base three rows further and x86's index
// scale.
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

// tile emits the chains of a tile of rows rows.
func (g panel) tile(rows int) {
	sum := make([][]VecVirtual, rows)
	startRow := Load(Param("startRow"), GP64())
	SHLQ(Imm(2), startRow)
	from := rowAddresses(g.start, startRow, rows)
	g.eachVector(func(v int, mask VecVirtual) {
		for i := range rows {
			y := YMM()
			sum[i] = append(sum[i], y)
			if mask == nil {
				VMOVUPS(from[i].Offset(4*lanes*v), y)
			} else {
				VMASKMOVPS(from[i].Offset(4*lanes*v), mask, y)
			}
		}
	})

	k, a, b := Load(Param("k"), GP64()), GP64(), Load(Param("b"), GP64())
	MOVQ(g.a, a)
	left := rowAddresses(a, g.aRow, rows)
	columns := rowAddresses(b, g.bPanel, (g.vectors+1)/2)
	step := func() {
		right := make([]Op, g.vectors)
		for v := range right {
			right[v] = columns[v/2].Offset(4 * lanes * (v % 2))
			if rows > 1 {
				y := YMM()
				VMOVUPS(right[v], y)
				right[v] = y
			}
		}
		for i := range rows {
			x := broadcast(left[i])
			for v := range right {
				VFMADD231PS(right[v], x, sum[i][v]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
		for _, base := range bases(columns) {
			ADDQ(g.bRow, base)
		}
		for _, base := range bases(left) {
			ADDQ(g.aCol, base)
		}
	}
	const unroll = 4
	label := func(s string) string { return fmt.Sprintf("%s%d", s, rows) }
	SUBQ(Imm(unroll), k)
	JL(LabelRef(label("few")))
	Label(label("steps"))
	for range unroll {
		step()
	}
	SUBQ(Imm(unroll), k)
	JGE(LabelRef(label("steps")))
	Label(label("few"))
	ADDQ(Imm(unroll), k)
	JE(LabelRef(label("store")))
	Label(label("single"))
	step()
	DECQ(k)
	JNE(LabelRef(label("single")))
	Label(label("store"))
	cRow := Load(Param("cRow"), GP64())
	SHLQ(Imm(2), cRow)
	to := rowAddresses(g.c, cRow, rows)
	g.eachVector(func(v int, mask VecVirtual) {
		for i := range rows {
			if mask == nil {
				VMOVUPS(sum[i][v], to[i].Offset(4*lanes*v))
			} else {
				VMASKMOVPS(sum[i][v], mask, to[i].Offset(4*lanes*v))
			}
		}
	})
}

// eachVector calls f for the vectors of a row, with the mask of the last one if it is cut.
func (g panel) eachVector(f func(v int, mask VecVirtual)) {
	for v := range g.vectors {
		var mask VecVirtual
		if g.mask != nil && v == g.vectors-1 {
			mask = g.mask()
		}
		f(v, mask)
	}
}
