package neon

import (
	"math"

	. "github.com/seed964deb49/langevin/gen/arm64"
)

const signBit64 = 1 << 63 // of a float64

// longs and doubles return where a constant of 64 bits is.
func (p pool) longs(w uint64) Mem {
	return Words(p.table, [4]uint32{uint32(w), uint32(w >> 32), uint32(w), uint32(w >> 32)})
}
func (p pool) doubles(x float64) Mem { return p.longs(math.Float64bits(x)) }
