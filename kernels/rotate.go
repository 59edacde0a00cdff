package kernels

import "unsafe"

// Rotate turns the points (x[i], y[i]) by a plane rotation:
//
//	x[i], y[i] = fma(c, x[i], s*y[i]), fma(c, y[i], -s*x[i])
//
// where the products with s are rounded before the additions. x and y have the same length and must not
// overlap.
func Rotate(x, y []float32, c, s float32) {
	checkLen("Rotate", "y", y, len(x))
	if unsafe.SliceData(x) == unsafe.SliceData(y) || !apart(x, y) {
		checkDisjoint("Rotate", "x", x, "y", y)
	}
	switch {
	case !onePiece(len(x)):
	case direct():
		rotateDirect(x, y, c, s)
		return
	default:
		rotate(x, y, c, s)
		return
	}
	call := rotateKernel.begin()
	o := &call.operands
	o.x, o.y, o.c, o.s = x, y, c, s
	call.do(len(x))
}

type rotateOperands[T float] struct {
	x, y []T
	c, s T
}

var rotateKernel = onSlices(func(o *rotateOperands[float32], from, to int) {
	rotate(o.x[from:to], o.y[from:to], o.c, o.s)
})

// Rotate64 is Rotate in float64.
func Rotate64(x, y []float64, c, s float64) {
	checkLen("Rotate64", "y", y, len(x))
	if unsafe.SliceData(x) == unsafe.SliceData(y) || !apart(x, y) {
		checkDisjoint("Rotate64", "x", x, "y", y)
	}
	switch {
	case !onePiece(len(x)):
	case direct():
		rotate64Direct(x, y, c, s)
		return
	default:
		rotate64(x, y, c, s)
		return
	}
	call := rotateKernel64.begin()
	o := &call.operands
	o.x, o.y, o.c, o.s = x, y, c, s
	call.do(len(x))
}

var rotateKernel64 = onSlices(func(o *rotateOperands[float64], from, to int) {
	rotate64(o.x[from:to], o.y[from:to], o.c, o.s)
})
