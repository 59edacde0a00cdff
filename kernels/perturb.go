package kernels

// AddNoiseRows is AddNoise with one sigma for each row:
//
//	dst[i][j] = fma(sigma[i], z(at + i*Cols + j), x[i][j])
//
// dst and x have the same shape and may be the same matrix; other overlaps panic. The index of an element
// does not depend on the strides.
func AddNoiseRows(dst, x Matrix, sigma []float32, n Noise, at uint64) {
	checkLen("AddNoiseRows", "sigma", sigma, dst.Rows)
	perturb("AddNoiseRows", dst, x, nil, sigma, nil, n, at)
}

// PerturbRows makes a network's input of points. It takes shift off every row, adds noise of standard
// deviation sigma[i] to row i, and scales the row:
//
//	dst[i][j] = scale[i] * fma(sigma[i], z(at + i*Cols + j), x[i][j] - shift[j])
//
// A nil shift is zero and a nil scale one. dst and x have the same shape and may be the same matrix; other
// overlaps panic. dst may have a larger stride than columns, which leaves room for the rest of an input.
func PerturbRows(dst, x Matrix, shift, sigma, scale []float32, n Noise, at uint64) {
	checkLen("PerturbRows", "sigma", sigma, dst.Rows)
	perturb("PerturbRows", dst, x, shift, sigma, scale, n, at)
}

// ScaleRows is PerturbRows without noise:
//
//	dst[i][j] = scale[i] * (x[i][j] - shift[j])
//
// where a difference of -0 counts as 0.
func ScaleRows(dst, x Matrix, shift, scale []float32) {
	perturb("ScaleRows", dst, x, shift, nil, scale, Noise{}, 0)
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
	s := perturbKernel.begin()
	a := &s.operands
	a.dst, a.x, a.shift, a.sigma, a.scale = dst, x, shift, sigma, scale
	a.noise, a.at, a.cols = n, at, dst.Cols
	s.do(dst.Rows, dst.Cols)
}

type perturbOperands struct {
	dst, x              Matrix
	shift, sigma, scale []float32
	rowNoise
}

var perturbKernel = onRows(func(a *perturbOperands, p piece) {
	normals := noFactors[:]
	var z [pieceSize]float32
	if a.sigma != nil {
		a.normals(&z, p)
		normals = z[:]
	}
	shift := noFactors[:p.cols]
	if a.shift != nil {
		shift = a.shift[p.col : p.col+p.cols]
	}
	sigma, scale := p.orElse(a.sigma, &noFactors), p.orElse(a.scale, &unitFactors)
	perturbRows(p.of(a.dst), p.of(a.x), shift, sigma, scale, normals)
})
