package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

// logPartsDouble sets k and f to those of x = 2^k (1+f), for normal and smaller numbers.
func (s simd) logPartsDouble(x, k, f vectors) {
	half, one := s.doubleInRegister(0.5), s.doubleInRegister(1)
	cut, c := s.double(2*math.Float64frombits(coef.SqrtHalfDoubleBits)), s.double(-1)
	x.do(func(i int) {
		above := K()
		VGETEXPPD(x[i], k[i])
		VGETMANTPD(Imm(0), x[i], f[i]) // 1 <= f < 2
		VCMPPD(U8(compareNotLess), cut, f[i], above)
		VADDPD(one, k[i], above, k[i])
		VMULPD(half, f[i], above, f[i])
	})
	x.do(func(i int) { VADDPD(c, f[i], f[i]) })
}

// logPartsOfBitsDouble is logPartsDouble without instructions for it. AVX2 neither shifts 64 bits by their
// sign nor makes floats of them: k + 1024 is not negative, and its bits are those of a float64 from 2^52 on.
func (s simd) logPartsOfBitsDouble(x, k, f vectors) {
	const shifted = 1024
	tiny, bits := k, x
	x.do(func(i int) { VCMPPD(U8(compareLess), doubles(0x1p-1022), x[i], tiny[i]) })
	x.do(func(i int) { VMULPD(doubles(0x1p54), x[i], f[i]) })
	x.do(func(i int) {
		VBLENDVPD(tiny[i], f[i], x[i], bits[i])
		VANDPD(doubles(54), tiny[i], tiny[i]) // below
	})
	x.do(func(i int) { VPADDQ(longs(shifted<<52-coef.SqrtHalfDoubleBits), bits[i], bits[i]) })
	x.do(func(i int) { VPAND(longs(1<<52-1), bits[i], f[i]) })
	x.do(func(i int) { VPADDQ(longs(coef.SqrtHalfDoubleBits), f[i], f[i]) })
	x.do(func(i int) { VADDPD(doubles(-1), f[i], f[i]) })
	x.do(func(i int) {
		VPSRLQ(Imm(52), bits[i], bits[i])
		VPOR(doubles(0x1p52), bits[i], bits[i])
	})
	x.do(func(i int) { VADDPD(doubles(-0x1p52-shifted), bits[i], bits[i]) })
	x.do(func(i int) { VSUBPD(tiny[i], bits[i], k[i]) })
}

// log64 is the definition's logDouble.
func (s simd) log64(argument source) vectors {
	x := argument.load()
	k, f := s.like(x), s.like(x)
	if s.parts {
		s.logPartsDouble(x, k, f)
	} else {
		s.logPartsOfBitsDouble(x, k, f)
	}
	y := s.logOfParts(k, f)
	if s.parts {
		c := s.constant(ints(specialsOfLog))
		x = argument.load()
		x.do(func(i int) { VFIXUPIMMPD(Imm(0), c, x[i], y[i]) })
		return y
	}
	finite, zero := s.doubleInRegister(math.MaxFloat64), s.noughts()
	x, mask := argument.load(), f
	x.do(func(i int) {
		VCMPPD(U8(compareLE), finite, x[i], mask[i])
		VBLENDVPD(mask[i], y[i], x[i], y[i]) // +Inf and NaN stay
		VCMPPD(U8(compareLess), zero, x[i], mask[i])
		VORPD(mask[i], y[i], y[i]) // NaN
		VCMPPD(U8(compareEqual), zero, x[i], mask[i])
		VBLENDVPD(mask[i], doubles(math.Inf(-1)), y[i], y[i])
	})
	return y
}

// logOfParts returns k ln 2 + log(1+f), and overwrites both.
func (s simd) logOfParts(k, f vectors) vectors {
	quotient, z, square := s.like(f), s.like(f), s.like(f)
	c := s.double(2)
	f.do(func(i int) { VADDPD(c, f[i], quotient[i]) })
	f.do(func(i int) { VDIVPD(quotient[i], f[i], quotient[i]) })
	f.do(func(i int) { VMULPD(quotient[i], quotient[i], z[i]) })
	f.do(func(i int) { VMULPD(z[i], z[i], square[i]) })
	inner := s.polynomialDouble(z, square, coef.AtanhDouble[:])
	half := s.like(f)
	c = s.double(0.5)
	f.do(func(i int) { VMULPD(c, f[i], half[i]) })
	f.do(func(i int) { VMULPD(f[i], half[i], square[i]) })
	f.do(func(i int) { VFMADD213PD(square[i], z[i], inner[i]) }) // fma(z, P(z), half*f)
	high, low := s.logHead(k, f)
	f.do(func(i int) { VFMADD231PD(inner[i], quotient[i], low[i]) })
	sum, lost := s.like(f), high
	f.do(func(i int) {
		VMOVAPS(high[i], sum[i])
		VFNMADD231PD(f[i], half[i], sum[i]) // fma(-half, f, high)
	})
	f.do(func(i int) { VSUBPD(sum[i], high[i], lost[i]) })
	f.do(func(i int) { VFNMADD231PD(f[i], half[i], lost[i]) }) // fma(-half, f, high-sum)
	f.do(func(i int) { VADDPD(low[i], lost[i], lost[i]) })
	f.do(func(i int) { VADDPD(lost[i], sum[i], sum[i]) })
	return sum
}

// logHead returns high and fma(k, lo, rest).
func (s simd) logHead(k, f vectors) (high, low vectors) {
	high, low = s.like(f), s.like(f)
	c := s.double(coef.Ln2HiDouble)
	f.do(func(i int) {
		VMOVAPS(f[i], high[i])
		VFMADD231PD(c, k[i], high[i]) // high = fma(k, hi, f)
	})
	c = s.double(-coef.Ln2HiDouble)
	f.do(func(i int) {
		VMOVAPS(high[i], low[i])
		VFMADD231PD(c, k[i], low[i])
	})
	f.do(func(i int) { VSUBPD(low[i], f[i], low[i]) }) // rest = f - fma(k, -hi, high)
	c = s.double(coef.Ln2LoDouble)
	f.do(func(i int) { VFMADD231PD(c, k[i], low[i]) })
	return high, low
}
