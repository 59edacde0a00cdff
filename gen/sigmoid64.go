package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

// sigmoidMagic is the magic number of sigmoidDouble.
const sigmoidMagic = coef.RoundMagicDouble + coef.ExponentBiasDouble + coef.SigmoidShift

// sigmoid64 is the definition's sigmoidDouble.
func (s simd) sigmoid64(x source) vectors {
	a, magnitude, most := x.load(), longs(signBit64-1), s.doubleInRegister(-coef.ExpMinDouble)
	a.do(func(i int) {
		VANDPD(magnitude, a[i], a[i])
		VMINPD(a[i], most, a[i]) // most < a ? most : a, so that NaN stays
	})
	power, n := s.nearestDouble(a, -math.Log2E, sigmoidMagic)
	a.do(func(i int) { VPSLLQ(Imm(52), power[i], power[i]) })
	sum, rest := s.sigmoidDivisor(a, n, power)
	g, residual, one := s.like(a), s.like(a), s.doubleInRegister(1)
	a.do(func(i int) { VDIVPD(sum[i], one, g[i]) })
	a.do(func(i int) {
		VMOVAPS(one, residual[i])
		VFNMADD231PD(sum[i], g[i], residual[i]) // fma(-g, sum, 1)
	})
	a.do(func(i int) { VFNMADD231PD(rest[i], g[i], residual[i]) })
	a.do(func(i int) { VFMADD231PD(residual[i], g[i], g[i]) }) // fma(residual, g, g)
	h := g
	a.do(func(i int) { VMULPD(power[i], g[i], h[i]) })
	if s.masks {
		zero := s.noughts()
		a.do(func(i int) {
			mask := K()
			VCMPPD(U8(compareNotGreater), x.vector(i), zero, mask) // !(0 > x), where h is 1-h at -0
			VSUBPD(h[i], one, mask, h[i])
		})
		return h
	}
	signs, y := x.load(), s.like(h)
	a.do(func(i int) { VSUBPD(h[i], one, y[i]) })
	a.do(func(i int) { VBLENDVPD(signs[i], h[i], y[i], y[i]) })
	return y
}

// sigmoidDivisor returns power + scale e^r, where a = n ln 2 + r, as a sum of two. It overwrites a and n,
// which is -n.
func (s simd) sigmoidDivisor(a, n, power vectors) (sum, rest vectors) {
	high, r, near, lost := a, s.like(a), s.like(a), s.like(a)
	c := s.double(coef.Ln2HiDouble)
	a.do(func(i int) { VFMADD231PD(c, n[i], high[i]) })
	c = s.double(coef.Ln2LoDouble)
	a.do(func(i int) {
		VMOVAPS(high[i], r[i])
		VFMADD231PD(c, n[i], r[i]) // fma(n, lo, high)
	})
	one, scale := s.like(a), s.double(coef.SigmoidScale)
	a.do(func(i int) { VADDPD(scale, power[i], one[i]) })
	a.do(func(i int) {
		VMOVAPS(one[i], near[i])
		VFMADD231PD(scale, high[i], near[i]) // fma(high, scale, one)
	})
	a.do(func(i int) { VSUBPD(near[i], one[i], lost[i]) })
	a.do(func(i int) { VFMADD231PD(scale, high[i], lost[i]) }) // fma(high, scale, one-near)
	a.do(func(i int) { VSUBPD(scale, one[i], one[i]) })
	a.do(func(i int) { VSUBPD(one[i], power[i], one[i]) })
	a.do(func(i int) { VADDPD(one[i], lost[i], lost[i]) }) // + (power - (one - scale))
	c = s.double(coef.SigmoidScale * coef.Ln2LoDouble)
	a.do(func(i int) { VFMADD231PD(c, n[i], lost[i]) })
	square := s.like(a)
	a.do(func(i int) { VMULPD(r[i], r[i], square[i]) })
	tail := s.polynomialDouble(r, square, coef.SigmoidExpm1[:])
	a.do(func(i int) { VFMADD213PD(lost[i], square[i], tail[i]) }) // fma(r^2, P(r), lost)
	s.fastTwoSum(near, tail)
	return near, tail
}
