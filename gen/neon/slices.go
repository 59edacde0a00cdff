package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

// slices emits the kernels on slices that take a line or two.
func slices() {
	begin(kernel.EMA)
	avg, x, rate := Argument("avg"), Argument("x"), FloatArgument("rate")
	elementwise(Argument("n"), []X{avg, x}, 1, func(at []access) {
		mean, d := at[0].load(avg), at[0].load(x)
		S4.FSUB(d, d, mean)
		S4.FMLA(mean, rate, d) // avg = fma(rate, x-avg, avg)
		at[0].store(mean, avg)
	})

	begin(kernel.Drift)
	x, score, drift := Argument("x"), Argument("score"), FloatArgument("drift")
	elementwise(Argument("n"), []X{x, score}, 1, func(at []access) {
		y := at[0].load(x)
		S4.FMLA(y, drift, at[0].load(score)) // x = fma(drift, score, x)
		at[0].store(y, x)
	})

	begin(kernel.Axpby)
	dst, x, y := Argument("dst"), Argument("x"), Argument("y")
	fa, fb := FloatArgument("a"), FloatArgument("b")
	elementwise(Argument("n"), []X{dst, x, y}, 1, func(at []access) {
		v := at[0].load(y)
		S4.FMUL(v, v, fb)
		S4.FMLA(v, at[0].load(x), fa) // dst = fma(a, x, b*y)
		at[0].store(v, dst)
	})

	begin(kernel.Axpby64)
	dst, x, y = Argument("dst"), Argument("x"), Argument("y")
	fa, fb = DoubleArgument("a"), DoubleArgument("b")
	elementwise64(Argument("n"), []X{dst, x, y}, 1, func(at []access) {
		v := at[0].load(y)
		D2.FMUL(v, v, fb)
		D2.FMLA(v, at[0].load(x), fa)
		at[0].store(v, dst)
	})
}
