package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

func sigmoid(x source) vectors {
	h, power := decay(clamped(x.load(), coef.DecayMax), 1)
	h.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	return reflect(h, x)
}

// leastMagnitude has VRANGEPS return min(|x|, |y|), or the other where one is NaN.
const leastMagnitude = 0b10_10

func silu(x source) vectors { return siluTo(x, coef.DecayMax) }

// siluTo is siluAndSlope's first result. Of the lesser of |x| and most it does not see whether x is NaN.
func siluTo(x source, limit float32) vectors {
	a := x.load()
	magnitude, most := ints(signBit-1), of(limit)
	a.do(func(i int) { // loses NaN, which max(x, 0) has
		if registers.wide() {
			VRANGEPS(U8(leastMagnitude), most, a[i], a[i])
			return
		}
		VANDPS(magnitude, a[i], a[i])
		VMINPS(most, a[i], a[i])
	})
	n, power := decayPower(a)
	scaled := a.like()
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g := decayQuotient(a, n, power, 1)
	y := positivePart(x)
	y.do(func(i int) { VFNMADD231PS(g[i], scaled[i], y[i]) }) // fma(g, -scaled, max(x, 0))
	return y
}

func siluSlope(x source) vectors {
	g, _, v := siluParts(x.load(), coef.DecayMax)
	g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
	return reflect(g, x)
}

// siluParts returns g, a*power and power*(1 - a + a*h) of siluAndSlope. It overwrites x.
func siluParts(x vectors, most float32) (g, scaled, v vectors) {
	a := clamped(x, most)
	n, power := decayPower(a)
	scaled = a.like()
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g = decayQuotient(a, n, power, 1)
	h := a
	h.do(func(i int) { VMULPS(power[i], g[i], h[i]) })
	v = power
	v.do(func(i int) { VSUBPS(scaled[i], power[i], v[i]) })
	v.do(func(i int) { VFMADD231PS(scaled[i], h[i], v[i]) }) // fma(scaled, h, power-scaled)
	return g, scaled, v
}

func softplus(x source) vectors {
	g, power := decay(clamped(x.load(), coef.DecayMax), 0.5)
	square := g.like()
	g.do(func(i int) { VMULPS(power[i], g[i], square[i]) })
	g.do(func(i int) { VMULPS(square[i], square[i], square[i]) })
	l := square.polynomial(coef.Atanh[:])
	g.do(func(i int) { VMULPS(square[i], l[i], l[i]) })
	g.do(func(i int) { VFMADD213PS(g[i], g[i], l[i]) }) // fma(g, square*P(square), g)
	y := positivePart(x)
	y.do(func(i int) { VFMADD231PS(power[i], l[i], y[i]) })
	return y
}

func sigmoidSlope(x source) vectors { return bell(clamped(x.load(), coef.DecayMax), 1) }

func tanhSlope(x source) vectors {
	a := clamped(x.load(), coef.DecayMax/2)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	return bell(a, 4)
}
