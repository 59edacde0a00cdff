package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

func (s simd) sigmoid(x source) vectors {
	h, power := s.decay(s.clamped(x.load(), coef.DecayMax), 1)
	h.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	return s.reflect(h, x)
}

// leastMagnitude has VRANGEPS return min(|x|, |y|), or the other where one is NaN.
const leastMagnitude = 0b10_10

func (s simd) silu(x source) vectors { return s.siluTo(x, coef.DecayMax) }

// siluTo is siluAndSlope's first result. Of the lesser of |x| and most it does not see whether x is NaN.
func (s simd) siluTo(x source, limit float32) vectors {
	a := x.load()
	magnitude, most := ints(signBit-1), s.of(limit)
	a.do(func(i int) { // loses NaN, which max(x, 0) has
		if s.parts {
			VRANGEPS(U8(leastMagnitude), most, a[i], a[i])
			return
		}
		VANDPS(magnitude, a[i], a[i])
		VMINPS(most, a[i], a[i])
	})
	n, power := s.decayPower(a)
	scaled := s.like(a)
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g := s.decayQuotient(a, n, power, 1)
	y := s.positivePart(x)
	y.do(func(i int) { VFNMADD231PS(g[i], scaled[i], y[i]) }) // fma(g, -scaled, max(x, 0))
	return y
}

func (s simd) siluSlope(x source) vectors {
	g, _, v := s.siluParts(x.load(), coef.DecayMax)
	g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
	return s.reflect(g, x)
}

// siluParts returns g, a*power and power*(1 - a + a*h) of siluAndSlope. It overwrites x.
func (s simd) siluParts(x vectors, most float32) (g, scaled, v vectors) {
	a := s.clamped(x, most)
	n, power := s.decayPower(a)
	scaled = s.like(a)
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g = s.decayQuotient(a, n, power, 1)
	h := a
	h.do(func(i int) { VMULPS(power[i], g[i], h[i]) })
	v = power
	v.do(func(i int) { VSUBPS(scaled[i], power[i], v[i]) })
	v.do(func(i int) { VFMADD231PS(scaled[i], h[i], v[i]) }) // fma(scaled, h, power-scaled)
	return g, scaled, v
}

func (s simd) softplus(x source) vectors {
	g, power := s.decay(s.clamped(x.load(), coef.DecayMax), 0.5)
	square := s.like(g)
	g.do(func(i int) { VMULPS(power[i], g[i], square[i]) })
	g.do(func(i int) { VMULPS(square[i], square[i], square[i]) })
	l := s.horner(square, coef.Atanh[:])
	g.do(func(i int) { VMULPS(square[i], l[i], l[i]) })
	g.do(func(i int) { VFMADD213PS(g[i], g[i], l[i]) }) // fma(g, square*P(square), g)
	y := s.positivePart(x)
	y.do(func(i int) { VFMADD231PS(power[i], l[i], y[i]) })
	return y
}

func (s simd) sigmoidSlope(x source) vectors { return s.bell(s.clamped(x.load(), coef.DecayMax), 1) }

func (s simd) tanhSlope(x source) vectors {
	a := s.clamped(x.load(), coef.DecayMax/2)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	return s.bell(a, 4)
}
