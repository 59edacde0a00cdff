package kernels

import (
	"errors"
	"strings"
)

// probes are numbers that show how the processor rounds. They are variables so that the compiler does not
// compute with them, which always rounds to nearest.
var probes = struct{ one, below, above, least, large, tiny, half float64 }{
	one: 1, below: 0x1p-54, above: 0x1.8p-53, // a quarter and three quarters of the step from one upwards
	least: 0x1p-1074, large: 0x1p100, tiny: 0x1p-1022, half: 0.5,
}

// ArithmeticError returns an error if the thread at hand does not compute as the contract says: if it rounds
// another way than to nearest, or has zeros in the place of subnormal numbers. It takes a fraction of a
// microsecond.
//
// Go starts all threads as the contract has it, relies on that, and never changes it. C code may: by
// fesetround, by instructions of its own, or as a library that was linked with -ffast-math, which changes the
// thread that loads it. Then bits are others, and depend on how many cores share the work, since those have
// threads of their own. C code must set the mode back before it returns to Go, and before it calls Go.
//
// Functions of package smld that train or sample return this error.
func ArithmeticError() error {
	if nearest() && subnormal() {
		return nil
	}
	return arithmeticError()
}

// nearest reports whether sums are rounded to nearest: not up, down, or toward zero.
func nearest() bool {
	p := &probes
	return p.one+p.below == p.one && -p.one-p.below == -p.one && p.one+p.above != p.one
}

// subnormal reports whether numbers below the normal ones are what they are, as operands and as results.
func subnormal() bool {
	p := &probes
	return p.least*p.large != 0 && p.tiny*p.half != 0
}

// arithmeticError says what is wrong.
func arithmeticError() error {
	var wrong []string
	if !nearest() {
		wrong = append(wrong, "rounds another way than to nearest")
	}
	if !subnormal() {
		wrong = append(wrong, "takes subnormal numbers for zero")
	}
	return errors.New("kernels: this thread " + strings.Join(wrong, " and ") +
		": C code changed its floating-point mode (MXCSR, FPCR) and did not set it back, " +
		"or was linked with -ffast-math")
}
