package kernels

// Axpy adds a times x to y:
//
//	y[i] = fma(a, x[i], y[i])
//
// y and x have the same length and may be the same slice; other overlaps panic.
func Axpy(y []float32, a float32, x []float32) {
	checkLen("Axpy", "x", x, len(y))
	if !apart(y, x) {
		checkAlias("Axpy", "y", y, "x", x)
	}
	switch {
	case !onePiece(len(y)):
	case direct() && oneBlock(len(y)): // longer ones are not the widest registers'
		axpyDirect(y, a, x)
		return
	default:
		axpy(y, a, x)
		return
	}
	s := axpyKernel.begin()
	o := &s.operands
	o.y, o.a, o.x = y, a, x
	s.do(len(y))
}

type axpyOperands[T float] struct {
	y, x []T
	a    T
}

var axpyKernel = onSlices(func(o *axpyOperands[float32], from, to int) {
	axpy(o.y[from:to], o.a, o.x[from:to])
})

// Axpy64 is Axpy in float64.
func Axpy64(y []float64, a float64, x []float64) {
	checkLen("Axpy64", "x", x, len(y))
	if !apart(y, x) {
		checkAlias("Axpy64", "y", y, "x", x)
	}
	switch {
	case !onePiece(len(y)):
	case direct() && oneBlock(len(y)): // longer ones are not the widest registers'
		axpy64Direct(y, a, x)
		return
	default:
		axpy64(y, a, x)
		return
	}
	s := axpyKernel64.begin()
	o := &s.operands
	o.y, o.a, o.x = y, a, x
	s.do(len(y))
}

var axpyKernel64 = onSlices(func(o *axpyOperands[float64], from, to int) {
	axpy64(o.y[from:to], o.a, o.x[from:to])
})
