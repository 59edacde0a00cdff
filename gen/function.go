package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
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
func once(f func(s simd, x vectors) vectors) func(s simd, x source) vectors {
	return func(s simd, x source) vectors { return f(s, x.load()) }
}

// functionProgram is the program of a function, with the constants that it holds.
type functionProgram struct {
	of   func(s simd, x source) vectors
	held held
}

// values and slopes are the programs of the functions of a network and of the derivatives of those that have
// a backward pass.
var (
	values = map[string]functionProgram{
		"exp": {once(simd.exp), heldByExp}, "log": {simd.log, heldByLog},
		"sigmoid": {simd.sigmoid, heldByDecay}, "softplus": {simd.softplus, heldBySoftplus},
		"tanh": {simd.tanh, heldByTanh}, "elu": {simd.elu, heldByELU}, "silu": {simd.silu, heldByDecay},
	}
	slopes = map[string]functionProgram{
		"sigmoid": {simd.sigmoidSlope, heldByDecay}, "softplus": {simd.sigmoid, heldByDecay},
		"tanh": {simd.tanhSlope, heldByDecay}, "elu": {once(simd.eluSlope), heldByExp},
		"silu": {simd.siluSlope, heldByDecay},
	}
)

// functions emits the functions of a network and the backward passes of those that have one.
func (s simd) functions() {
	for _, f := range kernel.Functions {
		program, ok := values[f.Name]
		if !ok {
			continue // check says so
		}
		s := s.beginFunction(f.Value(), program.held)
		dst, x := Load(Param("dst"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(s, source{at, x})
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
		s := s.beginFunction(f.Slope(), program.held)
		dst, dy, x := Load(Param("dst"), GP64()), Load(Param("dy"), GP64()), Load(Param("x"), GP64())
		s.elementwiseAbreast(Load(Param("n"), GP64()), abreast, func(at []access) {
			y := program.of(s, source{at, x})
			for i, a := range at {
				g := a.load(dy)
				VMULPS(y[i], g, g)
				a.store(g, dst)
			}
		})
	}
}

// like returns as many new registers.
func (s simd) like(v vectors) vectors { return s.several(len(v)) }

// do emits the instructions of a step for each vector.
func (v vectors) do(step func(i int)) {
	for i := range v {
		step(i)
	}
}

// horner is the definition's horner.
func (s simd) horner(x vectors, c []float32) vectors {
	y := s.like(x)
	top := s.of(c[len(c)-1])
	x.do(func(i int) { VMOVUPS(top, y[i]) })
	for k := len(c) - 2; k >= 0; k-- {
		next := s.of(c[k])
		x.do(func(i int) { VFMADD213PS(next, x[i], y[i]) })
	}
	return y
}
