package kernels

// Axpby combines two vectors:
//
//	dst[i] = fma(a, x[i], b*y[i])
//
// where b*y[i] is rounded before the addition. dst, x and y have the same length. dst may be x or y; other
// overlaps panic.
func Axpby(dst []float32, a float32, x []float32, b float32, y []float32) {
	checkLen("Axpby", "x", x, len(dst))
	checkLen("Axpby", "y", y, len(dst))
	checkAlias("Axpby", "dst", dst, "x", x)
	checkAlias("Axpby", "dst", dst, "y", y)
	if onePiece(len(dst)) {
		axpby(dst, a, x, b, y)
		return
	}
	s := axpbyKernel.begin()
	o := &s.operands
	o.dst, o.a, o.x, o.b, o.y = dst, a, x, b, y
	s.do(len(dst))
}

type axpbyOperands struct {
	dst, x, y []float32
	a, b      float32
}

var axpbyKernel = onSlices(func(o *axpbyOperands, from, to int) {
	axpby(o.dst[from:to], o.a, o.x[from:to], o.b, o.y[from:to])
})

// Axpby64 is Axpby in float64.
func Axpby64(dst []float64, a float64, x []float64, b float64, y []float64) {
	checkLen("Axpby64", "x", x, len(dst))
	checkLen("Axpby64", "y", y, len(dst))
	checkAlias("Axpby64", "dst", dst, "x", x)
	checkAlias("Axpby64", "dst", dst, "y", y)
	if onePiece(len(dst)) {
		axpby64(dst, a, x, b, y)
		return
	}
	s := axpby64Kernel.begin()
	o := &s.operands
	o.dst, o.a, o.x, o.b, o.y = dst, a, x, b, y
	s.do(len(dst))
}

type axpby64Operands struct {
	dst, x, y []float64
	a, b      float64
}

var axpby64Kernel = onSlices(func(o *axpby64Operands, from, to int) {
	axpby64(o.dst[from:to], o.a, o.x[from:to], o.b, o.y[from:to])
})
