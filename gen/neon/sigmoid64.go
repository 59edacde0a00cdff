package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// sigmoid64 is the definition's sigmoidDouble.
func (p pool) sigmoid64(x vectors) vectors {
	const magic = coef.RoundMagicDouble + coef.ExponentBiasDouble + coef.SigmoidShift
	a, most := x.like(), load(p.doubles(-coef.ExpMinDouble))
	x.do(func(i int) {
		D2.FABS(a[i], x[i])
		D2.FMIN(a[i], a[i], most)
	})
	power, n := p.nearestDouble(a, -math.Log2E, magic)
	x.do(func(i int) { D2.SHL(power[i], power[i], 52) })
	sum, rest := p.sigmoidDivisor(a, n, power)
	g, residual, one := x.like(), p.set(x, p.doubles(1)), load(p.doubles(1))
	x.do(func(i int) { D2.FDIV(g[i], one, sum[i]) })
	x.do(func(i int) { D2.FMLS(residual[i], g[i], sum[i]) }) // fma(-g, sum, 1)
	x.do(func(i int) { D2.FMLS(residual[i], g[i], rest[i]) })
	h, y := fused(residual, g, g), x.like()
	x.do(func(i int) { D2.FMUL(h[i], h[i], power[i]) })
	x.do(func(i int) { D2.FSUB(y[i], one, h[i]) })
	x.do(func(i int) {
		positive := NewV()
		D2.CMGE0(positive, x[i])
		BIF(y[i], h[i], positive)
	})
	return y
}

// sigmoidDivisor returns power + scale e^r, where a = n ln 2 + r, as a sum of two. n is here -n.
func (p pool) sigmoidDivisor(a, n, power vectors) (sum, rest vectors) {
	high := fused(n, p.set(a, p.doubles(coef.Ln2HiDouble)), a)
	r := fused(n, p.set(a, p.doubles(coef.Ln2LoDouble)), high)
	scale, one, near, lost := load(p.doubles(coef.SigmoidScale)), a.like(), a.like(), a.like()
	a.do(func(i int) { D2.FADD(one[i], scale, power[i]) })
	a.do(func(i int) {
		VMOV(near[i], one[i])
		D2.FMLA(near[i], high[i], scale)
	})
	a.do(func(i int) { D2.FSUB(lost[i], one[i], near[i]) })
	a.do(func(i int) { D2.FMLA(lost[i], high[i], scale) }) // fma(high, scale, one-near)
	a.do(func(i int) { D2.FSUB(one[i], one[i], scale) })
	a.do(func(i int) { D2.FSUB(one[i], power[i], one[i]) })
	a.do(func(i int) { D2.FADD(lost[i], lost[i], one[i]) }) // + (power - (one - scale))
	c := load(p.doubles(coef.SigmoidScale * coef.Ln2LoDouble))
	a.do(func(i int) { D2.FMLA(lost[i], n[i], c) })
	square := a.like()
	a.do(func(i int) { D2.FMUL(square[i], r[i], r[i]) })
	t := p.polynomialDouble(r, square, coef.SigmoidExpm1[:])
	a.do(func(i int) { D2.FMLA(lost[i], square[i], t[i]) }) // fma(r^2, P(r), lost)
	return fastTwoSum(near, lost)
}
