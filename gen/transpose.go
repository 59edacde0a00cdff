package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// transpose copies eight rows of a matrix to eight columns, eight by eight elements at a time.
func transpose() {
	TEXT("transpose8AVX2", NOSPLIT, "func(dst *float32, dstRow int, src *float32, srcRow, n int)")
	Pragma("noescape")
	Doc("transpose8AVX2 sets dst[j*dstRow+i] = src[i*srcRow+j] for i < 8 and j < n; n is a multiple of 8.")
	dst, dstRow := Load(Param("dst"), GP64()), Load(Param("dstRow"), GP64())
	src, srcRow := Load(Param("src"), GP64()), Load(Param("srcRow"), GP64())
	n := Load(Param("n"), GP64())
	SHLQ(Imm(2), dstRow)
	SHLQ(Imm(2), srcRow)
	src3, src5 := GP64(), GP64()
	LEAQ(Mem{Base: srcRow, Index: srcRow, Scale: 2}, src3)
	LEAQ(Mem{Base: srcRow, Index: srcRow, Scale: 4}, src5)
	src7 := GP64()
	LEAQ(Mem{Base: src3, Index: srcRow, Scale: 4}, src7)
	rows := [lanes]Mem{
		{Base: src},
		{Base: src, Index: srcRow, Scale: 1},
		{Base: src, Index: srcRow, Scale: 2},
		{Base: src, Index: src3, Scale: 1},
		{Base: src, Index: srcRow, Scale: 4},
		{Base: src, Index: src5, Scale: 1},
		{Base: src, Index: src3, Scale: 2},
		{Base: src, Index: src7, Scale: 1},
	}
	SUBQ(Imm(lanes), n)
	JL(LabelRef("done"))
	Label("block")
	var r [lanes]VecVirtual
	for i := range r {
		r[i] = YMM()
		VMOVUPS(rows[i], r[i])
	}
	// Pairs of rows: lanes (0,1) and (2,3) of each half.
	var p [lanes]VecVirtual
	for i := 0; i < lanes; i += 2 {
		p[i], p[i+1] = YMM(), YMM()
		VUNPCKLPS(r[i+1], r[i], p[i])
		VUNPCKHPS(r[i+1], r[i], p[i+1])
	}
	// Quadruples: lane j of four rows, in both halves.
	var q [lanes]VecVirtual
	for i := 0; i < lanes; i += 4 {
		for j := range 2 {
			lo, hi := YMM(), YMM()
			VUNPCKLPD(p[i+2+j], p[i+j], lo)
			VUNPCKHPD(p[i+2+j], p[i+j], hi)
			q[i+2*j], q[i+2*j+1] = lo, hi
		}
	}
	// Halves: low halves give columns 0 to 3, high halves 4 to 7.
	out := GP64()
	MOVQ(dst, out)
	for _, halves := range []uint64{0x20, 0x31} {
		for j := range 4 {
			y := YMM()
			VPERM2F128(Imm(halves), q[4+j], q[j], y)
			VMOVUPS(y, Mem{Base: out})
			ADDQ(dstRow, out)
		}
	}
	MOVQ(out, dst)
	ADDQ(Imm(4*lanes), src)
	SUBQ(Imm(lanes), n)
	JGE(LabelRef("block"))
	Label("done")
	VZEROUPPER()
	RET()
}
