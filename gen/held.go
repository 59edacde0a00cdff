package main

import (
	"math"
	"slices"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"

	"github.com/seed964deb49/langevin/gen/kernel"
	"github.com/seed964deb49/langevin/internal/coef"
)

// of returns the register that holds a constant, or where it is in memory.
func (s simd) of(x float32) Op { return s.constant(floats(x)) }

// inRegister returns a register that holds a constant.
func (s simd) inRegister(x float32) VecVirtual {
	if y, ok := s.of(x).(VecVirtual); ok {
		return y
	}
	return s.load(floats(x))
}

// noughts returns a register of zeros.
func (s simd) noughts() VecVirtual {
	y := s.register()
	VXORPS(y, y, y)
	return y
}

// decayMagic is the magic number of decay.
const decayMagic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift

var (
	topOfExpm1 = coef.Expm1[len(coef.Expm1)-1]
	topOfDecay = coef.DecayExpm1[len(coef.DecayExpm1)-1]

	heldByExp = held{
		few:  []float32{coef.RoundMagic + 2*coef.ExponentBias, topOfExpm1, coef.ExpMin, coef.ExpMax},
		more: append([]float32{coef.Log2E, -coef.Ln2Hi, -coef.Ln2Lo, 1}, coef.Expm1[:]...),
	}
	heldByParts = held{
		few:  []float32{coef.RoundMagic + coef.ExponentBias, topOfExpm1},
		more: append([]float32{coef.Log2E, -coef.Ln2Hi, -coef.Ln2Lo, -1}, coef.Expm1[:]...),
	}
	heldByDecay = held{
		few: []float32{decayMagic, 1, topOfDecay, coef.DecayFar},
		more: append([]float32{
			-coef.Log2E, coef.Ln2Hi, coef.Ln2Lo, coef.DecayNear, coef.DecayScale, coef.DecayMax,
		}, coef.DecayExpm1[:]...),
		masks: []uint32{signBit - 1},
	}
	heldBySoftplus = heldByDecay.and(append([]float32{0.5}, coef.Atanh[:]...))
	heldByTanh     = heldByParts.and([]float32{2, coef.TanhMax}, signBit-1, signBit)
	heldByELU      = heldByParts.and([]float32{coef.Expm1Min})
	heldByLog      = held{
		more: append([]float32{0.5, 1, -1, 2 * math.Float32frombits(coef.SqrtHalfBits),
			coef.Ln2Hi, -coef.Ln2Hi, coef.Ln2Lo}, coef.Log1p[:]...),
		masks: []uint32{specialsOfLog},
	}
)

// held are the constants that a kernel holds in registers. The kernel holds those that it copies or uses
// twice, as many as there is room for. A few have room among sixteen registers, more among thirty-two. The
// processor reads only two vectors from memory in a cycle. Reading all constants from memory would take
// longer than the arithmetic.
type held struct {
	few, more []float32
	masks     []uint32
}

// and returns h with more constants.
func (h held) and(more []float32, masks ...uint32) held {
	h.more, h.masks = slices.Concat(h.more, more), slices.Concat(h.masks, masks)
	return h
}

// beginFunction begins a kernel, and returns the set with constants in registers.
func (s simd) beginFunction(k kernel.Kernel, h held) simd {
	begin(k, s)
	return h.in(s)
}

// in returns the set with constants in registers, as many as it has room for.
func (h held) in(s simd) simd {
	for _, x := range h.few {
		s = s.hold(floats(x))
	}
	if s.registers < 32 {
		return s
	}
	for _, x := range h.more {
		s = s.hold(floats(x))
	}
	for _, w := range h.masks {
		s = s.hold(ints(w))
	}
	return s
}
