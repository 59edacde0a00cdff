package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const signBit = 1 << 31 // of a float32

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

// activations emits SiLU with its slope, and the product that makes the backward pass of it.
func activations() {
	begin(kernel.SiLUWithSlope, avx2)
	dst, slope, x := Load(Param("dst"), GP64()), Load(Param("slope"), GP64()), Load(Param("x"), GP64())
	elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		y, s := siluAndSlope(loadAll(at, x))
		for i, a := range at {
			a.store(y[i], dst)
			a.store(s[i], slope)
		}
	})
	begin(kernel.Hadamard, avx2)
	dst, x = Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	elementwiseAbreast(Load(Param("n"), GP64()), 4, func(at []access) {
		y, f := loadAll(at, dst), loadAll(at, x)
		for i, a := range at {
			VMULPS(f[i], y[i], y[i])
			a.store(y[i], dst)
		}
	})
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
	sum, n := nearest(x, coef.Log2E, float32(coef.RoundMagic+coef.ExponentBias+shift))
	t = expm1Reduced(x, n)
	x.do(func(i int) { VPSLLD(Imm(23), sum[i], sum[i]) })
	return t, sum
}

// nearest returns sum = fma(x, factor, magic) and n = sum - magic.
func nearest(x vectors, factor, magic float32) (sum, n vectors) {
	sum, n = x.like(), x.like()
	log2e, m := floats(factor), floats(magic)
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
	sum, n := nearest(x, coef.Log2E, coef.RoundMagic+2*coef.ExponentBias)
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

// decay returns g and a power of two whose product is 1/(bias + e^a).
func decay(a vectors, bias float32) (g, power vectors) {
	sum, n := nearest(a, -coef.Log2E, coef.RoundMagic+coef.ExponentBias+coef.DecayShift) // n is negative
	r, square, c := a.like(), a.like(), floats(coef.Ln2Hi)
	a.do(func(i int) {
		VMOVAPS(a[i], r[i])
		VFMADD231PS(c, n[i], r[i])
	})
	c = floats(coef.Ln2Lo)
	a.do(func(i int) { VFMADD231PS(c, n[i], r[i]) }) // fma(n, lo, fma(n, hi, a))
	a.do(func(i int) { VMULPS(r[i], r[i], square[i]) })
	line := func(k int) vectors {
		y := a.like()
		slope, constant := floats(coef.DecayExpm1[k+1]), floats(coef.DecayExpm1[k])
		a.do(func(i int) {
			VMOVUPS(slope, y[i])
			VFMADD213PS(constant, r[i], y[i]) // fma(c[k+1], r, c[k])
		})
		return y
	}
	p, low := line(2), line(0)
	c = floats(coef.DecayExpm1[4])
	a.do(func(i int) { VFMADD231PS(c, square[i], p[i]) })
	a.do(func(i int) { VFMADD213PS(low[i], square[i], p[i]) })
	scale, c := floats(coef.DecayScale), floats(coef.DecayFar)
	a.do(func(i int) {
		VMOVUPS(scale, low[i])
		VFMADD213PS(c, r[i], low[i]) // fma(r, scale, far)
	})
	a.do(func(i int) { VFMADD213PS(low[i], square[i], p[i]) }) // fma(p, square, that)
	power = sum
	a.do(func(i int) { VPSLLD(Imm(23), sum[i], power[i]) })
	near := floats(coef.DecayNear)
	d := r
	if bias == 1 {
		a.do(func(i int) { VADDPS(near, power[i], d[i]) })
	} else {
		b := floats(bias)
		a.do(func(i int) {
			VMOVUPS(b, d[i])
			VFMADD213PS(near, power[i], d[i]) // fma(power, bias, near)
		})
	}
	a.do(func(i int) { VADDPS(p[i], d[i], d[i]) })
	one := load(floats(1))
	g = d
	a.do(func(i int) { VDIVPS(d[i], one, g[i]) })
	return g, power
}

// positivePart overwrites x with max(x, 0), and keeps -0 and NaN.
func positivePart(x vectors) vectors {
	zero := YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) { VMAXPS(x[i], zero, x[i]) }) // 0 > x ? 0 : x
	return x
}

// towards returns 1 - g*h, or g*h where the sign of x is set. It overwrites all three.
func towards(g, h, x vectors) vectors {
	sign, one := ints(signBit), floats(1)
	f := x.like()
	x.do(func(i int) {
		VPAND(sign, x[i], f[i])
		VPXOR(f[i], h[i], h[i])
	})
	x.do(func(i int) {
		VPSRAD(Imm(31), x[i], x[i])
		VPANDN(one, x[i], x[i])
	})
	x.do(func(i int) { VFNMADD213PS(x[i], h[i], g[i]) })
	return g
}

func sigmoid(x vectors) vectors {
	g, power := decay(clamped(x, coef.DecayMax), 1)
	return towards(g, power, x)
}

func silu(x vectors) vectors {
	a := clamped(x, coef.DecayMax)
	g, power := decay(a, 1)
	x.do(func(i int) { VMULPS(power[i], a[i], a[i]) })
	positive := positivePart(x)
	x.do(func(i int) { VFNMADD213PS(positive[i], a[i], g[i]) }) // fma(g, -a*power, max(x, 0))
	return g
}

func siluSlope(x vectors) vectors {
	_, slope := siluAndSlope(x)
	return slope
}

// siluAndSlope returns silu and its derivative. It overwrites x.
func siluAndSlope(x vectors) (y, slope vectors) {
	scaled := clamped(x, coef.DecayMax)
	g, power := decay(scaled, 1)
	x.do(func(i int) { VMULPS(power[i], scaled[i], scaled[i]) })
	h, rest := x.like(), x.like()
	x.do(func(i int) { VSUBPS(scaled[i], power[i], rest[i]) })
	x.do(func(i int) { VMULPS(power[i], g[i], h[i]) })
	x.do(func(i int) { VFMADD213PS(rest[i], scaled[i], h[i]) }) // fma(scaled, h, power-scaled)
	y, zero := scaled, YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) {
		VMAXPS(x[i], zero, rest[i])
		VFNMADD213PS(rest[i], g[i], y[i]) // fma(g, -scaled, max(x, 0))
	})
	return y, towards(g, h, x)
}

func softplus(x vectors) vectors {
	g, power := decay(clamped(x, coef.DecayMax), 0.5)
	square := x.like()
	x.do(func(i int) { VMULPS(power[i], g[i], square[i]) })
	x.do(func(i int) { VMULPS(square[i], square[i], square[i]) })
	l := square.polynomial(coef.Atanh[:])
	x.do(func(i int) { VMULPS(square[i], l[i], l[i]) })
	x.do(func(i int) { VFMADD213PS(g[i], g[i], l[i]) }) // fma(g, square*P(square), g)
	positive := positivePart(x)
	x.do(func(i int) { VFMADD213PS(positive[i], power[i], l[i]) })
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

func sigmoidSlope(x vectors) vectors { return bell(clamped(x, coef.DecayMax), 1) }

func tanhSlope(x vectors) vectors {
	a := clamped(x, coef.DecayMax/2)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	return bell(a, 4)
}

// bell returns scale*h*(1-h), where h = 1/(1+e^a).
func bell(a vectors, scale float32) vectors {
	g, power := decay(a, 1)
	rest, one := a.like(), floats(1)
	a.do(func(i int) {
		VMOVAPS(power[i], rest[i])
		VFNMADD213PS(one, g[i], rest[i]) // fma(g, -power, 1)
	})
	if scale != 1 {
		c := floats(scale)
		a.do(func(i int) { VMULPS(c, power[i], power[i]) })
	}
	a.do(func(i int) { VMULPS(rest[i], g[i], g[i]) })
	a.do(func(i int) { VMULPS(power[i], g[i], g[i]) })
	return g
}

func eluSlope(x vectors) vectors {
	zero := YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) { VMINPS(x[i], zero, x[i]) }) // 0 < x ? 0 : x
	return exp(x)
}
