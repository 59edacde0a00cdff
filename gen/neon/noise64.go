package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/program"
	"github.com/seed964deb49/langevin/internal/coef"
)

// boxMuller64 is boxMuller in float64.
func boxMuller64(pool pool, radius, angle Mem, use func(cos, sin V)) program.Program {
	var radii, angles program.Program
	r := radiusOf64(pool, &radii, radius)
	v := NewV()
	angles.Do(func() { LDR(v, angle) })
	sin, cos := sincos64(pool, &angles, v)
	// The quotient and the root of the radius take long, and the angle's steps need not wait for them.
	steps := program.Mix(radii, angles)
	steps.Do(func() {
		// Bit 63 of its word negates it.
		sign := load(radius)
		VAND(sign, sign, load(pool.longs(signBit64)))
		VEOR(r, r, sign)
	})
	steps.Do(func() {
		D2.FMUL(cos, r, cos)
		D2.FMUL(sin, r, sin)
	})
	steps.Do(func() { use(cos, sin) })
	return steps
}

// radiusOf64 returns the register that steps set to sqrt(-2 log u).
func radiusOf64(pool pool, steps *program.Program, word Mem) V {
	u, k, g, square, r := NewV(), NewV(), NewV(), NewV(), NewV()
	steps.Do(func() {
		LDR(u, word)
		VORR(u, u, load(pool.longs(1)))
	})
	steps.Do(func() {
		D2.SCVTF(u, u, 63)
		D2.FABS(u, u) // u = |w|1| / 2^63
	})
	steps.Do(func() {
		D2.SUB(k, u, load(pool.longs(coef.ThreeQuartersBits)))
		VAND(k, k, load(pool.longs(0xfff<<52))) // k<<52 = bits(u) - bits(3/4), its low bits cut off
	})
	steps.Do(func() {
		D2.SUB(u, u, k) // bits(u) - k<<52 = bits(m)
		two := load(pool.doubles(2))
		VMOV(g, two)
		D2.FMLS(g, u, two) // g = 2 - 2m
	})
	steps.Do(func() {
		D2.SCVTF(k, k, 52)
		VMOV(r, g)
		D2.FMLS(r, k, load(pool.doubles(coef.TwoLn2))) // fma(-k, 2 ln(2), g)
	})
	quotient, z := NewV(), NewV()
	steps.Do(func() {
		D2.FADD(quotient, g, load(pool.doubles(-4)))
		D2.FDIV(quotient, g, quotient) // s = g/(g-4)
	})
	steps.Do(func() { D2.FMUL(square, g, g) })
	steps.Do(func() { D2.FMUL(z, quotient, quotient) })
	p := polynomial64(pool, steps, z, coef.NegTwoLog64[:])
	steps.Do(func() {
		rest := copyOf(square)
		D2.FMLA(rest, p(), z)
		D2.FMLS(square, quotient, rest)              // rest = fma(-s, ..., g^2)
		D2.FMLA(r, square, load(pool.doubles(0.25))) // fma(rest, 1/4, line)
	})
	steps.Do(func() { D2.FSQRT(r, r) })
	return r
}

// sincos64 returns the registers that steps set to the sine and cosine of a register of angles.
func sincos64(pool pool, steps *program.Program, v V) (sin, cos V) {
	x, t := NewV(), NewV()
	steps.Do(func() {
		D2.SCVTF(x, v, 64)
		D2.FMUL(t, x, x)
	})
	odd := polynomial64(pool, steps, t, append([]float64{coef.HalfPiLow}, coef.SinQuarter64[:]...))
	sin = NewV()
	steps.Do(func() {
		D2.FMUL(sin, x, odd())
		D2.FMLA(sin, x, load(pool.doubles(coef.HalfPi))) // fma(x, pi/2, ...)
	})
	even := polynomial64(pool, steps, t, append([]float64{1}, coef.CosQuarter64[:]...))
	cos = NewV()
	steps.Do(func() {
		// Bit 0 exchanges the two.
		swap := NewV()
		D2.CMTST(swap, v, load(pool.longs(1)))
		VMOV(cos, even())
		BIT(cos, sin, swap)
		BIT(sin, even(), swap)
	})
	return sin, cos
}

// polynomial64 is horner64, a step for each of its steps; its register is known when they have been emitted.
func polynomial64(pool pool, steps *program.Program, x V, c []float64) func() V {
	var y V
	steps.Do(func() { y = load(pool.doubles(c[len(c)-1])) })
	for i := len(c) - 2; i >= 0; i-- {
		steps.Do(func() {
			next := load(pool.doubles(c[i]))
			D2.FMLA(next, y, x)
			y = next
		})
	}
	return func() V { return y }
}
