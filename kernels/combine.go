package kernels

// CombineRows sets
//
//	dst[i][j] = fma(b[i], y[i][j], a[i]*x[i][j])
//
// for matrices of one shape. It is, for one, the score of a preconditioned network with input x and output y.
// dst may be x or y; other overlaps panic.
func CombineRows(dst, x, y Matrix, a, b []float32) {
	dst.check("CombineRows", "dst")
	x.checkShape("CombineRows", "x", dst.Rows, dst.Cols)
	y.checkShape("CombineRows", "y", dst.Rows, dst.Cols)
	checkLen("CombineRows", "a", a, dst.Rows)
	checkLen("CombineRows", "b", b, dst.Rows)
	checkRowAlias("CombineRows", "dst", dst, "x", x)
	checkRowAlias("CombineRows", "dst", dst, "y", y)
	elements := dst.region()
	checkApart("CombineRows", "dst", elements, "a", regionOf(a))
	checkApart("CombineRows", "dst", elements, "b", regionOf(b))
	s := combineKernel.begin()
	o := &s.operands
	o.dst, o.x, o.y, o.a, o.b = dst, x, y, a, b
	s.do(dst.Rows, dst.Cols)
}

type combineOperands struct {
	dst, x, y Matrix
	a, b      []float32
}

var combineKernel = onRows(func(c *combineOperands, p piece) {
	combineRows(p.of(c.dst), p.of(c.x), p.of(c.y), p.rowsOf(c.a), p.rowsOf(c.b))
})
