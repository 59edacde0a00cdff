package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const signBit = 1 << 31 // of a float32

// abreast is how many vectors go through a function side by side: enough that the processor always finds an instruction
// that waits for no other.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []V

// values and slopes are the programs of the functions of a network and of the derivatives of those that have a backward pass.
var (
	values = map[string]func(p pool, x vectors) vectors{
		"exp": pool.exp, "log": pool.log, "sigmoid": pool.sigmoid, "softplus": pool.softplus, "tanh": pool.tanh, "elu": pool.elu,
		"silu": pool.silu,
	}
	slopes = map[string]func(p pool, x vectors) vectors{
		"sigmoid": pool.sigmoidSlope, "softplus": pool.sigmoid, "tanh": pool.tanhSlope, "elu": pool.eluSlope, "silu": pool.siluSlope,
	}
)

// functions emits the functions of a network and the backward passes of those that have one.
func functions() {
	for _, f := range kernel.Functions {
		value, ok := values[f.Name]
		if !ok {
			continue // check says so
		}
		begin(f.Value())
		dst, x, p := Argument("dst"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, x}, abreast, func(at []access) {
			y := value(p, loadAll(at, x))
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range kernel.Functions {
		slope, ok := slopes[f.Name]
		if !ok {
			continue
		}
		begin(f.Slope())
		dst, dy, x, p := Argument("dst"), Argument("dy"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, dy, x}, abreast, func(at []access) {
			y := slope(p, loadAll(at, x))
			for i, a := range at {
				g := a.load(dy)
				S4.FMUL(g, g, y[i])
				a.store(g, dst)
			}
		})
	}
}

// activations emits the activation of layers, without its slope and with it, and the product that makes the backward pass of it.
func activations() {
	begin(kernel.SiLULayer)
	to, from, constants := Argument("dst"), Argument("x"), newPool()
	elementwise(Argument("n"), []X{to, from}, abreast, func(at []access) {
		y := constants.siluTo(loadAll(at, from), coef.LayerMax)
		for i, a := range at {
			a.store(y[i], to)
		}
	})
	begin(kernel.SiLUWithSlope)
	dst, slope, x, p := Argument("dst"), Argument("slope"), Argument("x"), newPool()
	elementwise(Argument("n"), []X{dst, slope, x}, abreast, func(at []access) {
		y, s := p.siluAndSlope(loadAll(at, x), coef.LayerMax)
		for i, a := range at {
			a.store(y[i], dst)
			a.store(s[i], slope)
		}
	})
	begin(kernel.Hadamard)
	dst, x = Argument("dst"), Argument("x")
	elementwise(Argument("n"), []X{dst, x}, abreast, func(at []access) {
		y, f := loadAll(at, dst), loadAll(at, x)
		for i, a := range at {
			S4.FMUL(y[i], y[i], f[i])
			a.store(y[i], dst)
		}
	})
}

func loadAll(at []access, x X) vectors {
	var v vectors
	for _, a := range at {
		v = append(v, a.load(x))
	}
	return v
}

// like returns as many new registers.
func (v vectors) like() vectors { return registers(len(v)) }

// do emits the instructions of a step for each vector.
func (v vectors) do(step func(i int)) {
	for i := range v {
		step(i)
	}
}

// set returns as many new registers with a constant, to add to.
func (p pool) set(v vectors, m Mem) vectors {
	y := v.like()
	v.do(func(i int) { LDR(y[i], m) })
	return y
}

// polynomial emits y = P(x) for coefficients c, lowest power first: y = fma(y, x, c[i]).
func (p pool) polynomial(x vectors, c []float32) vectors {
	y := make(vectors, len(x))
	top := load(p.floats(c[len(c)-1]))
	x.do(func(i int) { y[i] = top })
	for k := len(c) - 2; k >= 0; k-- {
		next := p.set(x, p.floats(c[k]))
		x.do(func(i int) { S4.FMLA(next[i], y[i], x[i]) })
		y = next
	}
	return y
}

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

// clamped returns |x|, or most where that is less.
func (p pool) clamped(x vectors, most float32) vectors {
	a, m := x.like(), load(p.floats(most))
	x.do(func(i int) {
		S4.FABS(a[i], x[i])
		S4.FMIN(a[i], a[i], m)
	})
	return a
}

// decay returns g and a power of two whose product is 1/(bias + e^a).
func (p pool) decay(a vectors, bias float32) (g, power vectors) {
	const magic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift
	sum, n := p.set(a, p.floats(magic)), a.like()
	log2e, m := load(p.floats(coef.Log2E)), load(p.floats(magic))
	a.do(func(i int) { S4.FMLS(sum[i], a[i], log2e) }) // fma(a, -log2 e, magic)
	a.do(func(i int) { S4.FSUB(n[i], m, sum[i]) })
	r, square := a.like(), a.like()
	c := load(p.floats(coef.Ln2Hi))
	a.do(func(i int) {
		VMOV(r[i], a[i])
		S4.FMLS(r[i], n[i], c)
	})
	c = load(p.floats(coef.Ln2Lo))
	a.do(func(i int) { S4.FMLS(r[i], n[i], c) }) // fma(n, -lo, fma(n, -hi, a))
	t := p.polynomial(r, coef.DecayExpm1[:])
	far := p.set(a, p.floats(coef.DecayFar))
	c = load(p.floats(coef.DecayScale))
	a.do(func(i int) { S4.FMLA(far[i], r[i], c) }) // fma(r, scale, far)
	a.do(func(i int) { S4.FMUL(square[i], r[i], r[i]) })
	a.do(func(i int) { S4.FMLA(far[i], square[i], t[i]) })
	power = sum
	a.do(func(i int) { S4.SHL(power[i], sum[i], 23) })
	b := load(p.floats(bias))
	d := p.set(a, p.floats(coef.DecayNear))
	a.do(func(i int) { S4.FMLA(d[i], power[i], b) }) // fma(power, bias, near)
	a.do(func(i int) { S4.FADD(d[i], d[i], far[i]) })
	one := load(p.floats(1))
	a.do(func(i int) { S4.FDIV(d[i], one, d[i]) })
	return d, power
}

// positivePart overwrites x with max(x, 0), and keeps -0 and NaN.
func (p pool) positivePart(x vectors) vectors {
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) {
		negative := NewV()
		S4.FCMLT0(negative, x[i])
		BIT(x[i], zero, negative)
	})
	return x
}

// reflect returns 1 - h, or h where the sign of x is set.
func (p pool) reflect(h, x vectors) vectors {
	y, one := x.like(), load(p.floats(1))
	x.do(func(i int) { S4.FSUB(y[i], one, h[i]) })
	x.do(func(i int) {
		positive := NewV()
		S4.CMGE0(positive, x[i])
		BIF(y[i], h[i], positive)
	})
	return y
}

func (p pool) sigmoid(x vectors) vectors {
	g, power := p.decay(p.clamped(x, coef.DecayMax), 1)
	x.do(func(i int) { S4.FMUL(g[i], g[i], power[i]) })
	return p.reflect(g, x)
}

func (p pool) silu(x vectors) vectors { return p.siluTo(x, coef.DecayMax) }

// siluTo is siluAndSlope's first result.
func (p pool) siluTo(x vectors, most float32) vectors {
	a := p.clamped(x, most)
	g, power := p.decay(a, 1)
	x.do(func(i int) { S4.FMUL(a[i], a[i], power[i]) })
	y := p.positivePart(x)
	x.do(func(i int) { S4.FMLS(y[i], g[i], a[i]) }) // fma(g, -a*power, max(x, 0))
	return y
}

func (p pool) siluSlope(x vectors) vectors {
	_, slope := p.siluAndSlope(x, coef.DecayMax)
	return slope
}

// siluAndSlope returns silu and its derivative. It overwrites x.
func (p pool) siluAndSlope(x vectors, most float32) (y, slope vectors) {
	scaled := p.clamped(x, most)
	g, power := p.decay(scaled, 1)
	x.do(func(i int) { S4.FMUL(scaled[i], scaled[i], power[i]) })
	h, v := x.like(), x.like()
	x.do(func(i int) { S4.FSUB(v[i], power[i], scaled[i]) })
	x.do(func(i int) { S4.FMUL(h[i], g[i], power[i]) })
	x.do(func(i int) { S4.FMLA(v[i], scaled[i], h[i]) }) // fma(scaled, h, power-scaled)
	x.do(func(i int) { S4.FMUL(v[i], g[i], v[i]) })
	slope = p.reflect(v, x)
	y = p.positivePart(x)
	x.do(func(i int) { S4.FMLS(y[i], g[i], scaled[i]) }) // fma(g, -scaled, max(x, 0))
	return y, slope
}

func (p pool) softplus(x vectors) vectors {
	g, power := p.decay(p.clamped(x, coef.DecayMax), 0.5)
	square, l := x.like(), x.like()
	x.do(func(i int) { S4.FMUL(square[i], g[i], power[i]) })
	x.do(func(i int) { S4.FMUL(square[i], square[i], square[i]) })
	atanh := p.polynomial(square, coef.Atanh[:])
	x.do(func(i int) { S4.FMUL(square[i], square[i], atanh[i]) })
	x.do(func(i int) {
		VMOV(l[i], g[i])
		S4.FMLA(l[i], g[i], square[i]) // fma(g, square*P(square), g)
	})
	y := p.positivePart(x)
	x.do(func(i int) { S4.FMLA(y[i], l[i], power[i]) })
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

func (p pool) sigmoidSlope(x vectors) vectors { return p.bell(p.clamped(x, coef.DecayMax), 1) }

func (p pool) tanhSlope(x vectors) vectors {
	a := p.clamped(x, coef.DecayMax/2)
	a.do(func(i int) { S4.FADD(a[i], a[i], a[i]) })
	return p.bell(a, 4)
}

// bell returns scale*h*(1-h), where h = 1/(1+e^a).
func (p pool) bell(a vectors, scale float32) vectors {
	h, power := p.decay(a, 1)
	y, unscaled := a.like(), h
	if scale != 1 {
		c := load(p.floats(scale))
		a.do(func(i int) { S4.FMUL(power[i], power[i], c) })
	}
	a.do(func(i int) { S4.FMUL(h[i], h[i], power[i]) })
	if scale != 1 {
		c := load(p.floats(1 / scale))
		unscaled = power
		a.do(func(i int) { S4.FMUL(unscaled[i], h[i], c) })
	}
	a.do(func(i int) {
		VMOV(y[i], h[i])
		S4.FMLS(y[i], h[i], unscaled[i]) // fma(h, -h/scale, h)
	})
	return y
}

func (p pool) eluSlope(x vectors) vectors {
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) { S4.FMIN(x[i], x[i], zero) })
	return p.exp(x)
}
