package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const (
	signBit   = 1 << 31 // of a float32
	scaleDown = 0x1p-64 // of quotients with 1 + e^a
)

// abreast is how many vectors go through a function side by side: enough that the processor always finds an instruction
// that waits for no other.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []V

// functions emits the functions of a network and the backward passes of those that have one.
func functions() {
	for _, f := range []struct {
		name string
		of   func(p pool, x vectors) vectors
	}{
		{"exp", pool.exp}, {"log", pool.log}, {"sigmoid", pool.sigmoid}, {"softplus", pool.softplus}, {"tanh", pool.tanh},
		{"elu", pool.elu}, {"silu", pool.silu},
	} {
		begin(kernel.Function(f.name))
		dst, x, p := Argument("dst"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, x}, abreast, func(at []access) {
			y := f.of(p, loadAll(at, x))
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range []struct {
		name  string
		slope func(p pool, x vectors) vectors
	}{
		{"sigmoid", pool.sigmoidSlope}, {"softplus", pool.sigmoid}, {"tanh", pool.tanhSlope}, {"elu", pool.eluSlope},
		{"silu", pool.siluSlope},
	} {
		begin(kernel.Grad(f.name))
		dst, dy, x, p := Argument("dst"), Argument("dy"), Argument("x"), newPool()
		elementwise(Argument("n"), []X{dst, dy, x}, abreast, func(at []access) {
			y := f.slope(p, loadAll(at, x))
			for i, a := range at {
				g := a.load(dy)
				S4.FMUL(g, g, y[i])
				a.store(g, dst)
			}
		})
	}
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

// expParts returns t = e^r - 1 and power = 2^(n+shift), where x = n ln 2 + r.
func (p pool) expParts(x vectors, shift int) (t, power vectors) {
	sum, n := p.nearest(x, float32(coef.RoundMagic+coef.ExponentBias+shift))
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

// decay returns 2^64 num/(bias + e^a); a nil num is one.
func (p pool) decay(a, num vectors, bias float32) vectors {
	t, power := p.expParts(a, -64)
	sum, c := a.like(), load(p.floats(bias*scaleDown))
	a.do(func(i int) { S4.FADD(sum[i], power[i], c) })
	a.do(func(i int) { S4.FMLA(sum[i], t[i], power[i]) }) // fma(t, power, power+bias)
	if num == nil {
		one := load(p.floats(1))
		num = a.like()
		a.do(func(i int) { num[i] = one })
	}
	a.do(func(i int) { S4.FDIV(sum[i], num[i], sum[i]) })
	return sum
}

// addPositivePart returns fma(y, factor, max(x, 0)), where max keeps -0 and NaN. It overwrites x.
func (p pool) addPositivePart(y, x vectors, factor float32) vectors {
	f, zero := load(p.floats(factor)), NewV()
	VZERO(zero)
	x.do(func(i int) {
		negative := NewV()
		S4.FCMLT0(negative, x[i])
		BIT(x[i], zero, negative)
	})
	x.do(func(i int) { S4.FMLA(x[i], y[i], f) })
	return x
}

// towards returns 1 - 2^-64 h, or 2^-64 h where the sign of x is set.
func (p pool) towards(h, x vectors) vectors {
	sign, factor, one := load(p.ints(signBit)), load(p.floats(-scaleDown)), load(p.floats(1))
	f, y := x.like(), x.like()
	x.do(func(i int) {
		VAND(f[i], x[i], sign)
		VEOR(f[i], f[i], factor)
	})
	x.do(func(i int) {
		S4.CMGE0(y[i], x[i])
		VAND(y[i], y[i], one)
	})
	x.do(func(i int) { S4.FMLA(y[i], h[i], f[i]) })
	return y
}

func (p pool) sigmoid(x vectors) vectors {
	return p.towards(p.decay(p.clamped(x, coef.DecayMax), nil, 1), x)
}

func (p pool) silu(x vectors) vectors {
	a := p.clamped(x, coef.DecayMax)
	return p.addPositivePart(p.decay(a, a, 1), x, -scaleDown)
}

func (p pool) softplus(x vectors) vectors {
	s := p.decay(p.clamped(x, coef.DecayMax), nil, 0.5)
	square, y, scale := x.like(), x.like(), load(p.floats(scaleDown))
	x.do(func(i int) { S4.FMUL(square[i], s[i], scale) })
	x.do(func(i int) { S4.FMUL(square[i], square[i], square[i]) })
	l := p.polynomial(square, coef.Atanh[:])
	x.do(func(i int) { S4.FMUL(square[i], square[i], l[i]) })
	x.do(func(i int) {
		VMOV(y[i], s[i])
		S4.FMLA(y[i], s[i], square[i]) // fma(s, square*P(square), s)
	})
	return p.addPositivePart(y, x, scaleDown)
}

func (p pool) tanh(x vectors) vectors {
	a := p.clamped(x, coef.TanhMax)
	x.do(func(i int) { S4.FADD(a[i], a[i], a[i]) })
	t, power := p.expParts(a, 0)
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
	t, power := p.expParts(a, 0)
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

func (p pool) sigmoidSlope(x vectors) vectors { return p.bell(p.clamped(x, coef.DecayMax), scaleDown) }

func (p pool) tanhSlope(x vectors) vectors {
	a := p.clamped(x, coef.DecayMax/2)
	a.do(func(i int) { S4.FADD(a[i], a[i], a[i]) })
	return p.bell(a, 4*scaleDown)
}

// bell returns scale*h*(1 - 2^-64 h), where h = 2^64/(1+e^a).
func (p pool) bell(a vectors, scale float32) vectors {
	h := p.decay(a, nil, 1)
	rest, c := p.set(a, p.floats(1)), load(p.floats(scaleDown))
	a.do(func(i int) { S4.FMLS(rest[i], h[i], c) }) // fma(h, -2^-64, 1)
	a.do(func(i int) { S4.FMUL(h[i], h[i], rest[i]) })
	c = load(p.floats(scale))
	a.do(func(i int) { S4.FMUL(h[i], h[i], c) })
	return h
}

func (p pool) eluSlope(x vectors) vectors {
	zero := NewV()
	VZERO(zero)
	x.do(func(i int) { S4.FMIN(x[i], x[i], zero) })
	return p.exp(x)
}

func (p pool) siluSlope(x vectors) vectors {
	a := p.clamped(x, coef.DecayMax)
	h := p.decay(a, nil, 1)
	s, rest := x.like(), x.like()
	one := load(p.floats(1))
	x.do(func(i int) { S4.FSUB(rest[i], one, a[i]) })
	down := load(p.floats(scaleDown))
	x.do(func(i int) { S4.FMUL(s[i], h[i], down) })
	x.do(func(i int) { S4.FMLA(rest[i], a[i], s[i]) }) // fma(a, 2^-64 h, 1-a)
	x.do(func(i int) { S4.FMUL(h[i], h[i], rest[i]) })
	return p.towards(h, x)
}
