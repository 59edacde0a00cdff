package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

func init() {
	more = append(more, func(s simd) {
		s.uniformKernel(kernel.Uniform, s.uniform)
		s.in(double).uniformKernel(kernel.Uniform64, s.uniform64)
		s.in(double).uniformKernel(kernel.NoiseWords, func(VecVirtual) {})
	})
}

// uniformKernel emits a kernel on whole groups that turns each register of words into one of elements. Two
// registers of blocks are under way at a time, to have other work while one waits for its products.
func (s simd) uniformKernel(k kernel.Kernel, turn func(w VecVirtual)) {
	const abreast = 2
	var dst Register
	left, p, at := s.onGroups(k, func() { dst = Load(Param("dst"), GP64()) })
	p.simd = s.hold(ints(coef.PhiloxM0), ints(coef.PhiloxM1))
	some := func(n int) {
		rounds, pairs := p.next(n)
		rounds.Emit()
		for g, pair := range pairs {
			turn(pair.radius)
			turn(pair.angle)
			first, second := s.inOrder(pair.radius, pair.angle)
			VMOVUPS(first, at.at(dst).Offset(2*s.bytes*g))
			VMOVUPS(second, at.at(dst).Offset(2*s.bytes*g+s.bytes))
		}
		ADDQ(U32(2*s.lanes()*n), at.index)
	}
	SUBQ(Imm(abreast), left)
	JL(LabelRef("one"))
	Label("more")
	some(abreast)
	SUBQ(Imm(abreast), left)
	JGE(LabelRef("more"))
	Label("one")
	CMPQ(left, I8(-abreast))
	JE(LabelRef("done"))
	some(1)
	Label("done")
	VZEROUPPER()
	RET()
}

// uniform turns words into the definition's uniform of them.
func (s simd) uniform(w VecVirtual) {
	VPSRLD(Imm(8), w, w)
	VCVTDQ2PS(w, w)
	VMULPS(floats(0x1p-24), w, w)
}

// uniform64 turns words of 64 bits into the definition's uniform64 of them. Without an instruction that turns
// such integers into floats, the upper 52 of the 53 bits are the mantissa of a number in [1, 2). What it is
// less to become the result is 1, or 2^-53 less than that where the lowest bit is set. Nothing is rounded.
func (s simd) uniform64(w VecVirtual) {
	if s.parts {
		s.and(longs(1<<53-1), w)
		VCVTQQ2PD(w, w)
		VMULPD(doubles(0x1p-53), w, w)
		return
	}
	mantissa, less := s.register(), s.copyOf(doubles(1))
	VPSLLQ(Imm(11), w, mantissa)
	VPSRLQ(Imm(12), mantissa, mantissa)
	s.or(doubles(1), mantissa)
	s.and(longs(1), w)
	VPSUBQ(w, less, less)
	VSUBPD(less, mantissa, w)
}
