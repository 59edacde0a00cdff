package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// clamped returns |x|, or most where that is less.
func (p pool) clamped(x vectors, most float32) vectors {
	a, m := x.like(), load(p.floats(most))
	x.do(func(i int) {
		S4.FABS(a[i], x[i])
		S4.FMIN(a[i], a[i], m)
	})
	return a
}

// decay returns g and a power of two whose product is 1/(bias + e^a).
func (p pool) decay(a vectors, bias float32) (g, power vectors) {
	const magic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift
	sum, n := p.set(a, p.floats(magic)), a.like()
	log2e, m := load(p.floats(coef.Log2E)), load(p.floats(magic))
	a.do(func(i int) { S4.FMLS(sum[i], a[i], log2e) }) // fma(a, -log2 e, magic)
	a.do(func(i int) { S4.FSUB(n[i], m, sum[i]) })
	r, square := a.like(), a.like()
	c := load(p.floats(coef.Ln2Hi))
	a.do(func(i int) {
		VMOV(r[i], a[i])
		S4.FMLS(r[i], n[i], c)
	})
	c = load(p.floats(coef.Ln2Lo))
	a.do(func(i int) { S4.FMLS(r[i], n[i], c) }) // fma(n, -lo, fma(n, -hi, a))
	t := p.polynomial(r, coef.DecayExpm1[:])
	far := p.set(a, p.floats(coef.DecayFar))
	c = load(p.floats(coef.DecayScale))
	a.do(func(i int) { S4.FMLA(far[i], r[i], c) }) // fma(r, scale, far)
	a.do(func(i int) { S4.FMUL(square[i], r[i], r[i]) })
	a.do(func(i int) { S4.FMLA(far[i], square[i], t[i]) })
	power = sum
	a.do(func(i int) { S4.SHL(power[i], sum[i], 23) })
	b := load(p.floats(bias))
	d := p.set(a, p.floats(coef.DecayNear))
	a.do(func(i int) { S4.FMLA(d[i], power[i], b) }) // fma(power, bias, near)
	a.do(func(i int) { S4.FADD(d[i], d[i], far[i]) })
	one := load(p.floats(1))
	a.do(func(i int) { S4.FDIV(d[i], one, d[i]) })
	return d, power
}

// positivePart overwrites x with max(x, 0), and keeps -0 and NaN.
func (p pool) positivePart(x vectors) vectors {
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) {
		negative := NewV()
		S4.FCMLT0(negative, x[i])
		BIT(x[i], zero, negative)
	})
	return x
}

// reflect returns 1 - h, or h where the sign of x is set.
func (p pool) reflect(h, x vectors) vectors {
	y, one := x.like(), load(p.floats(1))
	x.do(func(i int) { S4.FSUB(y[i], one, h[i]) })
	x.do(func(i int) {
		positive := NewV()
		S4.CMGE0(positive, x[i])
		BIF(y[i], h[i], positive)
	})
	return y
}

func (p pool) sigmoid(x vectors) vectors {
	g, power := p.decay(p.clamped(x, coef.DecayMax), 1)
	x.do(func(i int) { S4.FMUL(g[i], g[i], power[i]) })
	return p.reflect(g, x)
}

func (p pool) silu(x vectors) vectors { return p.siluTo(x, coef.DecayMax) }

// siluTo is siluAndSlope's first result.
func (p pool) siluTo(x vectors, most float32) vectors {
	a := p.clamped(x, most)
	g, power := p.decay(a, 1)
	x.do(func(i int) { S4.FMUL(a[i], a[i], power[i]) })
	y := p.positivePart(x)
	x.do(func(i int) { S4.FMLS(y[i], g[i], a[i]) }) // fma(g, -a*power, max(x, 0))
	return y
}

func (p pool) siluSlope(x vectors) vectors {
	_, slope := p.siluAndSlope(x, coef.DecayMax)
	return slope
}

// siluAndSlope returns silu and its derivative. It overwrites x.
func (p pool) siluAndSlope(x vectors, most float32) (y, slope vectors) {
	scaled := p.clamped(x, most)
	g, power := p.decay(scaled, 1)
	x.do(func(i int) { S4.FMUL(scaled[i], scaled[i], power[i]) })
	h, v := x.like(), x.like()
	x.do(func(i int) { S4.FSUB(v[i], power[i], scaled[i]) })
	x.do(func(i int) { S4.FMUL(h[i], g[i], power[i]) })
	x.do(func(i int) { S4.FMLA(v[i], scaled[i], h[i]) }) // fma(scaled, h, power-scaled)
	x.do(func(i int) { S4.FMUL(v[i], g[i], v[i]) })
	slope = p.reflect(v, x)
	y = p.positivePart(x)
	x.do(func(i int) { S4.FMLS(y[i], g[i], scaled[i]) }) // fma(g, -scaled, max(x, 0))
	return y, slope
}

func (p pool) softplus(x vectors) vectors {
	g, power := p.decay(p.clamped(x, coef.DecayMax), 0.5)
	square, l := x.like(), x.like()
	x.do(func(i int) { S4.FMUL(square[i], g[i], power[i]) })
	x.do(func(i int) { S4.FMUL(square[i], square[i], square[i]) })
	atanh := p.polynomial(square, coef.Atanh[:])
	x.do(func(i int) { S4.FMUL(square[i], square[i], atanh[i]) })
	x.do(func(i int) {
		VMOV(l[i], g[i])
		S4.FMLA(l[i], g[i], square[i]) // fma(g, square*P(square), g)
	})
	y := p.positivePart(x)
	x.do(func(i int) { S4.FMLA(y[i], l[i], power[i]) })
	return y
}

func (p pool) sigmoidSlope(x vectors) vectors { return p.bell(p.clamped(x, coef.DecayMax), 1) }

func (p pool) tanhSlope(x vectors) vectors {
	a := p.clamped(x, coef.DecayMax/2)
	a.do(func(i int) { S4.FADD(a[i], a[i], a[i]) })
	return p.bell(a, 4)
}

// bell returns scale*h*(1-h), where h = 1/(1+e^a).
func (p pool) bell(a vectors, scale float32) vectors {
	h, power := p.decay(a, 1)
	y, unscaled := a.like(), h
	if scale != 1 {
		c := load(p.floats(scale))
		a.do(func(i int) { S4.FMUL(power[i], power[i], c) })
	}
	a.do(func(i int) { S4.FMUL(h[i], h[i], power[i]) })
	if scale != 1 {
		c := load(p.floats(1 / scale))
		unscaled = power
		a.do(func(i int) { S4.FMUL(unscaled[i], h[i], c) })
	}
	a.do(func(i int) {
		VMOV(y[i], h[i])
		S4.FMLS(y[i], h[i], unscaled[i]) // fma(h, -h/scale, h)
	})
	return y
}
