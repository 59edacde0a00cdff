package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

// exp64 is the definition's expDouble. It overwrites x.
func (s simd) exp64(x vectors) vectors {
	least, most := s.doubleInRegister(coef.ExpMinDouble), s.doubleInRegister(coef.ExpMaxDouble)
	x.do(func(i int) {
		VMAXPD(x[i], least, x[i]) // ExpMin > x ? ExpMin : x, so that NaN stays
		VMINPD(x[i], most, x[i])
	})
	sum, n := s.nearestDouble(x, math.Log2E, coef.RoundMagicDouble+2*coef.ExponentBiasDouble)
	power := sum
	if s.parts {
		power = s.like(x)
		x.do(func(i int) { VMOVAPS(n[i], power[i]) })
	}
	high, low, square := x, n, s.like(x)
	c := s.double(-coef.Ln2HiDouble)
	x.do(func(i int) { VFMADD231PD(c, n[i], high[i]) })
	c = s.double(-coef.Ln2LoDouble)
	x.do(func(i int) { VMULPD(c, n[i], low[i]) })
	x.do(func(i int) { VMULPD(high[i], high[i], square[i]) })
	tail := s.polynomialDouble(high, square, coef.Expm1Double[:])
	one, left := s.like(x), s.like(x)
	c = s.double(1)
	x.do(func(i int) { VADDPD(c, high[i], one[i]) })
	x.do(func(i int) { VSUBPD(c, one[i], left[i]) })
	x.do(func(i int) { VSUBPD(left[i], high[i], high[i]) }) // high - (one - 1)
	x.do(func(i int) { VFMADD213PD(high[i], square[i], tail[i]) })
	whole := square
	x.do(func(i int) { VADDPD(tail[i], one[i], whole[i]) })
	x.do(func(i int) { VFMADD231PD(low[i], whole[i], tail[i]) }) // fma(one+tail, low, tail)
	y := tail
	x.do(func(i int) { VADDPD(one[i], tail[i], y[i]) })
	if s.parts {
		// VSCALEFPD rounds only below the normal range, as the definition's second product does.
		x.do(func(i int) { VSCALEFPD(power[i], y[i], y[i]) })
		return y
	}
	half := high
	x.do(func(i int) { VPSRLQ(Imm(1), sum[i], half[i]) })
	x.do(func(i int) { VPSUBQ(half[i], sum[i], sum[i]) })
	x.do(func(i int) {
		VPSLLQ(Imm(52), half[i], half[i])
		VPSLLQ(Imm(52), sum[i], sum[i])
	})
	x.do(func(i int) { VMULPD(half[i], y[i], y[i]) })
	x.do(func(i int) { VMULPD(sum[i], y[i], y[i]) })
	return y
}

// expm1Double returns the exact part of r = x - n ln 2, and e^r - 1 less that. It overwrites x and n.
func (s simd) expm1Double(x, n vectors) (high, tail vectors) {
	high, low, r := x, n, s.like(x)
	c := s.double(-coef.Ln2HiDouble)
	x.do(func(i int) { VFMADD231PD(c, n[i], high[i]) })
	c = s.double(-coef.Ln2LoDouble)
	x.do(func(i int) { VMULPD(c, n[i], low[i]) })
	x.do(func(i int) { VADDPD(low[i], high[i], r[i]) })
	square := s.like(x)
	x.do(func(i int) { VMULPD(r[i], r[i], square[i]) })
	tail = s.polynomialDouble(r, square, coef.Expm1Double[:])
	x.do(func(i int) { VFMADD213PD(low[i], square[i], tail[i]) }) // fma(r^2, P(r), low)
	return high, tail
}

// selectBits has VPTERNLOGQ(x, mask, z) return the bits of x where mask has ones, and of z elsewhere.
const selectBits = 0b10111000

// tanh64 is the definition's tanhDouble.
func (s simd) tanh64(x source) vectors {
	v, sign, least := x.load(), longs(signBit64), s.doubleInRegister(-coef.TanhMaxDouble)
	v.do(func(i int) {
		VORPD(sign, v[i], v[i])
		VMAXPD(v[i], least, v[i]) // -TanhMax > v ? -TanhMax : v
	})
	v.do(func(i int) { VADDPD(v[i], v[i], v[i]) })
	power, n := s.nearestDouble(v, math.Log2E, coef.RoundMagicDouble+coef.ExponentBiasDouble)
	exact, tail := s.expm1Double(v, n)
	v.do(func(i int) { VPSLLQ(Imm(52), power[i], power[i]) })
	high, low := s.decayed(power, exact, tail)
	divisor, inverse, rest := s.like(v), s.like(v), s.like(v)
	two, one := s.double(2), s.doubleInRegister(1)
	v.do(func(i int) { VADDPD(two, high[i], divisor[i]) })
	v.do(func(i int) { VDIVPD(divisor[i], one, inverse[i]) })
	v.do(func(i int) { VSUBPD(two, divisor[i], rest[i]) })
	v.do(func(i int) { VSUBPD(rest[i], high[i], rest[i]) })
	v.do(func(i int) { VADDPD(low[i], rest[i], rest[i]) }) // (high - (divisor - 2)) + low
	q, residual := s.like(v), high
	v.do(func(i int) { VMULPD(inverse[i], high[i], q[i]) })
	v.do(func(i int) { VFNMADD231PD(divisor[i], q[i], residual[i]) }) // fma(-q, divisor, high)
	v.do(func(i int) { VADDPD(low[i], residual[i], residual[i]) })
	v.do(func(i int) { VFNMADD231PD(rest[i], q[i], residual[i]) })
	v.do(func(i int) { VFMADD231PD(inverse[i], residual[i], q[i]) }) // fma(residual, inverse, q)
	if s.ternary {
		mask := s.load(sign)
		v.do(func(i int) { VPTERNLOGQ(U8(selectBits), x.vector(i), mask, q[i]) })
		return q
	}
	signs, magnitude := x.load(), longs(signBit64-1)
	v.do(func(i int) {
		VANDPD(sign, signs[i], signs[i])
		VANDPD(magnitude, q[i], q[i])
	})
	v.do(func(i int) { VORPD(signs[i], q[i], q[i]) })
	return q
}

// decayed returns power (1 + exact + tail) - 1 as a sum of two. It overwrites all.
func (s simd) decayed(power, exact, tail vectors) (high, low vectors) {
	less, near, lost := s.like(power), s.like(power), s.like(power)
	minus, plus := s.double(-1), s.double(1)
	power.do(func(i int) { VADDPD(minus, power[i], less[i]) })
	power.do(func(i int) {
		VMOVAPS(less[i], near[i])
		VFMADD231PD(exact[i], power[i], near[i]) // fma(power, exact, less)
	})
	power.do(func(i int) { VSUBPD(near[i], less[i], lost[i]) })
	power.do(func(i int) { VFMADD231PD(exact[i], power[i], lost[i]) }) // fma(power, exact, less-near)
	power.do(func(i int) { VADDPD(plus, less[i], less[i]) })
	power.do(func(i int) { VSUBPD(less[i], power[i], less[i]) })
	power.do(func(i int) { VADDPD(less[i], lost[i], lost[i]) }) // + (power - (less + 1))
	power.do(func(i int) { VFMADD213PD(lost[i], power[i], tail[i]) })
	s.fastTwoSum(near, tail)
	return near, tail
}
