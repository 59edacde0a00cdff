package kernels

// AddNoiseRows is AddNoise with one sigma a row:
//
//	dst[i][j] = fma(sigma[i], z(at + i*Cols + j), x[i][j])
//
// dst and x have the same shape and may be the same matrix; other overlaps panic. The index of an element does not
// depend on the strides.
func AddNoiseRows(dst, x Matrix, sigma []float32, n Noise, at uint64) {
	checkLen("AddNoiseRows", "sigma", sigma, dst.Rows)
	perturb("AddNoiseRows", dst, x, nil, sigma, nil, n, at)
}

// PerturbRows makes a network's input of points: it takes shift off every row, adds noise of standard deviation sigma[i]
// to row i, and scales it,
//
//	dst[i][j] = scale[i] * fma(sigma[i], z(at + i*Cols + j), x[i][j] - shift[j])
//
// A nil shift is zero and a nil scale one; with a nil sigma there is no noise, and z is taken to be zero as sigma is. dst
// and x have the same shape and may be the same matrix; other overlaps panic. dst may have a larger stride than columns,
// for what else belongs to an input.
func PerturbRows(dst, x Matrix, shift, sigma, scale []float32, n Noise, at uint64) {
	perturb("PerturbRows", dst, x, shift, sigma, scale, n, at)
}

func perturb(function string, dst, x Matrix, shift, sigma, scale []float32, n Noise, at uint64) {
	dst.check(function, "dst")
	x.checkShape(function, "x", dst.Rows, dst.Cols)
	checkPerRow(function, "sigma", sigma, dst.Rows)
	checkPerRow(function, "scale", scale, dst.Rows)
	if shift != nil {
		checkLen(function, "shift", shift, dst.Cols)
	}
	checkRowAlias(function, "dst", dst, "x", x)
	elements := dst.region()
	checkApart(function, "dst", elements, "shift", regionOf(shift))
	checkApart(function, "dst", elements, "sigma", regionOf(sigma))
	checkApart(function, "dst", elements, "scale", regionOf(scale))
	checkIndex(function, at, dst.Rows*dst.Cols)
	s := rowSweeps.get()
	s.op, s.dst, s.x, s.shift, s.factor, s.scale, s.noise, s.at = pieceOfPerturb, dst, x, shift, sigma, scale, n, at
	s.do(dst.Rows, dst.Cols, false)
}

func pieceOfPerturb(s *rowSweep, p piece) {
	normals := noFactors[:]
	var z [pieceSize]float32
	if s.factor != nil {
		s.normals(&z, p)
		normals = z[:]
	}
	shift := noFactors[:p.cols]
	if s.shift != nil {
		shift = s.shift[p.col : p.col+p.cols]
	}
	perturbRows(p.of(s.dst), p.of(s.x), shift, p.orElse(s.factor, &noFactors), p.orElse(s.scale, &unitFactors), normals)
}

func perturbRowsGeneric(dst, x Matrix, shift, sigma, scale, z []float32) {
	for i := range dst.Rows {
		to := dst.Row(i)
		for j, x := range x.Row(i) {
			to[j] = scale[i] * fma32(sigma[i], z[j], x-shift[j])
		}
		z = z[dst.Cols:]
	}
}

// CombineRows sets
//
//	dst[i][j] = fma(b[i], y[i][j], a[i]*x[i][j])
//
// for matrices of one shape: the score of a preconditioned network y whose input was x, for one. dst may be x or y; other
// overlaps panic.
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
	s := rowSweeps.get()
	s.op, s.dst, s.x, s.y, s.scale, s.factor = pieceOfCombine, dst, x, y, a, b
	s.do(dst.Rows, dst.Cols, false)
}

func pieceOfCombine(s *rowSweep, p piece) {
	combineRows(p.of(s.dst), p.of(s.x), p.of(s.y), p.rowsOf(s.scale), p.rowsOf(s.factor))
}

func combineRowsGeneric(dst, x, y Matrix, a, b []float32) {
	for i := range dst.Rows {
		to, y := dst.Row(i), y.Row(i)
		for j, x := range x.Row(i) {
			to[j] = fma32(b[i], y[j], float32(a[i]*x))
		}
	}
}
