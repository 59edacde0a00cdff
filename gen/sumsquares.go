package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// sumSquares adds squares in sixteen lanes of float64, four registers.
func sumSquares() {
	begin(kernel.SumSquares, avx2)
	x, n := Load(Param("x"), GP64()), Load(Param("n"), GP64())
	var lane [4]VecVirtual
	for i := range lane {
		lane[i] = YMM()
		VXORPD(lane[i], lane[i], lane[i])
	}
	add := func(i int, square VecVirtual) { VFMADD231PD(square, square, lane[i]) }
	SUBQ(Imm(16), n)
	JL(LabelRef("rest"))
	Label("lanes")
	for i := range lane {
		v := YMM()
		VCVTPS2PD(Mem{Base: x, Disp: 16 * i}, v)
		add(i, v)
	}
	ADDQ(Imm(64), x)
	SUBQ(Imm(16), n)
	JGE(LabelRef("lanes"))
	Label("rest")
	ADDQ(Imm(16), n)
	JE(LabelRef("done"))
	for half := range 2 {
		v, low, high := YMM(), YMM(), YMM()
		VMASKMOVPS(Mem{Base: x, Disp: 32 * half}, lowWords(n, 8*half), v)
		VCVTPS2PD(v.AsX(), low)
		VEXTRACTF128(Imm(1), v, v.AsX())
		VCVTPS2PD(v.AsX(), high)
		add(2*half, low)
		add(2*half+1, high)
	}
	Label("done")
	VADDPD(lane[2], lane[0], lane[0]) // l + (l+8)
	VADDPD(lane[3], lane[1], lane[1])
	VADDPD(lane[1], lane[0], lane[0]) // l + (l+4)
	high := XMM()
	VEXTRACTF128(Imm(1), lane[0], high)
	VADDPD(high, lane[0].AsX(), high) // 0+2, 1+3
	VUNPCKHPD(high, high, lane[0].AsX())
	VADDSD(lane[0].AsX(), high, high)
	sum := Load(Param("sum"), GP64())
	VMOVSD(high, Mem{Base: sum})
	VZEROUPPER()
	RET()
}
