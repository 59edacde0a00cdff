package neon

import (
	. "github.com/seed964deb49/langevin/gen/arm64"
	"github.com/seed964deb49/langevin/gen/kernel"
)

func init() {
	more = append(more, func() {
		level1(S4, FloatArgument, kernel.Axpy, kernel.Scale, kernel.Rotate, kernel.Swap)
		level1(D2, DoubleArgument, kernel.Axpy64, kernel.Scale64, kernel.Rotate64, kernel.Swap64)
	})
}

// level1 emits the kernels of BLAS's level 1 that write vectors.
func level1(of Arrangement, number func(name string) V, axpy, scale, rotate, swap kernel.Kernel) {
	each := func(to, from string, body func(a access, to, from X)) {
		x, y := Argument(to), Argument(from)
		elementwiseOf(of, Argument("n"), []X{x, y}, 4, func(at []access) {
			for _, a := range at {
				body(a, x, y)
			}
		})
	}
	begin(axpy)
	f := number("a")
	each("y", "x", func(a access, to, from X) {
		y := a.load(to)
		of.FMLA(y, a.load(from), f) // y = fma(a, x, y)
		a.store(y, to)
	})

	begin(scale)
	f = number("a")
	each("dst", "x", func(a access, to, from X) {
		x := a.load(from)
		of.FMUL(x, x, f)
		a.store(x, to)
	})

	begin(swap)
	each("x", "y", func(a access, to, from X) {
		x, y := a.load(to), a.load(from)
		a.store(y, to)
		a.store(x, from)
	})

	begin(rotate)
	c, s, minus := number("c"), number("s"), NewV()
	signs := [lanes]uint32{0, 1 << 31, 0, 1 << 31}
	if of == S4 {
		signs = [lanes]uint32{1 << 31, 1 << 31, 1 << 31, 1 << 31}
	}
	VEOR(minus, s, load(Words(Constants(), signs)))
	each("x", "y", func(a access, to, from X) {
		x, y, p, q := a.load(to), a.load(from), NewV(), NewV()
		of.FMUL(p, s, y)
		of.FMUL(q, minus, x)
		of.FMLA(p, x, c) // fma(c, x, s*y)
		of.FMLA(q, y, c) // fma(c, y, -s*x)
		a.store(p, to)
		a.store(q, from)
	})
}
