package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func(s simd) {
		s.level1(kernel.Axpy, kernel.Scale, kernel.Rotate, kernel.Swap)
		s.in(double).level1(kernel.Axpy64, kernel.Scale64, kernel.Rotate64, kernel.Swap64)
	})
}

// level1 emits the kernels of BLAS's level 1 that write vectors.
func (s simd) level1(axpy, scale, rotate, swap kernel.Kernel) {
	const abreast = 4
	each := func(k kernel.Kernel, to, from, factor string, body func(a access, to, from Register, f VecVirtual)) {
		begin(k, s)
		x, y := Load(Param(to), GP64()), Load(Param(from), GP64())
		var f VecVirtual
		if factor != "" {
			f = s.splatParam(factor)
		}
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			for _, a := range at {
				body(a, x, y, f)
			}
		})
	}
	each(axpy, "y", "x", "a", func(a access, to, from Register, f VecVirtual) {
		y := a.load(to)
		a.combine(s.float.fma, from, f, y) // y = fma(a, x, y)
		a.store(y, to)
	})
	each(scale, "dst", "x", "a", func(a access, to, from Register, f VecVirtual) {
		x := a.load(from)
		s.float.mul(f, x, x)
		a.store(x, to)
	})
	each(swap, "x", "y", "", func(a access, to, from Register, _ VecVirtual) {
		x, y := a.load(to), a.load(from)
		a.store(y, to)
		a.store(x, from)
	})

	begin(rotate, s)
	x, y := Load(Param("x"), GP64()), Load(Param("y"), GP64())
	c, sine, minus := s.splatParam("c"), s.splatParam("s"), s.splatParam("s")
	s.xor(s.float.number(math.Copysign(0, -1)), minus)
	s.elementwiseAbreast(Load(Param("n"), GP64()), 2, func(at []access) {
		for _, a := range at {
			u, v := a.load(x), a.load(y)
			p, q := s.register(), s.register()
			s.float.mul(sine, v, p)
			s.float.mul(minus, u, q)
			s.float.fma(u, c, p) // fma(c, x, s*y)
			s.float.fma(v, c, q) // fma(c, y, -s*x)
			a.store(p, x)
			a.store(q, y)
		}
	})
}
