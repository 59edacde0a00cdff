package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// thinDepth is how deep a thin product may be: so many elements of A stay in registers.
const thinDepth = 8

// thin emits products whose inner dimension is small. Such a product is bound by writing C. The caches take
// whole rows faster than a column of tiles, so a row of C is written from its beginning to its end.
func thin() {
	for _, f := range []precision{single, double} {
		for _, s := range []simd{avx2, avx512} {
			f.thinProduct(s)
		}
	}
}

func (f precision) thinProduct(s simd) {
	wide := panelBytes / f.Size
	begin(f.Thin(thinDepth), s)
	t := thinTile{precision: f, simd: s}
	t.aRow, t.aCol = Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	t.startRow, t.cRow = Load(Param("startRow"), GP64()), Load(Param("cRow"), GP64())
	t.a, t.start, t.c = Load(Param("a"), GP64()), Load(Param("start"), GP64()), Load(Param("c"), GP64())
	f.scale(t.aRow, t.aCol, t.startRow, t.cRow)
	t.whole = Load(Param("n"), GP64())
	rest := GP64()
	MOVQ(t.whole, rest)
	ANDQ(Imm(uint64(wide-1)), rest)
	t.masks = f.lowMasks(s, rest, panelBytes/s.bytes)
	SUBQ(rest, t.whole)
	f.scale(t.whole)
	k := Load(Param("k"), GP64())
	for depth := 1; depth <= thinDepth; depth++ {
		next := fmt.Sprintf("deeper%d", depth)
		CMPQ(k, Imm(uint64(depth)))
		JNE(LabelRef(next))
		TESTQ(t.start, t.start)
		JE(LabelRef(fmt.Sprintf("fresh%d", depth)))
		t.rows(fmt.Sprintf("start%d", depth), depth, false)
		t.rows(fmt.Sprintf("fresh%d", depth), depth, true)
		Label(next)
	}
	RET()
}

// thinTile holds what the rows of a thin product share.
type thinTile struct {
	precision
	simd
	aRow, aCol, startRow, cRow Register
	a, start, c                Register
	whole                      Register   // bytes of a row in complete panels
	masks                      []Register // of the vectors of an incomplete panel
}

// rows emits the loop over rows, for k = depth.
func (t thinTile) rows(label string, depth int, fresh bool) {
	Label(label)
	x := make([]VecVirtual, depth)
	for p, at := range rowAddresses(t.a, t.aCol, depth) {
		x[p] = t.register()
		t.broadcast(at, x[p])
	}
	b, j := Load(Param("b"), GP64()), GP64()
	XORQ(j, j)
	panel := func(masks []Register) {
		for v := range panelBytes / t.bytes {
			sum, offset := t.register(), t.bytes*v
			from := Mem{Base: t.start, Index: j, Scale: 1, Disp: offset}
			switch {
			case fresh:
				VXORPS(sum.AsX(), sum.AsX(), sum.AsX())
			case masks == nil:
				VMOVUPS(from, sum)
			default:
				t.loadMasked(from, masks[v], sum)
			}
			for p := range x {
				// c[i][j] = fma(a[i][p], b[p][j], c[i][j])
				t.fma(Mem{Base: b, Disp: panelBytes*p + offset}, x[p], sum)
			}
			to := Mem{Base: t.c, Index: j, Scale: 1, Disp: offset}
			if masks == nil {
				VMOVUPS(sum, to)
			} else {
				t.storeMasked(sum, masks[v], to)
			}
		}
	}
	CMPQ(j, t.whole)
	JE(LabelRef(label + "_rest"))
	Label(label + "_panel")
	panel(nil)
	ADDQ(U32(panelBytes*depth), b)
	ADDQ(Imm(panelBytes), j)
	CMPQ(j, t.whole)
	JNE(LabelRef(label + "_panel"))
	Label(label + "_rest")
	TESTQ(U32(panelBytes/t.Size-1), argument("n"))
	JE(LabelRef(label + "_next"))
	panel(t.masks)
	Label(label + "_next")
	ADDQ(t.aRow, t.a)
	if !fresh {
		ADDQ(t.startRow, t.start)
	}
	ADDQ(t.cRow, t.c)
	DECQ(argument("m"))
	JNE(LabelRef(label))
	VZEROUPPER()
	RET()
}
