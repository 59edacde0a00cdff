package neon

import . "github.com/seed964deb49/langevin/gen/arm64"

func adam() {
	Begin("adamNEON",
		"func(p, grad, m, v *float32, n int, rate, beta1, beta2, epsilon, correction1, correction2 float32)",
		"adamNEON is adamGeneric on n elements.")
	p, grad, m, v := Argument("p"), Argument("grad"), Argument("m"), Argument("v")
	rate, beta1, beta2 := FloatArgument("rate"), FloatArgument("beta1"), FloatArgument("beta2")
	epsilon := FloatArgument("epsilon")
	correct1, correct2 := FloatArgument("correction1"), FloatArgument("correction2")
	pool := newPool()
	one, rest1, rest2 := load(pool.floats(1)), NewV(), NewV()
	S4.FSUB(rest1, one, beta1)
	S4.FSUB(rest2, one, beta2)
	elementwise(Argument("n"), []X{p, grad, m, v}, 1, func(at []access) {
		a := at[0]
		gi, mi, vi := a.load(grad), a.load(m), a.load(v)
		d := NewV()
		S4.FSUB(d, gi, mi)
		S4.FMLA(mi, rest1, d) // m = fma(1-beta1, g-m, m)
		S4.FMUL(gi, gi, gi)
		S4.FMUL(vi, beta2, vi)
		S4.FMLA(vi, rest2, gi) // v = fma(1-beta2, g*g, beta2*v)
		a.store(mi, m)
		a.store(vi, v)
		S4.FMUL(mi, mi, correct1)
		S4.FMUL(vi, vi, correct2)
		S4.FSQRT(vi, vi)
		S4.FADD(vi, vi, epsilon)
		S4.FDIV(mi, mi, vi) // m*correct1 / (sqrt(v*correct2) + epsilon)
		pi := a.load(p)
		S4.FMLS(pi, rate, mi) // p = fma(-rate, d, p)
		a.store(pi, p)
	})

	Begin("emaNEON", "func(avg, x *float32, n int, rate float32)", "emaNEON is emaGeneric on n elements.")
	avg, x := Argument("avg"), Argument("x")
	rate = FloatArgument("rate")
	elementwise(Argument("n"), []X{avg, x}, 1, func(at []access) {
		a := at[0]
		mean, d := a.load(avg), a.load(x)
		S4.FSUB(d, d, mean)
		S4.FMLA(mean, rate, d) // avg = fma(rate, x-avg, avg)
		a.store(mean, avg)
	})

	Begin("driftNEON", "func(x, score *float32, n int, drift float32)", "driftNEON is driftGeneric on n elements.")
	x, score := Argument("x"), Argument("score")
	drift := FloatArgument("drift")
	elementwise(Argument("n"), []X{x, score}, 1, func(at []access) {
		a := at[0]
		y := a.load(x)
		S4.FMLA(y, drift, a.load(score)) // x = fma(drift, score, x)
		a.store(y, x)
	})
}
