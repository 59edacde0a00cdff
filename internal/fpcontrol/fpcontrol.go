// Package fpcontrol changes how the processor rounds on the thread at hand, as C code may leave it, so that tests
// can see what follows. A program must not: Go code relies on the mode that it starts with.
package fpcontrol

import "runtime"

// Mode is a way to round, or to do with subnormal numbers, other than that of Go.
type Mode struct {
	Name string
	bits uint32
}

// Supported reports whether this build can change the mode.
func Supported() bool { return len(Modes) > 0 }

// Under calls f on a thread in a mode, which no other goroutine uses meanwhile, and sets the thread back.
func Under(m Mode, f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := Word()
	set(before&^all | m.bits)
	defer set(before)
	f()
}

// Word returns the control bits of the thread at hand, without the flags that every operation may raise.
func Word() uint32 { return get() & control }
