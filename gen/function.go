package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

const signBit = 1 << 31 // of a float32

// Predicates of VCMPPS, false for NaN but for those with a not.
const (
	compareEqual      = 0
	compareLess       = 1
	compareLE         = 2
	compareNotLess    = 5
	compareNotGreater = 10
)

// abreast is how many vectors go through a function side by side, so that the processor more often finds an
// instruction that waits for no other.
const abreast = 2

// vectors are those that go through a function side by side.
type vectors []VecVirtual

// source is where the vectors of a function's argument are. Reading them again is cheaper than keeping them,
// since registers are few.
type source struct {
	at []access
	x  Register
}

// load reads the vectors into new registers.
func (s source) load() vectors {
	var v vectors
	for _, a := range s.at {
		v = append(v, a.load(s.x))
	}
	return v
}

// vector returns vector i as an operand, in memory unless it is masked.
func (s source) vector(i int) Op {
	if a := s.at[i]; a.mask == nil {
		return a.at(s.x)
	}
	return s.at[i].load(s.x)
}

// once returns a function of the argument's vectors as one of its source.
func once(f func(x vectors) vectors) func(x source) vectors {
	return func(x source) vectors { return f(x.load()) }
}

// functionProgram is the program of a function, with the constants that it holds.
type functionProgram struct {
	of   func(x source) vectors
	held held
}

// values and slopes are the programs of the functions of a network and of the derivatives of those that have
// a backward pass.
var (
	values = map[string]functionProgram{
		"exp": {once(exp), heldByExp}, "log": {log, heldByLog}, "sigmoid": {sigmoid, heldByDecay},
		"softplus": {softplus, heldBySoftplus}, "tanh": {tanh, heldByTanh},
		"elu": {elu, heldByELU}, "silu": {silu, heldByDecay},
	}
	slopes = map[string]functionProgram{
		"sigmoid": {sigmoidSlope, heldByDecay}, "softplus": {sigmoid, heldByDecay},
		"tanh": {tanhSlope, heldByDecay}, "elu": {once(eluSlope), heldByExp},
		"silu": {siluSlope, heldByDecay},
	}
)

// functions emits the functions of a network and the backward passes of those that have one.
func (s simd) functions() {
	for _, f := range kernel.Functions {
		program, ok := values[f.Name]
		if !ok {
			continue // check says so
		}
		beginFunction(f.Value(), s, program.held)
		dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(source{at, x})
			for i, a := range at {
				a.store(y[i], dst)
			}
		})
	}
	for _, f := range kernel.Functions {
		program, ok := slopes[f.Name]
		if !ok {
			continue
		}
		beginFunction(f.Slope(), s, program.held)
		dst, dy, x := Load(Param("dst"), GP64()), Load(Param("dy"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(source{at, x})
			for i, a := range at {
				g := a.load(dy)
				VMULPS(y[i], g, g)
				a.store(g, dst)
			}
		})
	}
}

// activations emits the activation of layers, without its slope and with it, and the product that makes the
// backward pass of it.
func (s simd) activations() {
	heldByLayer := heldByDecay.and([]float32{coef.LayerMax})
	beginFunction(kernel.SiLULayer, s, heldByLayer)
	to, from := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		y := siluTo(source{at, from}, coef.LayerMax)
		for i, a := range at {
			a.store(y[i], to)
		}
	})
	beginFunction(kernel.SiLUWithSlope, s, heldByLayer)
	dst, slope, x := Load(Param("dst"), GP64()), Load(Param("slope"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
		argument := source{at, x}
		g, scaled, v := siluParts(argument.load(), coef.LayerMax)
		var y vectors
		var masks []Register
		if s.wide() { // a load with a mask takes no turn of the units that compute
			y, masks = g.like(), notNegative(argument, noughts())
			y.do(func(i int) { VMOVUPS_Z(argument.vector(i), masks[i], y[i]) })
		} else {
			y = positivePart(argument)
		}
		g.do(func(i int) {
			VFNMADD231PS(g[i], scaled[i], y[i]) // fma(g, -scaled, max(x, 0))
			at[i].store(y[i], dst)
		})
		g.do(func(i int) { VMULPS(v[i], g[i], g[i]) })
		if s.wide() {
			g = reflectWhere(masks, g)
		} else {
			g = reflect(g, argument)
		}
		g.do(func(i int) { at[i].store(g[i], slope) })
	})
	begin(kernel.Hadamard, s)
	dst, x = Load(Param("dst"), GP64()), Load(Param("x"), GP64())
	s.elementwiseAbreast(Load(Param("n"), GP64()), 4, func(at []access) {
		y, f := source{at, dst}.load(), source{at, x}
		for i, a := range at {
			VMULPS(f.vector(i), y[i], y[i])
			a.store(y[i], dst)
		}
	})
}

// like returns as many new registers.
func (v vectors) like() vectors {
	w := make(vectors, len(v))
	for i := range w {
		w[i] = registers.register()
	}
	return w
}

// do emits the instructions of a step for each vector.
func (v vectors) do(step func(i int)) {
	for i := range v {
		step(i)
	}
}

// polynomial is horner.
func (v vectors) polynomial(c []float32) vectors {
	y := v.like()
	top := of(c[len(c)-1])
	v.do(func(i int) { VMOVUPS(top, y[i]) })
	for k := len(c) - 2; k >= 0; k-- {
		next := of(c[k])
		v.do(func(i int) { VFMADD213PS(next, v[i], y[i]) })
	}
	return y
}
