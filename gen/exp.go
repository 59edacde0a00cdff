package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

// expParts returns t = e^r - 1 and power = 2^n, where x = n ln 2 + r, and overwrites x.
func (s simd) expParts(x vectors) (t, power vectors) {
	sum, n := s.nearest(x, coef.Log2E, coef.RoundMagic+coef.ExponentBias)
	t = s.expm1Reduced(x, n)
	x.do(func(i int) { VPSLLD(Imm(23), sum[i], sum[i]) })
	return t, sum
}

// nearest returns sum = fma(x, factor, magic) and n = sum - magic.
func (s simd) nearest(x vectors, factor, magic float32) (sum, n vectors) {
	sum, n = s.like(x), s.like(x)
	f, m := s.of(factor), s.of(magic)
	x.do(func(i int) {
		VMOVUPS(m, sum[i])
		VFMADD231PS(f, x[i], sum[i])
	})
	x.do(func(i int) { VSUBPS(m, sum[i], n[i]) })
	return sum, n
}

// expm1Reduced returns e^r - 1 = r + r^2 P(r) for r = x - n ln 2, and overwrites both.
func (s simd) expm1Reduced(x, n vectors) vectors {
	high, r, low := x, s.like(x), n
	c := s.of(-coef.Ln2Hi)
	x.do(func(i int) { VFMADD231PS(c, n[i], high[i]) }) // high = fma(n, -hi, x)
	c = s.of(-coef.Ln2Lo)
	x.do(func(i int) { VMULPS(c, n[i], low[i]) })
	x.do(func(i int) { VADDPS(low[i], high[i], r[i]) })
	t := s.horner(r, coef.Expm1[:])
	x.do(func(i int) { VMULPS(r[i], r[i], r[i]) })
	x.do(func(i int) { VFMADD213PS(low[i], r[i], t[i]) }) // fma(r^2, P(r), low)
	x.do(func(i int) { VADDPS(high[i], t[i], t[i]) })
	return t
}

// exp is the definition's exp. It overwrites x.
func (s simd) exp(x vectors) vectors {
	least, most := s.inRegister(coef.ExpMin), s.inRegister(coef.ExpMax)
	x.do(func(i int) {
		VMAXPS(x[i], least, x[i]) // ExpMin > x ? ExpMin : x, so that NaN stays
		VMINPS(x[i], most, x[i])
	})
	sum, n := s.nearest(x, coef.Log2E, coef.RoundMagic+2*coef.ExponentBias)
	if s.parts {
		return s.scaledExp(x, n)
	}
	t := s.expm1Reduced(x, n)
	half := s.like(x)
	x.do(func(i int) { VPSRLD(Imm(1), sum[i], half[i]) })
	x.do(func(i int) { VPSUBD(half[i], sum[i], sum[i]) })
	x.do(func(i int) {
		VPSLLD(Imm(23), half[i], half[i])
		VPSLLD(Imm(23), sum[i], sum[i])
	})
	x.do(func(i int) { VFMADD213PS(half[i], half[i], t[i]) }) // fma(t, power, power)
	x.do(func(i int) { VMULPS(sum[i], t[i], t[i]) })
	return t
}

// scaledExp returns (1 + t) 2^n, where x = n ln 2 + r and t = e^r - 1. The sum has the definition's
// significant bits. VSCALEFPS rounds only below the normal range, as the definition's second product does.
// scaledExp overwrites x and n.
func (s simd) scaledExp(x, n vectors) vectors {
	power := s.like(x)
	x.do(func(i int) { VMOVUPS(n[i], power[i]) })
	t := s.expm1Reduced(x, n)
	c := s.of(1)
	x.do(func(i int) { VADDPS(c, t[i], t[i]) })
	x.do(func(i int) { VSCALEFPS(power[i], t[i], t[i]) })
	return t
}

// orBoth has VPTERNLOGD return z | x&y.
const orBoth = 0b11111000

func (s simd) tanh(x source) vectors {
	a := s.clamped(x.load(), coef.TanhMax)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	t, power := s.expParts(a)
	e, d, c := a, s.like(a), s.of(-1)
	a.do(func(i int) { VADDPS(c, power[i], e[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], e[i]) }) // e = e^2a - 1
	c = s.of(2)
	a.do(func(i int) { VADDPS(c, e[i], d[i]) })
	if s.ternary {
		sign := s.constant(ints(signBit))
		a.do(func(i int) {
			VDIVPS(d[i], e[i], e[i])
			VPTERNLOGD(U8(orBoth), x.vector(i), sign, e[i])
		})
		return e
	}
	sign, signs := ints(signBit), x.load()
	a.do(func(i int) {
		VDIVPS(d[i], e[i], e[i])
		VANDPS(sign, signs[i], signs[i])
	})
	a.do(func(i int) { VORPS(signs[i], e[i], e[i]) })
	return e
}

func (s simd) elu(x source) vectors {
	a, least := x.load(), s.of(coef.Expm1Min)
	a.do(func(i int) { VMAXPS(least, a[i], a[i]) })
	t, power := s.expParts(a)
	y, c, zero := a, s.of(-1), s.noughts()
	a.do(func(i int) { VADDPS(c, power[i], y[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], y[i]) }) // fma(t, power, power-1)
	if s.masks {
		masks := s.notNegative(x, zero)
		a.do(func(i int) { VMOVUPS(x.vector(i), masks[i], y[i]) })
		return y
	}
	again := x.load()
	a.do(func(i int) {
		negative := t[i]
		VCMPPS(U8(compareLess), zero, again[i], negative)
		VBLENDVPS(negative, y[i], again[i], y[i])
	})
	return y
}

func (s simd) eluSlope(x vectors) vectors {
	zero := s.noughts()
	x.do(func(i int) { VMINPS(x[i], zero, x[i]) }) // 0 < x ? 0 : x
	return s.exp(x)
}
