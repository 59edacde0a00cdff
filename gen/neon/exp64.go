package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// exp64 is the definition's expDouble.
func (p pool) exp64(x vectors) vectors {
	least, most := load(p.doubles(coef.ExpMinDouble)), load(p.doubles(coef.ExpMaxDouble))
	c := x.like()
	x.do(func(i int) { D2.FMAX(c[i], x[i], least) })
	x.do(func(i int) { D2.FMIN(c[i], c[i], most) })
	sum, n := p.nearestDouble(c, math.Log2E, coef.RoundMagicDouble+2*coef.ExponentBiasDouble)
	high, low, square := x.like(), x.like(), x.like()
	hi, lo := load(p.doubles(coef.Ln2HiDouble)), load(p.doubles(-coef.Ln2LoDouble))
	x.do(func(i int) {
		VMOV(high[i], c[i])
		D2.FMLS(high[i], n[i], hi)
	})
	x.do(func(i int) { D2.FMUL(low[i], n[i], lo) })
	x.do(func(i int) { D2.FMUL(square[i], high[i], high[i]) })
	t := p.polynomialDouble(high, square, coef.Expm1Double[:])
	one, y, tail := load(p.doubles(1)), x.like(), x.like()
	x.do(func(i int) { D2.FADD(y[i], one, high[i]) })
	x.do(func(i int) { D2.FSUB(tail[i], y[i], one) })
	x.do(func(i int) { D2.FSUB(tail[i], high[i], tail[i]) }) // high - (one - 1)
	x.do(func(i int) { D2.FMLA(tail[i], square[i], t[i]) })
	whole := x.like()
	x.do(func(i int) { D2.FADD(whole[i], y[i], tail[i]) })
	x.do(func(i int) { D2.FMLA(tail[i], whole[i], low[i]) }) // fma(one+tail, low, tail)
	x.do(func(i int) { D2.FADD(y[i], y[i], tail[i]) })
	half := x.like()
	x.do(func(i int) { D2.USHR(half[i], sum[i], 1) })
	x.do(func(i int) { D2.SUB(sum[i], sum[i], half[i]) })
	x.do(func(i int) {
		D2.SHL(half[i], half[i], 52)
		D2.SHL(sum[i], sum[i], 52)
	})
	x.do(func(i int) { D2.FMUL(y[i], y[i], half[i]) })
	x.do(func(i int) { D2.FMUL(y[i], y[i], sum[i]) })
	return y
}

// expm1Double returns the exact part of r = x - n ln 2, and e^r - 1 less that.
func (p pool) expm1Double(x, n vectors) (high, tail vectors) {
	high, low, r := x.like(), x.like(), x.like()
	c := load(p.doubles(coef.Ln2HiDouble))
	x.do(func(i int) {
		VMOV(high[i], x[i])
		D2.FMLS(high[i], n[i], c)
	})
	c = load(p.doubles(-coef.Ln2LoDouble))
	x.do(func(i int) { D2.FMUL(low[i], n[i], c) })
	x.do(func(i int) { D2.FADD(r[i], high[i], low[i]) })
	square := x.like()
	x.do(func(i int) { D2.FMUL(square[i], r[i], r[i]) })
	t := p.polynomialDouble(r, square, coef.Expm1Double[:])
	x.do(func(i int) { D2.FMLA(low[i], square[i], t[i]) }) // fma(r^2, P(r), low)
	return high, low
}

// tanh64 is the definition's tanhDouble.
func (p pool) tanh64(x vectors) vectors {
	v, sign, least := x.like(), load(p.longs(signBit64)), load(p.doubles(-coef.TanhMaxDouble))
	x.do(func(i int) {
		VORR(v[i], x[i], sign)
		D2.FMAX(v[i], v[i], least)
	})
	x.do(func(i int) { D2.FADD(v[i], v[i], v[i]) })
	power, n := p.nearestDouble(v, math.Log2E, coef.RoundMagicDouble+coef.ExponentBiasDouble)
	exact, tail := p.expm1Double(v, n)
	x.do(func(i int) { D2.SHL(power[i], power[i], 52) })
	high, low := p.decayed(power, exact, tail)
	one, two := load(p.doubles(1)), load(p.doubles(2))
	divisor, rest, inverse, q := x.like(), x.like(), x.like(), x.like()
	x.do(func(i int) { D2.FADD(divisor[i], two, high[i]) })
	x.do(func(i int) { D2.FDIV(inverse[i], one, divisor[i]) })
	x.do(func(i int) { D2.FSUB(rest[i], divisor[i], two) })
	x.do(func(i int) { D2.FSUB(rest[i], high[i], rest[i]) })
	x.do(func(i int) { D2.FADD(rest[i], rest[i], low[i]) })
	x.do(func(i int) { D2.FMUL(q[i], high[i], inverse[i]) })
	residual := high
	x.do(func(i int) { D2.FMLS(residual[i], q[i], divisor[i]) }) // fma(-q, divisor, high)
	x.do(func(i int) { D2.FADD(residual[i], residual[i], low[i]) })
	x.do(func(i int) { D2.FMLS(residual[i], q[i], rest[i]) })
	x.do(func(i int) { D2.FMLA(q[i], residual[i], inverse[i]) })
	sign = load(p.longs(signBit64))
	x.do(func(i int) { BIT(q[i], x[i], sign) }) // |q| with the sign of x
	return q
}

// decayed returns power (1 + exact + tail) - 1 as a sum of two.
func (p pool) decayed(power, exact, tail vectors) (high, low vectors) {
	less, lost, one := power.like(), power.like(), load(p.doubles(1))
	power.do(func(i int) { D2.FSUB(less[i], power[i], one) })
	near := fused(power, exact, less)
	power.do(func(i int) { D2.FSUB(lost[i], less[i], near[i]) })
	power.do(func(i int) { D2.FMLA(lost[i], power[i], exact[i]) }) // fma(power, exact, less-near)
	power.do(func(i int) { D2.FADD(less[i], less[i], one) })
	power.do(func(i int) { D2.FSUB(less[i], power[i], less[i]) })
	power.do(func(i int) { D2.FADD(lost[i], lost[i], less[i]) }) // + (power - (less + 1))
	return fastTwoSum(near, fused(power, tail, lost))
}
