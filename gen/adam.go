package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func (s simd) adam() {
	s.adamStep(false)
	s.adamStep(true)

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
}

// adamAhead is how far ahead an update fetches, in bytes: for large networks its operands lie beyond the caches, and the
// processor by itself keeps too few reads under way.
const adamAhead = 1024

// adamStep emits an update, with or without the moving average.
func (s simd) adamStep(average bool) {
	begin(kernel.Adam(average), s)
	p, grad := Load(Param("p"), GP64()), Load(Param("grad"), GP64())
	m, v := Load(Param("m"), GP64()), Load(Param("v"), GP64())
	var avg Register
	if average {
		avg = Load(Param("avg"), GP64())
	}
	step := Load(Param("step"), GP64())
	field := func(i int) VecVirtual { return s.splat(Mem{Base: step, Disp: 4 * i}) }
	rate, beta1, beta2, epsilon := field(0), field(1), field(2), field(3)
	correct2 := field(5)
	rest1, rest2 := s.load(floats(1)), s.load(floats(1))
	VSUBPS(beta1, rest1, rest1)
	VSUBPS(beta2, rest2, rest2)
	s.elementwise(Load(Param("n"), GP64()), func(a access) {
		for _, r := range []Register{m, v, p, avg} {
			if r != nil {
				PREFETCHT0(Mem{Base: r, Index: a.index, Scale: 4, Disp: adamAhead})
			}
		}
		gi, mi, vi := a.load(grad), a.load(m), a.load(v)
		d := s.register()
		VMULPS(field(6), gi, gi) // s = scale*g
		VSUBPS(mi, gi, d)
		VFMADD231PS(d, rest1, mi) // m = fma(1-beta1, s-m, m)
		VMULPS(gi, gi, gi)
		VMULPS(beta2, vi, vi)
		VFMADD231PS(gi, rest2, vi) // v = fma(1-beta2, s*s, beta2*v)
		a.store(mi, m)
		a.store(vi, v)
		VMULPS(field(4), mi, mi)
		VMULPS(correct2, vi, vi)
		VSQRTPS(vi, vi)
		VADDPS(epsilon, vi, vi)
		VDIVPS(vi, mi, mi) // d = m*correct1 / (sqrt(v*correct2) + epsilon)
		pi := a.load(p)
		VFNMADD231PS(pi, field(7), pi) // fma(-decay, p, p)
		VFNMADD231PS(mi, rate, pi)     // p = fma(-rate, d, that)
		a.store(pi, p)
		if average {
			mean := a.load(avg)
			VSUBPS(mean, pi, pi)
			VFMADD231PS(pi, field(8), mean) // avg = fma(average, p-avg, avg)
			a.store(mean, avg)
		}
	})
}
