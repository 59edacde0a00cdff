package kernels

// LangevinRows is Langevin with one drift and one diffusion for each row:
//
//	t = fma(drift[i], score[i][j], x[i][j])
//	x[i][j] = fma(diffusion[i], z(at + i*Cols + j), t)
//
// With a nil diffusion the result is t, and no noise is drawn. x and score have the same shape and must not
// overlap. x overlaps neither drift nor diffusion. The index of an element does not depend on the strides.
func LangevinRows(x, score Matrix, drift, diffusion []float32, n Noise, at uint64) {
	x.check("LangevinRows", "x")
	score.checkShape("LangevinRows", "score", x.Rows, x.Cols)
	checkLen("LangevinRows", "drift", drift, x.Rows)
	checkPerRow("LangevinRows", "diffusion", diffusion, x.Rows)
	checkRowsDisjoint("LangevinRows", "x", x, "score", score)
	checkApart("LangevinRows", "x", x.region(), "drift", regionOf(drift))
	checkApart("LangevinRows", "x", x.region(), "diffusion", regionOf(diffusion))
	checkIndex("LangevinRows", at, x.Rows*x.Cols)
	s := langevinRowsKernel.begin()
	a := &s.operands
	a.x, a.score, a.drift, a.diffusion = x, score, drift, diffusion
	a.noise, a.at, a.cols = n, at, x.Cols
	s.do(x.Rows, x.Cols)
}

type langevinRowsOperands struct {
	x, score         Matrix
	drift, diffusion []float32
	rowNoise
}

var langevinRowsKernel = onRows(func(a *langevinRowsOperands, p piece) {
	x, score, drift := p.of(a.x), p.of(a.score), p.rowsOf(a.drift)
	if a.diffusion == nil {
		combineRows(x, x, score, unitFactors[:p.rows], drift) // one times x is x
		return
	}
	var z [pieceSize]float32
	a.normals(&z, p)
	langevinRows(x, score, drift, p.rowsOf(a.diffusion), z[:])
})
