package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/internal/coef"
)

// specialsOfLog has VFIXUPIMMPS keep its result where x is positive. Four bits for each class of x name what
// replaces the result.
const specialsOfLog = 2<<(4*0) | 2<<(4*1) | // NaN by itself
	4<<(4*2) | // zero by -Inf
	3<<(4*4) | // -Inf by NaN
	5<<(4*5) | // +Inf by +Inf
	3<<(4*6) // what is negative by NaN

// logParts sets k and f to those of x = 2^k (1+f), for normal and smaller numbers.
func (s simd) logParts(x, k, f vectors) {
	half, one := s.inRegister(0.5), s.inRegister(1)
	cut, c := s.of(2*math.Float32frombits(coef.SqrtHalfBits)), s.of(-1)
	x.do(func(i int) {
		above := K()
		VGETEXPPS(x[i], k[i])
		VGETMANTPS(Imm(0), x[i], f[i]) // 1 <= f < 2
		VCMPPS(U8(compareNotLess), cut, f[i], above)
		VADDPS(one, k[i], above, k[i])
		VMULPS(half, f[i], above, f[i])
	})
	x.do(func(i int) { VADDPS(c, f[i], f[i]) })
}

// logPartsOfBits is logParts without instructions for it. It overwrites bits and tiny.
func (s simd) logPartsOfBits(x, bits, tiny, k, f vectors) {
	c := floats(0x1p-126)
	x.do(func(i int) { VCMPPS(U8(compareLess), c, x[i], tiny[i]) })
	c = floats(0x1p24)
	x.do(func(i int) { VMULPS(c, x[i], bits[i]) })
	c = floats(24)
	x.do(func(i int) {
		VBLENDVPS(tiny[i], bits[i], x[i], bits[i])
		VANDPS(c, tiny[i], tiny[i]) // below
	})
	c = ints(coef.SqrtHalfBits)
	x.do(func(i int) {
		VPSUBD(c, bits[i], k[i])
		VPSRAD(Imm(23), k[i], k[i]) // e
	})
	x.do(func(i int) { VPSLLD(Imm(23), k[i], f[i]) })
	x.do(func(i int) { VPSUBD(f[i], bits[i], f[i]) })
	c = floats(-1)
	x.do(func(i int) { VADDPS(c, f[i], f[i]) })
	x.do(func(i int) {
		VCVTDQ2PS(k[i], k[i])
		VSUBPS(tiny[i], k[i], k[i])
	})
}

func (s simd) log(argument source) vectors {
	x := argument.load()
	bits, tiny, k, f := s.like(x), s.like(x), s.like(x), s.like(x)
	if s.parts {
		s.logParts(x, k, f)
	} else {
		s.logPartsOfBits(x, bits, tiny, k, f)
	}
	high, rest := bits, tiny
	c := s.of(coef.Ln2Hi)
	x.do(func(i int) {
		VMOVAPS(f[i], high[i])
		VFMADD231PS(c, k[i], high[i]) // high = fma(k, hi, f)
	})
	c = s.of(-coef.Ln2Hi)
	x.do(func(i int) {
		VMOVAPS(high[i], rest[i])
		VFMADD231PS(c, k[i], rest[i])
	})
	x.do(func(i int) { VSUBPS(rest[i], f[i], rest[i]) }) // rest = f - fma(k, -hi, high)
	c = s.of(coef.Ln2Lo)
	x.do(func(i int) { VFMADD231PS(c, k[i], rest[i]) }) // fma(k, lo, rest)
	y := s.horner(f, coef.Log1p[:])
	x.do(func(i int) { VMULPS(f[i], f[i], f[i]) })
	x.do(func(i int) { VFMADD213PS(rest[i], f[i], y[i]) })
	x.do(func(i int) { VADDPS(high[i], y[i], y[i]) })
	if s.parts {
		c = s.constant(ints(specialsOfLog))
		x.do(func(i int) { VFIXUPIMMPS(Imm(0), c, x[i], y[i]) })
		return y
	}
	finite, zero := s.inRegister(math.MaxFloat32), s.noughts()
	x.do(func(i int) {
		mask := f[i]
		VCMPPS(U8(compareLE), finite, x[i], mask)
		VBLENDVPS(mask, y[i], x[i], y[i]) // +Inf and NaN stay
		VCMPPS(U8(compareLess), zero, x[i], mask)
		VORPS(mask, y[i], y[i]) // NaN
		VCMPPS(U8(compareEqual), zero, x[i], mask)
		VBLENDVPS(mask, floats(float32(math.Inf(-1))), y[i], y[i])
	})
	return y
}
