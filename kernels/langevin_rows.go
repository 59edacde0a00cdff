package kernels

// LangevinRows is Langevin with one drift and one diffusion a row:
//
//	t = fma(drift[i], score[i][j], x[i][j])
//	x[i][j] = fma(diffusion[i], z(at + i*Cols + j), t)
//
// With a nil diffusion it stops at t and draws no noise. x and score have the same shape and must not overlap. The index
// of an element does not depend on the strides.
func LangevinRows(x, score Matrix, drift, diffusion []float32, n Noise, at uint64) {
	x.check("LangevinRows", "x")
	score.checkShape("LangevinRows", "score", x.Rows, x.Cols)
	checkLen("LangevinRows", "drift", drift, x.Rows)
	checkPerRow("LangevinRows", "diffusion", diffusion, x.Rows)
	checkRowsDisjoint("LangevinRows", "x", x, "score", score)
	checkApart("LangevinRows", "x", x.region(), "drift", regionOf(drift))
	checkApart("LangevinRows", "x", x.region(), "diffusion", regionOf(diffusion))
	checkIndex("LangevinRows", at, x.Rows*x.Cols)
	s := rowSweeps.get()
	s.op, s.dst, s.y, s.scale, s.factor, s.noise, s.at = pieceOfLangevin, x, score, drift, diffusion, n, at
	if diffusion == nil {
		s.op = pieceOfDrift
	}
	s.do(x.Rows, x.Cols, false)
}

func pieceOfLangevin(s *rowSweep, p piece) {
	var z [pieceSize]float32
	s.normals(&z, p)
	langevinRows(p.of(s.dst), p.of(s.y), p.rowsOf(s.scale), p.rowsOf(s.factor), z[:])
}

// pieceOfDrift uses that one times x is x.
func pieceOfDrift(s *rowSweep, p piece) {
	x := p.of(s.dst)
	combineRows(x, x, p.of(s.y), unitFactors[:p.rows], p.rowsOf(s.scale))
}

func langevinRowsGeneric(x, score Matrix, drift, diffusion, z []float32) {
	for i := range x.Rows {
		row := x.Row(i)
		for j, s := range score.Row(i) {
			row[j] = fma32(diffusion[i], z[j], fma32(drift[i], s, row[j]))
		}
		z = z[x.Cols:]
	}
}

// SumSquaresRows sets ofX[i] to the sum of the squares of row i of x, and ofNoise[i] to that of the normals which belong to
// its elements, z(at + i*Cols + j). Either may be nil. From the two follows the step size of a corrector whose norms are
// taken sample by sample (Song et al. 2021, Algorithm 4).
//
// A sum takes a row's columns in blocks of 1024. In a block, lane l = 0..7 is a chain of fma(v, v, lane) over the elements
// v of columns l, l+8, l+16 and so on; the block's sum is ((0+4)+(2+6)) + ((1+5)+(3+7)), and the blocks' sums are added in
// order. For n columns the sum is off by at most (131 + n/1024) u of itself, u = 2^-24, of squares that are not subnormal.
func SumSquaresRows(ofX, ofNoise []float32, x Matrix, n Noise, at uint64) {
	x.check("SumSquaresRows", "x")
	checkPerRow("SumSquaresRows", "ofX", ofX, x.Rows)
	checkPerRow("SumSquaresRows", "ofNoise", ofNoise, x.Rows)
	checkApart("SumSquaresRows", "ofX", regionOf(ofX), "x", x.region())
	checkApart("SumSquaresRows", "ofNoise", regionOf(ofNoise), "x", x.region())
	checkDisjoint("SumSquaresRows", "ofX", ofX, "ofNoise", ofNoise)
	checkIndex("SumSquaresRows", at, x.Rows*x.Cols)
	clear(ofX)
	clear(ofNoise)
	s := rowSweeps.get()
	s.op, s.x, s.sums, s.factor, s.noise, s.at = pieceOfSquares, x, ofX, ofNoise, n, at
	s.do(x.Rows, x.Cols, true)
}

func pieceOfSquares(s *rowSweep, p piece) {
	if s.sums != nil {
		addSquares(p.rowsOf(s.sums), p.of(s.x))
	}
	if s.factor != nil {
		var z [pieceSize]float32
		s.normals(&z, p)
		addSquares(p.rowsOf(s.factor), Matrix{Rows: p.rows, Cols: p.cols, Stride: p.cols, Data: z[:p.rows*p.cols]})
	}
}

// addSquaresGeneric adds a block's sum to each row's sum.
func addSquaresGeneric(sums []float32, x Matrix) {
	for i := range x.Rows {
		var lane [8]float32
		for j, v := range x.Row(i) {
			lane[j%8] = fma32(v, v, lane[j%8])
		}
		sums[i] += sumLanes(&lane)
	}
}

func sumLanes(l *[8]float32) float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}
