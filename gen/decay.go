package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/internal/coef"
)

// clamped overwrites x with |x|, or most where that is less.
func (s simd) clamped(x vectors, most float32) vectors {
	magnitude, m := s.constant(ints(signBit-1)), s.inRegister(most)
	x.do(func(i int) {
		VANDPS(magnitude, x[i], x[i])
		VMINPS(x[i], m, x[i]) // most < a ? most : a, so that NaN stays
	})
	return x
}

// decay returns g and a power of two whose product is 1/(bias + e^a). It overwrites a.
func (s simd) decay(a vectors, bias float32) (g, power vectors) {
	n, power := s.decayPower(a)
	return s.decayQuotient(a, n, power, bias), power
}

// decayPower returns -n and 2^(33-n), where a = n ln 2 + r.
func (s simd) decayPower(a vectors) (n, power vectors) {
	power, n = s.nearest(a, -coef.Log2E, decayMagic)
	a.do(func(i int) { VPSLLD(Imm(23), power[i], power[i]) })
	return n, power
}

// decayQuotient returns g from what decayPower returned for a, and overwrites a and n.
func (s simd) decayQuotient(a, n, power vectors, bias float32) vectors {
	d, near := s.like(a), s.of(coef.DecayNear)
	if bias == 1 {
		a.do(func(i int) { VADDPS(near, power[i], d[i]) })
	} else {
		b := s.of(bias)
		a.do(func(i int) {
			VMOVUPS(b, d[i])
			VFMADD213PS(near, power[i], d[i]) // fma(power, bias, near)
		})
	}
	r, c := a, s.of(coef.Ln2Hi)
	a.do(func(i int) { VFMADD231PS(c, n[i], r[i]) })
	c = s.of(coef.Ln2Lo)
	a.do(func(i int) { VFMADD231PS(c, n[i], r[i]) }) // r = fma(n, -lo, fma(n, -hi, a))
	t := s.horner(r, coef.DecayExpm1[:])
	far, f, scale := n, s.of(coef.DecayFar), s.of(coef.DecayScale)
	a.do(func(i int) {
		VMOVUPS(f, far[i])
		VFMADD231PS(scale, r[i], far[i])
	})
	a.do(func(i int) { VMULPS(r[i], r[i], r[i]) })
	a.do(func(i int) { VFMADD213PS(far[i], r[i], t[i]) }) // fma(r^2, P(r), fma(r, scale, far))
	a.do(func(i int) { VADDPS(d[i], t[i], d[i]) })
	one := s.inRegister(1)
	a.do(func(i int) { VDIVPS(d[i], one, d[i]) })
	return d
}

// positivePart returns max(x, 0), and keeps -0 and NaN.
func (s simd) positivePart(x source) vectors {
	y, zero := vectors(s.several(len(x.at))), s.noughts()
	y.do(func(i int) { VMAXPS(x.vector(i), zero, y[i]) }) // 0 > x ? 0 : x
	return y
}

// reflect returns 1 - h, or h where the sign of x is set. It overwrites h.
func (s simd) reflect(h vectors, x source) vectors {
	if s.masks {
		return s.reflectWhere(s.notNegative(x, s.noughts()), h)
	}
	signs := x.load()
	y, one := s.like(h), s.inRegister(1)
	h.do(func(i int) { VSUBPS(h[i], one, y[i]) })
	h.do(func(i int) { VBLENDVPS(signs[i], h[i], y[i], y[i]) })
	return y
}

// reflectWhere overwrites h with 1 - h in lanes of masks.
func (s simd) reflectWhere(masks []Register, h vectors) vectors {
	one := s.inRegister(1)
	h.do(func(i int) { VSUBPS(h[i], one, masks[i], h[i]) })
	return h
}

// notNegative returns the masks of !(x < 0), which include -0: there h and 1 - h are the same.
func (s simd) notNegative(x source, zero VecVirtual) []Register {
	masks := make([]Register, len(x.at))
	for i := range masks {
		masks[i] = K()
		VCMPPS(U8(compareNotGreater), x.vector(i), zero, masks[i]) // !(0 > x)
	}
	return masks
}

// bell returns scale*h*(1-h), where h = 1/(1+e^a). It overwrites a.
func (s simd) bell(a vectors, scale float32) vectors {
	h, power := s.decay(a, 1)
	y, unscaled := s.like(a), h
	if scale != 1 {
		c := s.of(scale)
		a.do(func(i int) { VMULPS(c, power[i], power[i]) })
	}
	a.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	if scale != 1 {
		c := s.of(1 / scale)
		unscaled = power
		a.do(func(i int) { VMULPS(c, h[i], unscaled[i]) })
	}
	a.do(func(i int) {
		VMOVAPS(h[i], y[i])
		VFNMADD231PS(unscaled[i], h[i], y[i]) // fma(h, -h/scale, h)
	})
	return y
}
