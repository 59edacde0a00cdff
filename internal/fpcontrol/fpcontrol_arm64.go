//go:build !purego

package fpcontrol

// Bits of FPCR.
const (
	flushBit = 1 << 24 // of operands and results
	up       = 1 << 22
	down     = 2 << 22
	zero     = 3 << 22

	all     = flushBit | zero
	control = 0x07ffffff
)

// Modes are those that every FPCR has.
var Modes = []Mode{
	{"flush both", flushBit}, {"round down", down}, {"round up", up}, {"round toward zero", zero},
}

// get returns FPCR.
//
//go:noescape
func get() uint32

// set sets FPCR.
//
//go:noescape
func set(bits uint32)
