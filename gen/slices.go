package main

import (
	. "github.com/mmcloughlin/avo/build"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// slices emits the kernels on slices that take a line or two.
func (s simd) slices() {
	begin(kernel.EMA, s)
	avg, x := Load(Param("avg"), GP64()), Load(Param("x"), GP64())
	rate := s.splatParam("rate")
	s.elementwise(Load(Param("n"), GP64()), func(a access) {
		mean, d := a.load(avg), a.load(x)
		VSUBPS(mean, d, d)
		VFMADD231PS(d, rate, mean) // avg = fma(rate, x-avg, avg)
		a.store(mean, avg)
	})

	begin(kernel.Drift, s)
	x, score := Load(Param("x"), GP64()), Load(Param("score"), GP64())
	drift := s.splatParam("drift")
	s.elementwise(Load(Param("n"), GP64()), func(a access) {
		y := a.load(x)
		VFMADD231PS(a.load(score), drift, y) // x = fma(drift, score, x)
		a.store(y, x)
	})

	s.axpby(kernel.Axpby)
	s.in(double).axpby(kernel.Axpby64)
}

func (s simd) axpby(k kernel.Kernel) {
	begin(k, s)
	dst, x, y := Load(Param("dst"), GP64()), Load(Param("x"), GP64()), Load(Param("y"), GP64())
	fa, fb := s.splatParam("a"), s.splatParam("b")
	s.elementwise(Load(Param("n"), GP64()), func(a access) {
		v := a.load(y)
		s.float.mul(fb, v, v)
		s.float.fma(a.load(x), fa, v) // dst = fma(a, x, b*y)
		a.store(v, dst)
	})
}
