package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

func init() { more = append(more, simd.functions64, simd.roots) }

// functions64 emits the functions of float64.
func (s simd) functions64() {
	s = s.in(double)
	s.function64(kernel.Exp64, heldByExp64, once(simd.exp64))
	s.function64(kernel.Log64, heldByLog64, simd.log64)
	s.function64(kernel.Sigmoid64, heldBySigmoid64, simd.sigmoid64)
	s.function64(kernel.Tanh64, heldByTanh64, simd.tanh64)
}

func (s simd) function64(k kernel.Kernel, h heldDoubles, program func(s simd, x source) vectors) {
	begin(k, s)
	s = h.in(s)
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		y := program(s, source{at, x})
		for i, a := range at {
			a.store(y[i], dst)
		}
	})
}

// roots emits the square roots of both types.
func (s simd) roots() {
	s.root(kernel.Sqrt, VSQRTPS)
	s.in(double).root(kernel.Sqrt64, VSQRTPD)
}

func (s simd) root(k kernel.Kernel, sqrt func(ops ...Op)) {
	begin(k, s)
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		from := source{at, x}
		for i, a := range at {
			y := a.register()
			sqrt(from.vector(i), y)
			a.store(y, dst)
		}
	})
}

// heldDoubles are the constants of a function of float64 that it holds in registers, as held are.
type heldDoubles struct{ few, more []float64 }

var (
	heldByExp64 = heldDoubles{
		few: []float64{coef.RoundMagicDouble + 2*coef.ExponentBiasDouble},
		more: append([]float64{coef.ExpMinDouble, coef.ExpMaxDouble, math.Log2E, -coef.Ln2HiDouble,
			-coef.Ln2LoDouble, 1}, coef.Expm1Double[:]...),
	}
	heldByLog64 = heldDoubles{
		more: append([]float64{0.5, 1, -1, 2, 2 * math.Float64frombits(coef.SqrtHalfDoubleBits),
			coef.Ln2HiDouble, -coef.Ln2HiDouble, coef.Ln2LoDouble}, coef.AtanhDouble[:]...),
	}
	heldBySigmoid64 = heldDoubles{
		few: []float64{sigmoidMagic},
		more: append([]float64{1, coef.SigmoidScale, -math.Log2E, coef.Ln2HiDouble, coef.Ln2LoDouble,
			-coef.ExpMinDouble}, coef.SigmoidExpm1[:]...),
	}
	heldByTanh64 = heldDoubles{
		few: []float64{coef.RoundMagicDouble + coef.ExponentBiasDouble},
		more: append([]float64{math.Log2E, -coef.Ln2HiDouble, -coef.Ln2LoDouble, 1, -1, 2},
			coef.Expm1Double[:]...),
	}
)

// in returns the set with constants in registers, as many as it has room for.
func (h heldDoubles) in(s simd) simd {
	for _, x := range h.few {
		s = s.hold(doubles(x))
	}
	if s.registers < 32 {
		return s
	}
	for _, x := range h.more {
		s = s.hold(doubles(x))
	}
	return s
}
