package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/internal/coef"
)

// signBit is the sign of a float32.
const signBit = 1 << 31

func silu() {
	Begin("siluNEON", "func(dst, x *float32, n int)", "siluNEON is siluGeneric on n elements.")
	dst, x, pool := Argument("dst"), Argument("x"), newPool()
	pool.holdSigmoid()
	elementwise(Argument("n"), []X{dst, x}, func(a access) {
		v := a.load(x)
		s := pool.sigmoid(v)
		S4.FMUL(s, v, s) // x * sigmoid(x)
		a.store(s, dst)
	})

	Begin("siluGradNEON", "func(dst, dy, x *float32, n int)", "siluGradNEON is siluGradGeneric on n elements.")
	dst, x, pool = Argument("dst"), Argument("x"), newPool()
	dy := Argument("dy")
	pool.holdSigmoid()
	elementwise(Argument("n"), []X{dst, dy, x}, func(a access) {
		v := a.load(x)
		s := pool.sigmoid(v)
		t := NewV()
		S4.FSUB(t, pool.constant(pool.floats(1)), s) // 1-s
		S4.FMUL(t, v, t)                             // t = x*(1-s)
		g := NewV()
		VMOV(g, s)
		S4.FMLA(g, s, t) // fma(s, t, s)
		S4.FMUL(g, a.load(dy), g)
		a.store(g, dst)
	})
}

// holdSigmoid keeps the constants of sigmoid in registers.
func (p pool) holdSigmoid() {
	p.hold(p.ints(signBit), p.floats(1), p.ints(127), p.ints(math.Float32bits(coef.RoundMagic)))
	for _, x := range []float32{coef.ExpMin, coef.Log2E, coef.Ln2Hi, coef.Ln2Lo} {
		p.hold(p.floats(x))
	}
}

// sigmoid emits 1/(1+e) or, where x has its sign set, e/(1+e), with e = exp(-|x|).
func (p pool) sigmoid(x V) V {
	e := NewV()
	VORR(e, x, p.constant(p.ints(signBit)))
	e = p.exp(e)
	one := p.constant(p.floats(1))
	d, num := NewV(), NewV()
	S4.FADD(d, e, one)
	S4.CMLT0(num, x)
	BSL(num, e, one)
	S4.FDIV(num, num, d)
	return num
}

// exp emits exp(x) for x <= 0.
func (p pool) exp(x V) V {
	r, magic, n := NewV(), p.copyOf(p.floats(coef.RoundMagic)), NewV()
	S4.FMAX(r, x, p.constant(p.floats(coef.ExpMin))) // ExpMin > x ? ExpMin : x; NaN stays
	S4.FMLA(magic, r, p.constant(p.floats(coef.Log2E)))
	S4.FSUB(n, magic, p.constant(p.floats(coef.RoundMagic)))
	S4.FMLS(r, n, p.constant(p.floats(coef.Ln2Hi))) // r = fma(n, -hi, x)
	S4.FMLS(r, n, p.constant(p.floats(coef.Ln2Lo))) // r = fma(n, -lo, r)
	y := p.horner(r, coef.Exp[:])
	k, half := NewV(), NewV()
	S4.SUB(k, magic, p.constant(p.ints(math.Float32bits(coef.RoundMagic))))
	S4.SSHR(half, k, 1) // half = k>>1
	S4.SUB(k, k, half)  // k - half
	out := y
	for _, k := range []V{half, k} {
		S4.ADD(k, k, p.constant(p.ints(127)))
		S4.SHL(k, k, 23)
		next := NewV()
		S4.FMUL(next, out, k) // p * 2^k
		out = next
	}
	return out
}
