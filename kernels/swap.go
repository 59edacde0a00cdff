package kernels

// Swap exchanges the elements of x and y, which have the same length. They may be the same slice; other
// overlaps panic.
func Swap(x, y []float32) {
	checkLen("Swap", "y", y, len(x))
	if !apart(x, y) {
		checkAlias("Swap", "x", x, "y", y)
	}
	switch {
	case !onePiece(len(x)):
	case direct():
		swapDirect(x, y)
		return
	default:
		swap(x, y)
		return
	}
	s := swapKernel.begin()
	s.operands.x, s.operands.y = x, y
	s.do(len(x))
}

type swapOperands[T float] struct{ x, y []T }

var swapKernel = onSlices(func(o *swapOperands[float32], from, to int) {
	swap(o.x[from:to], o.y[from:to])
})

// Swap64 is Swap for float64.
func Swap64(x, y []float64) {
	checkLen("Swap64", "y", y, len(x))
	if !apart(x, y) {
		checkAlias("Swap64", "x", x, "y", y)
	}
	switch {
	case !onePiece(len(x)):
	case direct():
		swap64Direct(x, y)
		return
	default:
		swap64(x, y)
		return
	}
	s := swapKernel64.begin()
	s.operands.x, s.operands.y = x, y
	s.do(len(x))
}

var swapKernel64 = onSlices(func(o *swapOperands[float64], from, to int) {
	swap64(o.x[from:to], o.y[from:to])
})
