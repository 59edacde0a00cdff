package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Tile of the matrix product: six rows of two vectors keep 12 sums in registers, two more hold a row of B and one the
// element of A, which is 15 of the 16 registers; six rows by two vectors of independent chains cover the latency of
// two FMA units (2 * 4 or 2 * 5 chains) with some to spare.
const (
	tileRows    = 6
	tileVectors = 2
)

func gemm() {
	for rows := 1; rows <= tileRows; rows++ {
		gemmTile(rows)
	}
}

// gemmTile emits the product of rows rows of A and a panel of 16 columns of B. Rows of A are reached through two base
// pointers three rows apart, with x86's index scale as the other multiples.
func gemmTile(rows int) {
	TEXT(fmt.Sprintf("gemm%dx16AVX2", rows), NOSPLIT,
		"func(k int, a *float32, aRow, aCol int, b *float32, bRow int, c *float32, cRow int, fresh bool)")
	Pragma("noescape")
	Doc(
		fmt.Sprintf("gemm%dx16AVX2 continues the chains of a tile of %d by 16 elements over k > 0 steps:", rows, rows),
		"",
		"\tc[i*cRow+j] = fma(a[i*aRow+p*aCol], b[p*bRow+j], c[i*cRow+j])",
		"",
		"If fresh, they start at zero and c is not read.")
	k := Load(Param("k"), GP64())
	a, aRow, aCol := Load(Param("a"), GP64()), Load(Param("aRow"), GP64()), Load(Param("aCol"), GP64())
	b, bRow := Load(Param("b"), GP64()), Load(Param("bRow"), GP64())
	c, cRow := Load(Param("c"), GP64()), Load(Param("cRow"), GP64())
	for _, stride := range []Register{aRow, aCol, bRow, cRow} {
		SHLQ(Imm(2), stride)
	}
	a3, c3 := GP64(), GP64()
	rowOf := func(base, base3, stride Register, i int) Mem {
		if i >= 3 {
			base, i = base3, i-3
		}
		if i == 0 {
			return Mem{Base: base}
		}
		return Mem{Base: base, Index: stride, Scale: uint8(i)}
	}
	if rows > 3 {
		LEAQ(Mem{Base: aRow, Index: aRow, Scale: 2}, a3)
		ADDQ(a, a3)
		LEAQ(Mem{Base: cRow, Index: cRow, Scale: 2}, c3)
		ADDQ(c, c3)
	}

	var sum [tileRows][tileVectors]VecVirtual
	for i := range rows {
		for v := range tileVectors {
			sum[i][v] = YMM()
			VXORPS(sum[i][v], sum[i][v], sum[i][v])
		}
	}
	fresh := GP64()
	MOVBQZX(argument("fresh"), fresh)
	TESTQ(fresh, fresh)
	JNE(LabelRef("started"))
	for i := range rows {
		for v := range tileVectors {
			VMOVUPS(rowOf(c, c3, cRow, i).Offset(4*lanes*v), sum[i][v])
		}
	}
	Label("started")

	step := func() {
		var right [tileVectors]VecVirtual
		for v := range right {
			right[v] = YMM()
			VMOVUPS(Mem{Base: b, Disp: 4 * lanes * v}, right[v])
		}
		ADDQ(bRow, b)
		for i := range rows {
			left := broadcast(rowOf(a, a3, aRow, i))
			for v := range right {
				VFMADD231PS(left, right[v], sum[i][v]) // c[i][j] = fma(a[i][p], b[p][j], c[i][j])
			}
		}
		ADDQ(aCol, a)
		if rows > 3 {
			ADDQ(aCol, a3)
		}
	}
	const unroll = 4
	SUBQ(Imm(unroll), k)
	JL(LabelRef("rest"))
	Label("steps")
	for range unroll {
		step()
	}
	SUBQ(Imm(unroll), k)
	JGE(LabelRef("steps"))
	Label("rest")
	ADDQ(Imm(unroll), k)
	JE(LabelRef("done"))
	Label("single")
	step()
	DECQ(k)
	JNE(LabelRef("single"))
	Label("done")
	for i := range rows {
		for v := range tileVectors {
			VMOVUPS(sum[i][v], rowOf(c, c3, cRow, i).Offset(4*lanes*v))
		}
	}
	VZEROUPPER()
	RET()
}
