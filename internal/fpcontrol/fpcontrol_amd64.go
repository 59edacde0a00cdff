//go:build !purego

package fpcontrol

// Bits of MXCSR.
const (
	flushBit = 1 << 15 // of results
	zeroBit  = 1 << 6  // for subnormal operands
	down     = 1 << 13
	up       = 2 << 13
	zero     = 3 << 13

	all     = flushBit | zeroBit | zero
	control = 0xffc0
)

// Modes are those that MXCSR has.
var Modes = []Mode{
	{"flush results to zero", flushBit}, {"take operands for zero", zeroBit},
	{"flush both", flushBit | zeroBit},
	{"round down", down}, {"round up", up}, {"round toward zero", zero},
}

// get returns MXCSR.
//
//go:noescape
func get() uint32

// set sets MXCSR.
//
//go:noescape
func set(bits uint32)
