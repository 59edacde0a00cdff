package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

func (p pool) log(x vectors) vectors {
	bits, tiny, k, f := x.like(), x.like(), x.like(), x.like()
	c := load(p.floats(0x1p-126))
	x.do(func(i int) { S4.FCMGT(tiny[i], c, x[i]) })
	c = load(p.floats(0x1p24))
	x.do(func(i int) { S4.FMUL(bits[i], x[i], c) })
	c = load(p.floats(24))
	x.do(func(i int) {
		BIF(bits[i], x[i], tiny[i])
		VAND(tiny[i], tiny[i], c) // below
	})
	c = load(p.ints(coef.SqrtHalfBits))
	mask := load(p.ints(0xff800000))
	x.do(func(i int) {
		S4.SUB(k[i], bits[i], c)
		VAND(k[i], k[i], mask) // e<<23
	})
	x.do(func(i int) { S4.SUB(f[i], bits[i], k[i]) })
	c = load(p.floats(1))
	x.do(func(i int) { S4.FSUB(f[i], f[i], c) })
	x.do(func(i int) {
		S4.SCVTF(k[i], k[i], 23)
		S4.FSUB(k[i], k[i], tiny[i])
	})
	high, rest := x.like(), x.like()
	c = load(p.floats(coef.Ln2Hi))
	x.do(func(i int) {
		VMOV(high[i], f[i])
		S4.FMLA(high[i], k[i], c) // high = fma(k, hi, f)
	})
	x.do(func(i int) {
		VMOV(rest[i], high[i])
		S4.FMLS(rest[i], k[i], c) // fma(k, -hi, high)
	})
	x.do(func(i int) { S4.FSUB(rest[i], f[i], rest[i]) })
	c = load(p.floats(coef.Ln2Lo))
	x.do(func(i int) { S4.FMLA(rest[i], k[i], c) }) // fma(k, lo, f - that)
	l := p.polynomial(f, coef.Log1p[:])
	x.do(func(i int) { S4.FMUL(f[i], f[i], f[i]) })
	x.do(func(i int) { S4.FMLA(rest[i], f[i], l[i]) })
	y := rest
	x.do(func(i int) { S4.FADD(y[i], high[i], rest[i]) })
	finite, infinity, zero := load(p.floats(math.MaxFloat32)), load(p.floats(float32(math.Inf(-1)))), NewV()
	VZERO(zero)
	x.do(func(i int) {
		mask := NewV()
		S4.FCMGE(mask, finite, x[i])
		BIF(y[i], x[i], mask) // +Inf and NaN stay
		S4.FCMLT0(mask, x[i])
		VORR(y[i], y[i], mask) // NaN
		S4.FCMEQ(mask, x[i], zero)
		BIT(y[i], infinity, mask)
	})
	return y
}
