package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/operand"
)

const signBit64 = 1 << 63 // of a float64

// longs returns a constant with w in every lane of 64 bits.
func longs(w uint64) Mem { return splat64(fmt.Sprintf("splat_%016x", w), w) }

// doubles returns a constant with x in every lane of float64.
func doubles(x float64) Mem { return longs(math.Float64bits(x)) }
