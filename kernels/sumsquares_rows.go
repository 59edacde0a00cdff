package kernels

// SumSquaresRows sets ofX[i] to the sum of the squares of row i of x. It sets ofNoise[i] to the sum of the
// squares of the normals that belong to the row's elements, z(at + i*Cols + j). Either may be nil. A
// corrector whose norms are taken sample by sample has its step size from the two (Song et al. 2021,
// Algorithm 4).
//
// A sum takes a row's columns in blocks of 1024. In a block, lane l = 0..7 is a chain of fma(v, v, lane) over
// the elements v of columns l, l+8, l+16 and so on. The block's sum is ((0+4)+(2+6)) + ((1+5)+(3+7)). The
// blocks' sums are added in order. With u = 2^-24, the sum over n columns is off by at most (131 + n/1024) u
// of itself, if no square is subnormal.
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
	s := squareRowsKernel.begin()
	a := &s.operands
	a.ofX, a.ofNoise, a.x = ofX, ofNoise, x
	a.noise, a.at, a.cols = n, at, x.Cols
	s.do(x.Rows, x.Cols)
}

type squareRowsOperands struct {
	ofX, ofNoise []float32
	x            Matrix
	rowNoise
}

var squareRowsKernel = onWholeRows(func(a *squareRowsOperands, p piece) {
	if a.ofX != nil {
		addSquares(p.rowsOf(a.ofX), p.of(a.x))
	}
	if a.ofNoise != nil {
		var z [pieceSize]float32
		a.normals(&z, p)
		square := Matrix{Rows: p.rows, Cols: p.cols, Stride: p.cols, Data: z[:p.rows*p.cols]}
		addSquares(p.rowsOf(a.ofNoise), square)
	}
})
