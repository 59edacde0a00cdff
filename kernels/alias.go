package kernels

import (
	"fmt"
	"unsafe"
)

// overlap reports whether x and y share memory.
func overlap[T float](x, y []T) bool {
	return len(x) > 0 && len(y) > 0 &&
		uintptr(unsafe.Pointer(&x[0])) <= uintptr(unsafe.Pointer(&y[len(y)-1])) &&
		uintptr(unsafe.Pointer(&y[0])) <= uintptr(unsafe.Pointer(&x[len(x)-1]))
}

// checkAlias panics when dst and src share memory without being the same elements: an element-wise kernel may work
// in place, but not on a shifted copy of itself.
func checkAlias(function, dstName string, dst []float32, srcName string, src []float32) {
	if overlap(dst, src) && &dst[0] != &src[0] {
		panicShifted(function, dstName, srcName)
	}
}

func panicShifted(function, dstName, srcName string) {
	panic(fmt.Sprintf("kernels: %s: %s and %s overlap without starting at the same element", function, dstName, srcName))
}

// checkDisjoint panics when dst and src share memory.
func checkDisjoint[T float](function, dstName string, dst []T, srcName string, src []T) {
	if overlap(dst, src) {
		panicOverlap(function, dstName, srcName)
	}
}

func panicOverlap(function, dstName, srcName string) {
	panic(fmt.Sprintf("kernels: %s: %s overlaps %s", function, dstName, srcName))
}

// checkLen panics unless x has n elements.
func checkLen(function, name string, x []float32, n int) {
	if len(x) != n {
		panic(fmt.Sprintf("kernels: %s: %s has length %d, want %d", function, name, len(x), n))
	}
}
