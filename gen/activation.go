package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

var heldByLayer = heldByDecay.and([]float32{coef.LayerMax})

// activations emits the activation of layers, without its slope and with it, and the product that makes the
// backward pass of it.
func (s simd) activations() {
	s.siluLayer()
	s.siluWithSlope()
	s.hadamard()
}

func (s simd) siluLayer() {
	s = s.beginFunction(kernel.SiLULayer, heldByLayer)
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		y := s.siluTo(source{at, x}, coef.LayerMax)
		for i, a := range at {
			a.store(y[i], dst)
		}
	})
}

func (s simd) siluWithSlope() {
	s = s.beginFunction(kernel.SiLUWithSlope, heldByLayer)
	dst, slope, x := Load(Param("dst"), GP64()), Load(Param("slope"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		argument := source{at, x}
		g, scaled, v := s.siluParts(argument.load(), coef.LayerMax)
		var y vectors
		var masks []Register
		if s.masks { // a load with a mask takes no turn of the units that compute
			y, masks = s.like(g), s.notNegative(argument, s.noughts())
			y.do(func(i int) { VMOVUPS_Z(argument.vector(i), masks[i], y[i]) })
		} else {
			y = s.positivePart(argument)
		}
		g.do(func(i int) {
			VFNMADD231PS(g[i], scaled[i], y[i]) // fma(g, -scaled, max(x, 0))
			at[i].store(y[i], dst)
		})
		g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
		if s.masks {
			g = s.reflectWhere(masks, g)
		} else {
			g = s.reflect(g, argument)
		}
		g.do(func(i int) { at[i].store(g[i], slope) })
	})
}

func (s simd) hadamard() {
	begin(kernel.Hadamard, s)
	dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), 4, func(at []access) {
		y, f := source{at, dst}.load(), source{at, x}
		for i, a := range at {
			VMULPS(f.vector(i), y[i], y[i])
			a.store(y[i], dst)
		}
	})
}
