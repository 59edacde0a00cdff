package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// expParts returns t = e^r - 1 and power = 2^n, where x = n ln 2 + r.
func (p pool) expParts(x vectors) (t, power vectors) {
	sum, n := p.nearest(x, coef.RoundMagic+coef.ExponentBias)
	t = p.expm1Reduced(x, n)
	x.do(func(i int) { S4.SHL(sum[i], sum[i], 23) })
	return t, sum
}

// nearest returns sum = fma(x, log2 e, magic) and n = sum - magic.
func (p pool) nearest(x vectors, magic float32) (sum, n vectors) {
	sum, n = p.set(x, p.floats(magic)), x.like()
	log2e, m := load(p.floats(coef.Log2E)), load(p.floats(magic))
	x.do(func(i int) { S4.FMLA(sum[i], x[i], log2e) })
	x.do(func(i int) { S4.FSUB(n[i], sum[i], m) })
	return sum, n
}

// expm1Reduced returns e^r - 1 = r + r^2 P(r) for r = x - n ln 2.
func (p pool) expm1Reduced(x, n vectors) vectors {
	high, r, low := x.like(), x.like(), x.like()
	c := load(p.floats(coef.Ln2Hi))
	x.do(func(i int) {
		VMOV(high[i], x[i])
		S4.FMLS(high[i], n[i], c) // high = fma(n, -hi, x)
	})
	c = load(p.floats(-coef.Ln2Lo))
	x.do(func(i int) { S4.FMUL(low[i], n[i], c) })
	x.do(func(i int) { S4.FADD(r[i], high[i], low[i]) })
	t := p.polynomial(r, coef.Expm1[:])
	x.do(func(i int) { S4.FMUL(r[i], r[i], r[i]) })
	x.do(func(i int) { S4.FMLA(low[i], r[i], t[i]) }) // fma(r^2, P(r), low)
	x.do(func(i int) { S4.FADD(low[i], high[i], low[i]) })
	return low
}

// exp is the definition's exp.
func (p pool) exp(x vectors) vectors {
	least, most := load(p.floats(coef.ExpMin)), load(p.floats(coef.ExpMax))
	c := x.like()
	x.do(func(i int) { S4.FMAX(c[i], x[i], least) })
	x.do(func(i int) { S4.FMIN(c[i], c[i], most) })
	sum, n := p.nearest(c, coef.RoundMagic+2*coef.ExponentBias)
	t := p.expm1Reduced(c, n)
	half, y := x.like(), x.like()
	x.do(func(i int) { S4.USHR(half[i], sum[i], 1) })
	x.do(func(i int) { S4.SUB(sum[i], sum[i], half[i]) })
	x.do(func(i int) {
		S4.SHL(half[i], half[i], 23)
		S4.SHL(sum[i], sum[i], 23)
	})
	x.do(func(i int) {
		VMOV(y[i], half[i])
		S4.FMLA(y[i], t[i], half[i]) // fma(t, power, power)
	})
	x.do(func(i int) { S4.FMUL(y[i], y[i], sum[i]) })
	return y
}

func (p pool) tanh(x vectors) vectors {
	a := p.clamped(x, coef.TanhMax)
	x.do(func(i int) { S4.FADD(a[i], a[i], a[i]) })
	t, power := p.expParts(a)
	e, d := x.like(), x.like()
	one, two := load(p.floats(1)), load(p.floats(2))
	x.do(func(i int) { S4.FSUB(e[i], power[i], one) })
	x.do(func(i int) { S4.FMLA(e[i], t[i], power[i]) }) // e = e^2a - 1
	x.do(func(i int) { S4.FADD(d[i], e[i], two) })
	sign := load(p.ints(signBit))
	x.do(func(i int) {
		S4.FDIV(e[i], e[i], d[i])
		BIT(e[i], x[i], sign) // |y| with the sign of x
	})
	return e
}

func (p pool) elu(x vectors) vectors {
	a, least := x.like(), load(p.floats(coef.Expm1Min))
	x.do(func(i int) { S4.FMAX(a[i], x[i], least) })
	t, power := p.expParts(a)
	y, one := x.like(), load(p.floats(1))
	x.do(func(i int) { S4.FSUB(y[i], power[i], one) })
	x.do(func(i int) { S4.FMLA(y[i], t[i], power[i]) }) // fma(t, power, power-1)
	x.do(func(i int) {
		negative := NewV()
		S4.FCMLT0(negative, x[i])
		BIF(y[i], x[i], negative)
	})
	return y
}

func (p pool) eluSlope(x vectors) vectors {
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) { S4.FMIN(x[i], x[i], zero) })
	return p.exp(x)
}
