package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// log64 is the definition's logDouble.
func (p pool) log64(x vectors) vectors {
	k, f := p.logPartsDouble(x)
	high, rest := x.like(), x.like()
	c := load(p.doubles(coef.Ln2HiDouble))
	x.do(func(i int) {
		VMOV(high[i], f[i])
		D2.FMLA(high[i], k[i], c) // high = fma(k, hi, f)
	})
	x.do(func(i int) {
		VMOV(rest[i], high[i])
		D2.FMLS(rest[i], k[i], c) // fma(k, -hi, high)
	})
	x.do(func(i int) { D2.FSUB(rest[i], f[i], rest[i]) })
	c = load(p.doubles(coef.Ln2LoDouble))
	x.do(func(i int) { D2.FMLA(rest[i], k[i], c) }) // fma(k, lo, rest)
	y := p.log1pDouble(f, high, rest)
	finite, infinity := load(p.doubles(math.MaxFloat64)), load(p.doubles(math.Inf(-1)))
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) {
		mask := NewV()
		D2.FCMGE(mask, finite, x[i])
		BIF(y[i], x[i], mask) // +Inf and NaN stay
		D2.FCMLT0(mask, x[i])
		VORR(y[i], y[i], mask) // NaN
		D2.FCMEQ(mask, x[i], zero)
		BIT(y[i], infinity, mask)
	})
	return y
}

// logPartsDouble returns k and f of x = 2^k (1+f).
func (p pool) logPartsDouble(x vectors) (k, f vectors) {
	bits, tiny := x.like(), x.like()
	k, f = x.like(), x.like()
	c := load(p.doubles(0x1p-1022))
	x.do(func(i int) { D2.FCMGT(tiny[i], c, x[i]) })
	c = load(p.doubles(0x1p54))
	x.do(func(i int) { D2.FMUL(bits[i], x[i], c) })
	c = load(p.doubles(54))
	x.do(func(i int) {
		BIF(bits[i], x[i], tiny[i])
		VAND(tiny[i], tiny[i], c) // below
	})
	c = load(p.longs(coef.SqrtHalfDoubleBits))
	mask := load(p.longs(0xfff << 52))
	x.do(func(i int) {
		D2.SUB(k[i], bits[i], c)
		VAND(k[i], k[i], mask) // e<<52
	})
	x.do(func(i int) { D2.SUB(f[i], bits[i], k[i]) })
	c = load(p.doubles(1))
	x.do(func(i int) { D2.FSUB(f[i], f[i], c) })
	x.do(func(i int) {
		D2.SCVTF(k[i], k[i], 52)
		D2.FSUB(k[i], k[i], tiny[i])
	})
	return k, f
}

// log1pDouble returns log(1+f) - f + high + rest. It overwrites rest.
func (p pool) log1pDouble(f, high, rest vectors) vectors {
	s, z, half, square := f.like(), f.like(), f.like(), f.like()
	c := load(p.doubles(2))
	f.do(func(i int) { D2.FADD(s[i], c, f[i]) })
	f.do(func(i int) { D2.FDIV(s[i], f[i], s[i]) })
	f.do(func(i int) { D2.FMUL(z[i], s[i], s[i]) })
	f.do(func(i int) { D2.FMUL(square[i], z[i], z[i]) })
	t := p.polynomialDouble(z, square, coef.AtanhDouble[:])
	c = load(p.doubles(0.5))
	f.do(func(i int) { D2.FMUL(half[i], f[i], c) })
	f.do(func(i int) { D2.FMUL(square[i], half[i], f[i]) })
	f.do(func(i int) { D2.FMLA(square[i], z[i], t[i]) })    // fma(z, P(z), f*f/2)
	f.do(func(i int) { D2.FMLA(rest[i], s[i], square[i]) }) // low
	sum, lost := f.like(), f.like()
	f.do(func(i int) {
		VMOV(sum[i], high[i])
		D2.FMLS(sum[i], half[i], f[i]) // fma(-half, f, high)
	})
	f.do(func(i int) { D2.FSUB(lost[i], high[i], sum[i]) })
	f.do(func(i int) { D2.FMLS(lost[i], half[i], f[i]) }) // fma(-half, f, high-sum)
	f.do(func(i int) { D2.FADD(lost[i], lost[i], rest[i]) })
	f.do(func(i int) { D2.FADD(sum[i], sum[i], lost[i]) })
	return sum
}
