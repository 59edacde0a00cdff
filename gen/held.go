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

// registers is the instruction set with the constants that the kernel being emitted holds in registers. The
// kernel holds those that it copies or uses twice, as many as there is room for. The processor reads only two
// vectors from memory in a cycle. Reading all constants from memory would take longer than the arithmetic.
var registers simd

// of returns the register that holds a constant, or where it is in memory.
func of(x float32) Op { return registers.constant(floats(x)) }

// inRegister returns a register that holds a constant.
func inRegister(x float32) VecVirtual {
	if y, ok := of(x).(VecVirtual); ok {
		return y
	}
	return registers.load(floats(x))
}

// noughts returns a register of zeros.
func noughts() VecVirtual {
	y := registers.register()
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

// held are the constants of a kernel: the few that AVX2 holds in registers, and the more for which AVX-512
// has room too.
type held struct {
	few, more []float32
	masks     []uint32
}

// and returns h with more constants.
func (h held) and(more []float32, masks ...uint32) held {
	h.more, h.masks = slices.Concat(h.more, more), slices.Concat(h.masks, masks)
	return h
}

// beginFunction begins a kernel with constants in registers.
func beginFunction(k kernel.Kernel, s simd, h held) {
	begin(k, s)
	h.hold(s)
}

// hold puts constants in registers, as many as the instruction set has room for.
func (h held) hold(s simd) {
	registers = s
	hold := func(m Mem) {
		if _, ok := registers.held[m]; !ok {
			registers = registers.hold(m)
		}
	}
	for _, x := range h.few {
		hold(floats(x))
	}
	if s.wide() {
		for _, x := range h.more {
			hold(floats(x))
		}
		for _, w := range h.masks {
			hold(ints(w))
		}
	}
}
