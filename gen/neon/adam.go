package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// adam emits the updates.
func adam() {
	adamStep(false)
	adamStep(true)
}

// adamStep emits an update, with or without the moving average.
func adamStep(average bool) {
	declaration := kernel.Adam
	if average {
		declaration = kernel.AdamEMA
	}
	begin(declaration)
	p, grad, m, v := Argument("p"), Argument("grad"), Argument("m"), Argument("v")
	bases := []X{p, grad, m, v}
	var avg X
	if average {
		avg = Argument("avg")
		bases = append(bases, avg)
	}
	step, pool := Argument("step"), newPool()
	field := func() V { // the next field of the step
		f := NewV()
		S4.LD1R(f, step)
		ADDI(step, step, 4)
		return f
	}
	rate, beta1, beta2, epsilon := field(), field(), field(), field()
	correct1, correct2, scale, decay, averaging := field(), field(), field(), field(), field()
	one, rest1, rest2 := load(pool.floats(1)), NewV(), NewV()
	S4.FSUB(rest1, one, beta1)
	S4.FSUB(rest2, one, beta2)
	elementwise(Argument("n"), bases, 1, func(at []access) {
		a := at[0]
		gi, mi, vi := a.load(grad), a.load(m), a.load(v)
		d := NewV()
		S4.FMUL(gi, gi, scale) // s = scale*g
		S4.FSUB(d, gi, mi)
		S4.FMLA(mi, rest1, d) // m = fma(1-beta1, s-m, m)
		S4.FMUL(gi, gi, gi)
		S4.FMUL(vi, beta2, vi)
		S4.FMLA(vi, rest2, gi) // v = fma(1-beta2, s*s, beta2*v)
		a.store(mi, m)
		a.store(vi, v)
		S4.FMUL(mi, mi, correct1)
		S4.FMUL(vi, vi, correct2)
		S4.FSQRT(vi, vi)
		S4.FADD(vi, vi, epsilon)
		S4.FDIV(mi, mi, vi) // d = m*correct1 / (sqrt(v*correct2) + epsilon)
		pi := a.load(p)
		decayed := copyOf(pi)
		S4.FMLS(decayed, decay, pi) // fma(-decay, p, p)
		S4.FMLS(decayed, rate, mi)  // p = fma(-rate, d, that)
		a.store(decayed, p)
		if average {
			mean := a.load(avg)
			S4.FSUB(decayed, decayed, mean)
			S4.FMLA(mean, averaging, decayed) // avg = fma(average, p-avg, avg)
			a.store(mean, avg)
		}
	})
}
