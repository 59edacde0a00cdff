package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const (
	signBit   = 1 << 31 // of a float32
	scaleDown = 0x1p-64 // of quotients with 1 + e^a
)

// abreast is how many vectors go through a function side by side, so that the processor more often finds an instruction that
// waits for no other. Constants stay in memory: in registers they would cost an instruction each.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []VecVirtual

// functions emits the functions of a network and the backward passes of those that have one.
func functions() {
	for _, f := range []struct {
		name string
		of   func(x vectors) vectors
	}{
		{"exp", exp}, {"log", log}, {"sigmoid", sigmoid}, {"softplus", softplus}, {"tanh", tanh}, {"elu", elu}, {"silu", silu},
	} {
		begin(kernel.Function(f.name), avx2)
		dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
		elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := f.of(loadAll(at, x))
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range []struct {
		name  string
		slope func(x vectors) vectors
	}{
		{"sigmoid", sigmoidSlope}, {"softplus", sigmoid}, {"tanh", tanhSlope}, {"elu", eluSlope}, {"silu", siluSlope},
	} {
		begin(kernel.Grad(f.name), avx2)
		dst, dy, x := Load(Param("dst"), GP64()), Load(Param("dy"), GP64()), Load(Param("x"), GP64())
		elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := f.slope(loadAll(at, x))
			for i, a := range at {
				g := a.load(dy)
				VMULPS(y[i], g, g)
				a.store(g, dst)
			}
		})
	}
}

func loadAll(at []access, x Register) vectors {
	var v vectors
	for _, a := range at {
		v = append(v, a.load(x))
	}
	return v
}

// like returns as many new registers.
func (v vectors) like() vectors {
	w := make(vectors, len(v))
	for i := range w {
		w[i] = YMM()
	}
	return w
}

// do emits the instructions of a step for each vector.
func (v vectors) do(step func(i int)) {
	for i := range v {
		step(i)
	}
}

// polynomial is horner.
func (v vectors) polynomial(c []float32) vectors {
	y := v.like()
	top := floats(c[len(c)-1])
	v.do(func(i int) { VMOVUPS(top, y[i]) })
	for k := len(c) - 2; k >= 0; k-- {
		next := floats(c[k])
		v.do(func(i int) { VFMADD213PS(next, v[i], y[i]) })
	}
	return y
}

// expParts sets t = e^r - 1 and power = 2^(n+shift), where x = n ln 2 + r.
func expParts(x vectors, shift int) (t, power vectors) {
	sum, n := nearest(x, float32(coef.RoundMagic+coef.ExponentBias+shift))
	t = expm1Reduced(x, n)
	x.do(func(i int) { VPSLLD(Imm(23), sum[i], sum[i]) })
	return t, sum
}

// nearest returns sum = fma(x, log2 e, magic) and n = sum - magic.
func nearest(x vectors, magic float32) (sum, n vectors) {
	sum, n = x.like(), x.like()
	log2e, m := floats(coef.Log2E), floats(magic)
	x.do(func(i int) {
		VMOVUPS(log2e, sum[i])
		VFMADD213PS(m, x[i], sum[i])
	})
	x.do(func(i int) { VSUBPS(m, sum[i], n[i]) })
	return sum, n
}

// expm1Reduced returns e^r - 1 = r + r^2 P(r) for r = x - n ln 2, and overwrites n.
func expm1Reduced(x, n vectors) vectors {
	high, r, low := x.like(), x.like(), n
	c := floats(-coef.Ln2Hi)
	x.do(func(i int) {
		VMOVAPS(x[i], high[i])
		VFMADD231PS(c, n[i], high[i]) // high = fma(n, -hi, x)
	})
	c = floats(-coef.Ln2Lo)
	x.do(func(i int) { VMULPS(c, n[i], low[i]) })
	x.do(func(i int) { VADDPS(low[i], high[i], r[i]) })
	t := r.polynomial(coef.Expm1[:])
	x.do(func(i int) { VMULPS(r[i], r[i], r[i]) })
	x.do(func(i int) { VFMADD213PS(low[i], r[i], t[i]) }) // fma(r^2, P(r), low)
	x.do(func(i int) { VADDPS(high[i], t[i], t[i]) })
	return t
}

// exp is the definition's exp. It overwrites x.
func exp(x vectors) vectors {
	least, most := load(floats(coef.ExpMin)), load(floats(coef.ExpMax))
	x.do(func(i int) {
		VMAXPS(x[i], least, x[i]) // ExpMin > x ? ExpMin : x, so that NaN stays
		VMINPS(x[i], most, x[i])
	})
	sum, n := nearest(x, coef.RoundMagic+2*coef.ExponentBias)
	t := expm1Reduced(x, n)
	half := x.like()
	x.do(func(i int) { VPSRLD(Imm(1), sum[i], half[i]) })
	x.do(func(i int) { VPSUBD(half[i], sum[i], sum[i]) })
	x.do(func(i int) {
		VPSLLD(Imm(23), half[i], half[i])
		VPSLLD(Imm(23), sum[i], sum[i])
	})
	x.do(func(i int) { VFMADD213PS(half[i], half[i], t[i]) }) // fma(t, power, power)
	x.do(func(i int) { VMULPS(sum[i], t[i], t[i]) })
	return t
}

// clamped returns |x|, or most where that is less.
func clamped(x vectors, most float32) vectors {
	a := x.like()
	magnitude, m := ints(signBit-1), load(floats(most))
	x.do(func(i int) {
		VANDPS(magnitude, x[i], a[i])
		VMINPS(a[i], m, a[i]) // most < a ? most : a, so that NaN stays
	})
	return a
}

// decay returns 2^64 num/(bias + e^a); a nil num is one.
func decay(a, num vectors, bias float32) vectors {
	t, power := expParts(a, -64)
	sum, c := a.like(), floats(bias*scaleDown)
	a.do(func(i int) { VADDPS(c, power[i], sum[i]) })
	a.do(func(i int) { VFMADD213PS(sum[i], power[i], t[i]) }) // fma(t, power, power+bias)
	if num == nil {
		one := load(floats(1))
		a.do(func(i int) { VDIVPS(t[i], one, t[i]) })
		return t
	}
	a.do(func(i int) { VDIVPS(t[i], num[i], t[i]) })
	return t
}

// addPositivePart emits y = fma(y, factor, max(x, 0)), where max keeps -0 and NaN.
func addPositivePart(y, x vectors, factor float32) {
	zero, f := YMM(), floats(factor)
	VXORPS(zero, zero, zero)
	x.do(func(i int) {
		VMAXPS(x[i], zero, x[i]) // 0 > x ? 0 : x
		VFMADD132PS(f, x[i], y[i])
	})
}

// towards returns 1 - 2^-64 h, or 2^-64 h where the sign of x is set.
func towards(h, x vectors) vectors {
	sign, factor, one := ints(signBit), floats(-scaleDown), floats(1)
	f := x.like()
	x.do(func(i int) {
		VANDPS(sign, x[i], f[i])
		VXORPS(factor, f[i], f[i])
	})
	x.do(func(i int) {
		VPSRAD(Imm(31), x[i], x[i])
		VPANDN(one, x[i], x[i])
	})
	x.do(func(i int) { VFMADD213PS(x[i], f[i], h[i]) })
	return h
}

func sigmoid(x vectors) vectors {
	return towards(decay(clamped(x, coef.DecayMax), nil, 1), x)
}

func silu(x vectors) vectors {
	a := clamped(x, coef.DecayMax)
	y := decay(a, a, 1)
	addPositivePart(y, x, -scaleDown)
	return y
}

func softplus(x vectors) vectors {
	s := decay(clamped(x, coef.DecayMax), nil, 0.5)
	square, scale := x.like(), floats(scaleDown)
	x.do(func(i int) { VMULPS(scale, s[i], square[i]) })
	x.do(func(i int) { VMULPS(square[i], square[i], square[i]) })
	l := square.polynomial(coef.Atanh[:])
	x.do(func(i int) { VMULPS(square[i], l[i], l[i]) })
	x.do(func(i int) { VFMADD213PS(s[i], s[i], l[i]) }) // fma(s, square*P(square), s)
	addPositivePart(l, x, scaleDown)
	return l
}

func tanh(x vectors) vectors {
	a := clamped(x, coef.TanhMax)
	x.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	t, power := expParts(a, 0)
	e, d, c := a, x.like(), floats(-1)
	x.do(func(i int) { VADDPS(c, power[i], e[i]) })
	x.do(func(i int) { VFMADD231PS(power[i], t[i], e[i]) }) // e = e^2a - 1
	c = floats(2)
	x.do(func(i int) { VADDPS(c, e[i], d[i]) })
	sign := ints(signBit)
	x.do(func(i int) {
		VDIVPS(d[i], e[i], e[i])
		VANDPS(sign, x[i], x[i])
	})
	x.do(func(i int) { VORPS(x[i], e[i], e[i]) })
	return e
}

func elu(x vectors) vectors {
	a, least := x.like(), floats(coef.Expm1Min)
	x.do(func(i int) { VMAXPS(least, x[i], a[i]) })
	t, power := expParts(a, 0)
	y, c, zero := a, floats(-1), YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) { VADDPS(c, power[i], y[i]) })
	x.do(func(i int) { VFMADD231PS(power[i], t[i], y[i]) }) // fma(t, power, power-1)
	x.do(func(i int) {
		negative := t[i]
		VCMPPS(U8(compareLess), zero, x[i], negative)
		VBLENDVPS(negative, y[i], x[i], y[i])
	})
	return y
}

// Predicates of VCMPPS, false for NaN.
const (
	compareEqual = 0
	compareLess  = 1
	compareLE    = 2
)

func log(x vectors) vectors {
	bits, tiny, k, f := x.like(), x.like(), x.like(), x.like()
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
	high, rest := bits, tiny
	c = floats(coef.Ln2Hi)
	x.do(func(i int) {
		VMOVAPS(f[i], high[i])
		VFMADD231PS(c, k[i], high[i]) // high = fma(k, hi, f)
	})
	c = floats(-coef.Ln2Hi)
	x.do(func(i int) {
		VMOVAPS(high[i], rest[i])
		VFMADD231PS(c, k[i], rest[i])
	})
	x.do(func(i int) { VSUBPS(rest[i], f[i], rest[i]) }) // rest = f - fma(k, -hi, high)
	c = floats(coef.Ln2Lo)
	x.do(func(i int) { VFMADD231PS(c, k[i], rest[i]) }) // fma(k, lo, rest)
	y := f.polynomial(coef.Log1p[:])
	x.do(func(i int) { VMULPS(f[i], f[i], f[i]) })
	x.do(func(i int) { VFMADD213PS(rest[i], f[i], y[i]) })
	x.do(func(i int) { VADDPS(high[i], y[i], y[i]) })
	finite, zero := load(floats(math.MaxFloat32)), YMM()
	VXORPS(zero, zero, zero)
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

func sigmoidSlope(x vectors) vectors { return bell(clamped(x, coef.DecayMax), scaleDown) }

func tanhSlope(x vectors) vectors {
	a := clamped(x, coef.DecayMax/2)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	return bell(a, 4*scaleDown)
}

// bell returns scale*h*(1 - 2^-64 h), where h = 2^64/(1+e^a).
func bell(a vectors, scale float32) vectors {
	h := decay(a, nil, 1)
	rest, c, one := a.like(), floats(-scaleDown), floats(1)
	a.do(func(i int) {
		VMOVUPS(c, rest[i])
		VFMADD213PS(one, h[i], rest[i]) // fma(h, -2^-64, 1)
	})
	a.do(func(i int) { VMULPS(rest[i], h[i], h[i]) })
	c = floats(scale)
	a.do(func(i int) { VMULPS(c, h[i], h[i]) })
	return h
}

func eluSlope(x vectors) vectors {
	zero := YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) { VMINPS(x[i], zero, x[i]) }) // 0 < x ? 0 : x
	return exp(x)
}

func siluSlope(x vectors) vectors {
	a := clamped(x, coef.DecayMax)
	h := decay(a, nil, 1)
	s, rest := x.like(), x.like()
	c := load(floats(1))
	x.do(func(i int) { VSUBPS(a[i], c, rest[i]) })
	down := floats(scaleDown)
	x.do(func(i int) { VMULPS(down, h[i], s[i]) })
	x.do(func(i int) { VFMADD213PS(rest[i], s[i], a[i]) }) // fma(a, 2^-64 h, 1-a)
	x.do(func(i int) { VMULPS(a[i], h[i], h[i]) })
	return towards(h, x)
}
