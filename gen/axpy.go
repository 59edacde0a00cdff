package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
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
	p := s.stream(axpy, "y", "x")
	f := s.splatParam("a")
	p.emit(func(a access, to, from Register) vectors {
		y := a.load(to)
		a.combine(s.float.fma, from, f, y) // y = fma(a, x, y)
		return vectors{y}
	})

	p = s.stream(scale, "dst", "x")
	f = s.splatParam("a")
	p.emit(func(a access, _, from Register) vectors {
		x := a.load(from)
		s.float.mul(f, x, x)
		return vectors{x}
	})

	s.stream(swap, "x", "y").emit(func(a access, x, y Register) vectors {
		return vectors{a.load(y), a.load(x)}
	})

	p = s.stream(rotate, "x", "y")
	c, sine, minus := s.splatParam("c"), s.splatParam("s"), s.splatParam("s")
	s.xor(s.float.number(math.Copysign(0, -1)), minus)
	p.abreast = 2
	p.emit(func(a access, x, y Register) vectors {
		u, v := a.load(x), a.load(y)
		p, q := s.register(), s.register()
		s.float.mul(sine, v, p)
		s.float.mul(minus, u, q)
		s.float.fma(u, c, p) // fma(c, x, s*y)
		s.float.fma(v, c, q) // fma(c, y, -s*x)
		return vectors{p, q}
	})
}

// streamKernel is a kernel on two slices that writes one or both.
type streamKernel struct {
	simd
	x, y, left Register
	abreast    int // vectors of a slice in one go
}

func (s simd) stream(k kernel.Kernel, x, y string) *streamKernel {
	begin(k, s)
	return &streamKernel{s, Load(Param(x), GP64()), Load(Param(y), GP64()), Load(Param("n"), GP64()), 4}
}

// emit emits body, which returns what becomes of a vector of the first slice, or of both, and ends the
// kernel. Two stores of one cycle go to one cache line, so that those of a slice follow each other.
func (p *streamKernel) emit(body func(a access, x, y Register) vectors) {
	all := p.abreast * p.lanes()
	several := func(at []access) {
		var of []vectors
		for _, a := range at {
			of = append(of, body(a, p.x, p.y))
		}
		for i, to := range []Register{p.x, p.y}[:len(of[0])] {
			for v, a := range at {
				a.store(of[v][i], to)
			}
		}
	}
	SUBQ(U32(all), p.left)
	JL(LabelRef("rest"))
	Label("several")
	var at []access
	for v := range p.abreast {
		at = append(at, access{simd: p.simd, disp: p.bytes * v})
	}
	several(at)
	ADDQ(U32(p.abreast*p.bytes), p.x)
	ADDQ(U32(p.abreast*p.bytes), p.y)
	SUBQ(U32(all), p.left)
	JGE(LabelRef("several"))
	Label("rest")
	ADDQ(U32(all), p.left)
	JE(LabelRef("end"))
	p.last(p.abreast, p.left, func(name string) string { return name }, func(i int, mask Register) {
		several([]access{{simd: p.simd, disp: p.bytes * i, mask: mask}})
	})
	Label("end")
	VZEROUPPER()
	RET()
}
