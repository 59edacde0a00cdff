package kernels

// Scale multiplies x by a number:
//
//	dst[i] = a * x[i]
//
// dst and x have the same length and may be the same slice; other overlaps panic.
func Scale(dst []float32, a float32, x []float32) {
	checkLen("Scale", "x", x, len(dst))
	if !apart(dst, x) {
		checkAlias("Scale", "dst", dst, "x", x)
	}
	switch {
	case !onePiece(len(dst)):
	case direct() && oneBlock(len(dst)): // longer ones are not the widest registers'
		scaleDirect(dst, a, x)
		return
	default:
		scale(dst, a, x)
		return
	}
	s := scaleKernel.begin()
	o := &s.operands
	o.y, o.a, o.x = dst, a, x
	s.do(len(dst))
}

var scaleKernel = onSlices(func(o *axpyOperands[float32], from, to int) {
	scale(o.y[from:to], o.a, o.x[from:to])
})

// Scale64 is Scale in float64.
func Scale64(dst []float64, a float64, x []float64) {
	checkLen("Scale64", "x", x, len(dst))
	if !apart(dst, x) {
		checkAlias("Scale64", "dst", dst, "x", x)
	}
	switch {
	case !onePiece(len(dst)):
	case direct() && oneBlock(len(dst)): // longer ones are not the widest registers'
		scale64Direct(dst, a, x)
		return
	default:
		scale64(dst, a, x)
		return
	}
	s := scaleKernel64.begin()
	o := &s.operands
	o.y, o.a, o.x = dst, a, x
	s.do(len(dst))
}

var scaleKernel64 = onSlices(func(o *axpyOperands[float64], from, to int) {
	scale64(o.y[from:to], o.a, o.x[from:to])
})
