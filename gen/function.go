package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const signBit = 1 << 31 // of a float32

// Predicates of VCMPPS, false for NaN but for those with a not.
const (
	compareEqual      = 0
	compareLess       = 1
	compareLE         = 2
	compareNotLess    = 5
	compareNotGreater = 10
)

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

// functionProgram is the program of a function, with the constants that it holds.
type functionProgram struct {
	of   func(x source) vectors
	held held
}

// values and slopes are the programs of the functions of a network and of the derivatives of those that have a backward pass.
var (
	values = map[string]functionProgram{
		"exp": {once(exp), heldByExp}, "log": {log, heldByLog}, "sigmoid": {sigmoid, heldByDecay},
		"softplus": {softplus, heldBySoftplus}, "tanh": {tanh, heldByTanh}, "elu": {elu, heldByELU}, "silu": {silu, heldByDecay},
	}
	slopes = map[string]functionProgram{
		"sigmoid": {sigmoidSlope, heldByDecay}, "softplus": {sigmoid, heldByDecay}, "tanh": {tanhSlope, heldByDecay},
		"elu": {once(eluSlope), heldByExp}, "silu": {siluSlope, heldByDecay},
	}
)

// functions emits the functions of a network and the backward passes of those that have one.
func (s simd) functions() {
	for _, f := range kernel.Functions {
		program, ok := values[f.Name]
		if !ok {
			continue // check says so
		}
		beginFunction(f.Value(), s, program.held)
		dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(source{at, x})
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range kernel.Functions {
		program, ok := slopes[f.Name]
		if !ok {
			continue
		}
		beginFunction(f.Slope(), s, program.held)
		dst, dy, x := Load(Param("dst"), GP64()), Load(Param("dy"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(source{at, x})
			for i, a := range at {
				g := a.load(dy)
				VMULPS(y[i], g, g)
				a.store(g, dst)
			}
		})
	}
}

// activations emits the activation of layers, without its slope and with it, and the product that makes the backward pass of it.
func (s simd) activations() {
	heldByLayer := heldByDecay.and([]float32{coef.LayerMax})
	beginFunction(kernel.SiLULayer, s, heldByLayer)
	to, from := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		y := siluTo(source{at, from}, coef.LayerMax)
		for i, a := range at {
			a.store(y[i], to)
		}
	})
	beginFunction(kernel.SiLUWithSlope, s, heldByLayer)
	dst, slope, x := Load(Param("dst"), GP64()), Load(Param("slope"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		argument := source{at, x}
		g, scaled, v := siluParts(argument.load(), coef.LayerMax)
		var y vectors
		var masks []Register
		if s.wide() { // a load with a mask takes no turn of the units that compute
			y, masks = g.like(), notNegative(argument, noughts())
			y.do(func(i int) { VMOVUPS_Z(argument.vector(i), masks[i], y[i]) })
		} else {
			y = positivePart(argument)
		}
		g.do(func(i int) {
			VFNMADD231PS(g[i], scaled[i], y[i]) // fma(g, -scaled, max(x, 0))
			at[i].store(y[i], dst)
		})
		g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
		if s.wide() {
			g = reflectWhere(masks, g)
		} else {
			g = reflect(g, argument)
		}
		g.do(func(i int) { at[i].store(g[i], slope) })
	})
	begin(kernel.Hadamard, s)
	dst, x = Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), 4, func(at []access) {
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
		w[i] = registers.register()
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
	if registers.wide() {
		return scaledExp(x, n)
	}
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

// scaledExp returns (1 + t) 2^n, where x = n ln 2 + r and t = e^r - 1. The sum has the definition's significant bits, and like
// the definition's second product VSCALEFPS rounds only below the normal range. It overwrites x and n.
func scaledExp(x, n vectors) vectors {
	power := x.like()
	x.do(func(i int) { VMOVUPS(n[i], power[i]) })
	t := expm1Reduced(x, n)
	c := of(1)
	x.do(func(i int) { VADDPS(c, t[i], t[i]) })
	x.do(func(i int) { VSCALEFPS(power[i], t[i], t[i]) })
	return t
}

// clamped overwrites x with |x|, or most where that is less.
func clamped(x vectors, most float32) vectors {
	magnitude, m := registers.constant(ints(signBit-1)), inRegister(most)
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
	y, zero := make(vectors, len(x.at)).like(), noughts()
	y.do(func(i int) { VMAXPS(x.vector(i), zero, y[i]) }) // 0 > x ? 0 : x
	return y
}

// reflect returns 1 - h, or h where the sign of x is set. It overwrites h.
func reflect(h vectors, x source) vectors {
	if registers.wide() {
		return reflectWhere(notNegative(x, noughts()), h)
	}
	signs := x.load()
	y, one := h.like(), inRegister(1)
	h.do(func(i int) { VSUBPS(h[i], one, y[i]) })
	h.do(func(i int) { VBLENDVPS(signs[i], h[i], y[i], y[i]) })
	return y
}

// reflectWhere overwrites h with 1 - h in lanes of masks.
func reflectWhere(masks []Register, h vectors) vectors {
	one := inRegister(1)
	h.do(func(i int) { VSUBPS(h[i], one, masks[i], h[i]) })
	return h
}

// notNegative returns the masks of !(x < 0), which include -0: there h and 1 - h are the same.
func notNegative(x source, zero VecVirtual) []Register {
	masks := make([]Register, len(x.at))
	for i := range masks {
		masks[i] = K()
		VCMPPS(U8(compareNotGreater), x.vector(i), zero, masks[i]) // !(0 > x)
	}
	return masks
}

func sigmoid(x source) vectors {
	h, power := decay(clamped(x.load(), coef.DecayMax), 1)
	h.do(func(i int) { VMULPS(power[i], h[i], h[i]) })
	return reflect(h, x)
}

// leastMagnitude has VRANGEPS return min(|x|, |y|), or the other where one is NaN.
const leastMagnitude = 0b10_10

func silu(x source) vectors { return siluTo(x, coef.DecayMax) }

// siluTo is siluAndSlope's first result. Of the lesser of |x| and most it does not see whether x is NaN.
func siluTo(x source, limit float32) vectors {
	a := x.load()
	magnitude, most := ints(signBit-1), of(limit)
	a.do(func(i int) { // loses NaN, which max(x, 0) has
		if registers.wide() {
			VRANGEPS(U8(leastMagnitude), most, a[i], a[i])
			return
		}
		VANDPS(magnitude, a[i], a[i])
		VMINPS(most, a[i], a[i])
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
	g, _, v := siluParts(x.load(), coef.DecayMax)
	g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
	return reflect(g, x)
}

// siluParts returns g, a*power and power*(1 - a + a*h) of siluAndSlope. It overwrites x.
func siluParts(x vectors, most float32) (g, scaled, v vectors) {
	a := clamped(x, most)
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

// orBoth has VPTERNLOGD return z | x&y.
const orBoth = 0b11111000

func tanh(x source) vectors {
	a := clamped(x.load(), coef.TanhMax)
	a.do(func(i int) { VADDPS(a[i], a[i], a[i]) })
	t, power := expParts(a)
	e, d, c := a, a.like(), of(-1)
	a.do(func(i int) { VADDPS(c, power[i], e[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], e[i]) }) // e = e^2a - 1
	c = of(2)
	a.do(func(i int) { VADDPS(c, e[i], d[i]) })
	if registers.wide() {
		sign := registers.constant(ints(signBit))
		a.do(func(i int) {
			VDIVPS(d[i], e[i], e[i])
			VPTERNLOGD(U8(orBoth), x.vector(i), sign, e[i])
		})
		return e
	}
	sign, signs := ints(signBit), x.load()
	a.do(func(i int) {
		VDIVPS(d[i], e[i], e[i])
		VANDPS(sign, signs[i], signs[i])
	})
	a.do(func(i int) { VORPS(signs[i], e[i], e[i]) })
	return e
}

func elu(x source) vectors {
	a, least := x.load(), of(coef.Expm1Min)
	a.do(func(i int) { VMAXPS(least, a[i], a[i]) })
	t, power := expParts(a)
	y, c, zero := a, of(-1), noughts()
	a.do(func(i int) { VADDPS(c, power[i], y[i]) })
	a.do(func(i int) { VFMADD231PS(power[i], t[i], y[i]) }) // fma(t, power, power-1)
	if registers.wide() {
		masks := notNegative(x, zero)
		a.do(func(i int) { VMOVUPS(x.vector(i), masks[i], y[i]) })
		return y
	}
	again := x.load()
	a.do(func(i int) {
		negative := t[i]
		VCMPPS(U8(compareLess), zero, again[i], negative)
		VBLENDVPS(negative, y[i], again[i], y[i])
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
	zero := noughts()
	x.do(func(i int) { VMINPS(x[i], zero, x[i]) }) // 0 < x ? 0 : x
	return exp(x)
}
