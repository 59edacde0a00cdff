package kernels

import "math"

// LogSumExpRows sets dst[i] to the logarithm of the sum of the exponentials of row i of x:
//
//	most = max of x[i][j] over j, or zero where that is infinite
//	dst[i] = most + log(sum of exp(x[i][j] - most) over j)
//
// The exponentials and their sum are those of SoftmaxRows, and the logarithm is that of Log. With n columns
// and u = 2^-24, dst[i] is off by at most (|dst[i]| + 3 ln n + 136 + n/1024) u. It is -Inf where there is no
// column or all are -Inf, +Inf where one is +Inf, and NaN where one is NaN. dst and x may not overlap.
func LogSumExpRows(dst []float32, x Matrix) {
	x.check("LogSumExpRows", "x")
	checkLen("LogSumExpRows", "dst", dst, x.Rows)
	checkApart("LogSumExpRows", "dst", regionOf(dst), "x", x.region())
	for i := range dst {
		dst[i] = float32(math.Inf(-1))
	}
	s := logSumExpKernel.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(x.Rows, x.Cols)
}

var logSumExpKernel = onBands(func(a *maxRowsOperands, p piece) {
	most := p.rowsOf(a.dst)
	var sums, exponentials [pieceSize]float32
	for i := range p.blocks() {
		maxRows(most, p.block(i).of(a.x))
	}
	for i, m := range most {
		if m-m != 0 {
			most[i] = 0
		}
	}
	for i := range p.blocks() {
		b := p.block(i)
		to := Matrix{Rows: b.rows, Cols: b.cols, Stride: b.cols, Data: exponentials[:b.rows*b.cols]}
		expRows(to, b.of(a.x), most, sums[:p.rows])
	}
	evaluate(logFunction, sums[:p.rows], sums[:p.rows])
	for i, l := range sums[:p.rows] {
		most[i] += l
	}
})
