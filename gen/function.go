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
// waits for no other.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []VecVirtual

// source is where the vectors of a function's argument are. Reading them again is cheaper than keeping them, since registers
// are few.
type source struct {
	at []access
	x  Register
}

// load reads the vectors into new registers.
func (s source) load() vectors {
	var v vectors
	for _, a := range s.at {
		v = append(v, a.load(s.x))
	}
	return v
}

// vector returns vector i as an operand, in memory unless it is masked.
func (s source) vector(i int) Op {
	if a := s.at[i]; a.mask == nil {
		return a.at(s.x)
	}
	return s.at[i].load(s.x)
}

// once returns a function of the argument's vectors as one of its source.
func once(f func(x vectors) vectors) func(x source) vectors {
	return func(x source) vectors { return f(x.load()) }
}

// registers is the instruction set with the constants that the kernel being emitted holds in registers: those that
// it copies or uses twice, as many as there is room for. The processor reads only two vectors from memory in a cycle, so that
// constants in memory alone would take longer than the arithmetic.
var registers simd

// of returns the register that holds a constant, or where it is in memory.
func of(x float32) Op { return registers.constant(floats(x)) }

// inRegister returns a register that holds a constant.
func inRegister(x float32) VecVirtual {
	if y, ok := of(x).(VecVirtual); ok {
		return y
	}
	return load(floats(x))
}

// decayMagic is the magic number of decay.
const decayMagic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift

var (
	topOfExpm1 = coef.Expm1[len(coef.Expm1)-1]
	topOfDecay = coef.DecayExpm1[len(coef.DecayExpm1)-1]

	heldByExp   = []float32{coef.RoundMagic + 2*coef.ExponentBias, topOfExpm1, coef.ExpMin, coef.ExpMax}
	heldByParts = []float32{coef.RoundMagic + coef.ExponentBias, topOfExpm1}
	heldByDecay = []float32{decayMagic, 1, topOfDecay, coef.DecayFar}
)

// beginFunction begins a kernel with constants in registers.
func beginFunction(k kernel.Kernel, held []float32) {
	begin(k, avx2)
	var constants []Mem
	for _, x := range held {
		constants = append(constants, floats(x))
	}
	registers = avx2.hold(constants...)
}

// functions emits the functions of a network and the backward passes of those that have one.
func functions() {
	for _, f := range []struct {
		name string
		of   func(x source) vectors
		held []float32
	}{
		{"exp", once(exp), heldByExp}, {"log", log, nil}, {"sigmoid", sigmoid, heldByDecay}, {"softplus", softplus, heldByDecay},
		{"tanh", tanh, heldByParts}, {"elu", elu, heldByParts}, {"silu", silu, heldByDecay},
	} {
		beginFunction(kernel.Function(f.name), f.held)
		dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
		elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := f.of(source{at, x})
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range []struct {
		name  string
		slope func(x source) vectors
		held  []float32
	}{
		{"sigmoid", sigmoidSlope, heldByDecay}, {"softplus", sigmoid, heldByDecay}, {"tanh", tanhSlope, heldByDecay},
		{"elu", once(eluSlope), heldByExp}, {"silu", siluSlope, heldByDecay},
	} {
		beginFunction(kernel.Grad(f.name), f.held)
		dst, dy, x := Load(Param("dst"), GP64()), Load(Param("dy"), GP64()), Load(Param("x"), GP64())
		elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := f.slope(source{at, x})
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
	beginFunction(kernel.SiLUWithSlope, heldByDecay)
	dst, slope, x := Load(Param("dst"), GP64()), Load(Param("slope"), GP64()), Load(Param("x"), GP64())
	elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		argument := source{at, x}
		g, scaled, v := siluParts(argument.load())
		y := positivePart(argument)
		g.do(func(i int) {
			VFNMADD231PS(g[i], scaled[i], y[i]) // fma(g, -scaled, max(x, 0))
			at[i].store(y[i], dst)
		})
		g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
		s := reflect(g, argument.load())
		g.do(func(i int) { at[i].store(s[i], slope) })
	})
	begin(kernel.Hadamard, avx2)
	dst, x = Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	elementwiseAbreast(Load(Param("n"), GP64()), 4, func(at []access) {
		y, f := source{at, dst}.load(), source{at, x}
		for i, a := range at {
			VMULPS(f.vector(i), y[i], y[i])
			a.store(y[i], dst)
		}
	})
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
	top := of(c[len(c)-1])
	v.do(func(i int) { VMOVUPS(top, y[i]) })
	for k := len(c) - 2; k >= 0; k-- {
		next := of(c[k])
		v.do(func(i int) { VFMADD213PS(next, v[i], y[i]) })
	}
	return y
}

// expParts returns t = e^r - 1 and power = 2^n, where x = n ln 2 + r, and overwrites x.
func expParts(x vectors) (t, power vectors) {
	sum, n := nearest(x, coef.Log2E, coef.RoundMagic+coef.ExponentBias)
	t = expm1Reduced(x, n)
	x.do(func(i int) { VPSLLD(Imm(23), sum[i], sum[i]) })
	return t, sum
}

// nearest returns sum = fma(x, factor, magic) and n = sum - magic.
func nearest(x vectors, factor, magic float32) (sum, n vectors) {
	sum, n = x.like(), x.like()
	f, m := of(factor), of(magic)
	x.do(func(i int) {
		VMOVUPS(m, sum[i])
		VFMADD231PS(f, x[i], sum[i])
	})
	x.do(func(i int) { VSUBPS(m, sum[i], n[i]) })
	return sum, n
}

// expm1Reduced returns e^r - 1 = r + r^2 P(r) for r = x - n ln 2, and overwrites both.
func expm1Reduced(x, n vectors) vectors {
	high, r, low := x, x.like(), n
	c := of(-coef.Ln2Hi)
	x.do(func(i int) { VFMADD231PS(c, n[i], high[i]) }) // high = fma(n, -hi, x)
	c = of(-coef.Ln2Lo)
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
	least, most := inRegister(coef.ExpMin), inRegister(coef.ExpMax)
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

// clamped overwrites x with |x|, or most where that is less.
func clamped(x vectors, most float32) vectors {
	magnitude, m := ints(signBit-1), inRegister(most)
	x.do(func(i int) {
		VANDPS(magnitude, x[i], x[i])
		VMINPS(x[i], m, x[i]) // most < a ? most : a, so that NaN stays
	})
	return x
}

// decay returns g and a power of two whose product is 1/(bias + e^a). It overwrites a.
func decay(a vectors, bias float32) (g, power vectors) {
	n, power := decayPower(a)
	return decayQuotient(a, n, power, bias), power
}

// decayPower returns -n and 2^(33-n), where a = n ln 2 + r.
func decayPower(a vectors) (n, power vectors) {
	power, n = nearest(a, -coef.Log2E, decayMagic)
	a.do(func(i int) { VPSLLD(Imm(23), power[i], power[i]) })
	return n, power
}

// decayQuotient returns g from what decayPower returned for a, and overwrites a and n.
func decayQuotient(a, n, power vectors, bias float32) vectors {
	d, near := a.like(), of(coef.DecayNear)
	if bias == 1 {
		a.do(func(i int) { VADDPS(near, power[i], d[i]) })
	} else {
		b := of(bias)
		a.do(func(i int) {
			VMOVUPS(b, d[i])
			VFMADD213PS(near, power[i], d[i]) // fma(power, bias, near)
		})
	}
	r, c := a, of(coef.Ln2Hi)
	a.do(func(i int) { VFMADD231PS(c, n[i], r[i]) })
	c = of(coef.Ln2Lo)
	a.do(func(i int) { VFMADD231PS(c, n[i], r[i]) }) // r = fma(n, -lo, fma(n, -hi, a))
	t := r.polynomial(coef.DecayExpm1[:])
	far, f, scale := n, of(coef.DecayFar), of(coef.DecayScale)
	a.do(func(i int) {
		VMOVUPS(f, far[i])
		VFMADD231PS(scale, r[i], far[i])
	})
	a.do(func(i int) { VMULPS(r[i], r[i], r[i]) })
	a.do(func(i int) { VFMADD213PS(far[i], r[i], t[i]) }) // fma(r^2, P(r), fma(r, scale, far))
	a.do(func(i int) { VADDPS(d[i], t[i], d[i]) })
	one := inRegister(1)
	a.do(func(i int) { VDIVPS(d[i], one, d[i]) })
	return d
}

// positivePart returns max(x, 0), and keeps -0 and NaN.
func positivePart(x source) vectors {
	y, zero := make(vectors, len(x.at)).like(), YMM()
	VXORPS(zero, zero, zero)
	y.do(func(i int) { VMAXPS(x.vector(i), zero, y[i]) }) // 0 > x ? 0 : x
	return y
}

// reflect returns 1 - h, or h where the sign of x is set. It overwrites x.
func reflect(h, x vectors) vectors {
	y, one := x.like(), inRegister(1)
	x.do(func(i int) { VSUBPS(h[i], one, y[i]) })
	x.do(func(i int) { VBLENDVPS(x[i], h[i], y[i], y[i]) })
	return y
}

func sigmoid(x source) vectors {
	h, power := decay(clamped(x.load(), coef.DecayMax), 1)
	h.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	return reflect(h, x.load())
}

func silu(x source) vectors {
	a := x.load()
	magnitude, most := ints(signBit-1), floats(coef.DecayMax)
	a.do(func(i int) {
		VANDPS(magnitude, a[i], a[i])
		VMINPS(most, a[i], a[i]) // loses NaN, which max(x, 0) has
	})
	n, power := decayPower(a)
	scaled := a.like()
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g := decayQuotient(a, n, power, 1)
	y := positivePart(x)
	y.do(func(i int) { VFNMADD231PS(g[i], scaled[i], y[i]) }) // fma(g, -scaled, max(x, 0))
	return y
}

func siluSlope(x source) vectors {
	g, _, v := siluParts(x.load())
	g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
	return reflect(g, x.load())
}

// siluParts returns g, a*power and power*(1 - a + a*h) of siluAndSlope. It overwrites x.
func siluParts(x vectors) (g, scaled, v vectors) {
	a := clamped(x, coef.DecayMax)
	n, power := decayPower(a)
	scaled = a.like()
	a.do(func(i int) { VMULPS(power[i], a[i], scaled[i]) })
	g = decayQuotient(a, n, power, 1)
	h := a
	h.do(func(i int) { VMULPS(power[i], g[i], h[i]) })
	v = power
	v.do(func(i int) { VSUBPS(scaled[i], power[i], v[i]) })
	v.do(func(i int) { VFMADD231PS(scaled[i], h[i], v[i]) }) // fma(scaled, h, power-scaled)
	return g, scaled, v
}

func softplus(x source) vectors {
	g, power := decay(clamped(x.load(), coef.DecayMax), 0.5)
	square := g.like()
	g.do(func(i int) { VMULPS(power[i], g[i], square[i]) })
	g.do(func(i int) { VMULPS(square[i], square[i], square[i]) })
	l := square.polynomial(coef.Atanh[:])
	g.do(func(i int) { VMULPS(square[i], l[i], l[i]) })
	g.do(func(i int) { VFMADD213PS(g[i], g[i], l[i]) }) // fma(g, square*P(square), g)
	y := positivePart(x)
	y.do(func(i int) { VFMADD231PS(power[i], l[i], y[i]) })
	return y
}

func tanh(x source) vectors {
	a := clamped(x.load(), coef.TanhMax)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	t, power := expParts(a)
	e, d, c := a, a.like(), of(-1)
	a.do(func(i int) { VADDPS(c, power[i], e[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], e[i]) }) // e = e^2a - 1
	c = of(2)
	a.do(func(i int) { VADDPS(c, e[i], d[i]) })
	sign, signs := ints(signBit), x.load()
	a.do(func(i int) {
		VDIVPS(d[i], e[i], e[i])
		VANDPS(sign, signs[i], signs[i])
	})
	a.do(func(i int) { VORPS(signs[i], e[i], e[i]) })
	return e
}

func elu(x source) vectors {
	a, least := x.load(), floats(coef.Expm1Min)
	a.do(func(i int) { VMAXPS(least, a[i], a[i]) })
	t, power := expParts(a)
	y, c, zero := a, of(-1), YMM()
	VXORPS(zero, zero, zero)
	a.do(func(i int) { VADDPS(c, power[i], y[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], y[i]) }) // fma(t, power, power-1)
	again := x.load()
	a.do(func(i int) {
		negative := t[i]
		VCMPPS(U8(compareLess), zero, again[i], negative)
		VBLENDVPS(negative, y[i], again[i], y[i])
	})
	return y
}

// Predicates of VCMPPS, false for NaN.
const (
	compareEqual = 0
	compareLess  = 1
	compareLE    = 2
)

func log(argument source) vectors {
	x := argument.load()
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

func sigmoidSlope(x source) vectors { return bell(clamped(x.load(), coef.DecayMax), 1) }

func tanhSlope(x source) vectors {
	a := clamped(x.load(), coef.DecayMax/2)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	return bell(a, 4)
}

// bell returns scale*h*(1-h), where h = 1/(1+e^a). It overwrites a.
func bell(a vectors, scale float32) vectors {
	h, power := decay(a, 1)
	y, unscaled := a.like(), h
	if scale != 1 {
		c := of(scale)
		a.do(func(i int) { VMULPS(c, power[i], power[i]) })
	}
	a.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	if scale != 1 {
		c := of(1 / scale)
		unscaled = power
		a.do(func(i int) { VMULPS(c, h[i], unscaled[i]) })
	}
	a.do(func(i int) {
		VMOVAPS(h[i], y[i])
		VFNMADD231PS(unscaled[i], h[i], y[i]) // fma(h, -h/scale, h)
	})
	return y
}

func eluSlope(x vectors) vectors {
	zero := YMM()
	VXORPS(zero, zero, zero)
	x.do(func(i int) { VMINPS(x[i], zero, x[i]) }) // 0 < x ? 0 : x
	return exp(x)
}
