package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// SumColumns sets dst[j] to the sum of column j, added in ascending order of rows. It is the gradient of a
// bias. dst has a.Cols elements and must not overlap a. With u = 2^-24, the error of the sum of m rows is at
// most m u/(1 - m u) of the sum of magnitudes. Gemm's figures for terms of one sign hold here too.
func SumColumns(dst []float32, a Matrix) {
	checkSumColumns("SumColumns", dst, a)
	clear(dst)
	addToRows(dst, a)
}

// AddRows adds the rows of a to dst in ascending order, dst[j] += a[i][j]. The sum of a batch may so be made
// in parts. dst has a.Cols elements and must not overlap a.
func AddRows(dst []float32, a Matrix) {
	checkSumColumns("AddRows", dst, a)
	addToRows(dst, a)
}

func checkSumColumns(function string, dst []float32, a Matrix) {
	a.check(function, "a")
	checkLen(function, "dst", dst, a.Cols)
	checkApart(function, "dst", regionOf(dst), "a", a.region())
}

// addToRows shares AddRows out among the cores.
func addToRows(dst []float32, a Matrix) {
	if a.Rows == 0 || a.Cols == 0 {
		return
	}
	if a.Cols <= sumCols || !sharesSweep(a.Rows*a.Cols) {
		sumColumns(dst, a)
		return
	}
	s := rowSums.get()
	s.dst, s.a = dst, a
	s.run(s, ceil.Div(a.Cols, sumCols), Cores())
	s.dst, s.a = nil, Matrix{}
	rowSums.put(s, 0)
}

// Work is shared out by columns, so that each column's sum keeps its order. sumCols columns are whole cache
// lines and fill the accumulators of the kernel.
const sumCols = 64

// sumBlock is how many elements one assembly call may add up: some tens of microseconds.
const sumBlock = 1 << 18

// rowSum is one sum of rows.
type rowSum struct {
	fork
	dst []float32
	a   Matrix
}

var rowSums = newFreelist[rowSum]()

func (s *rowSum) chunk(i, _ int) {
	from, to := i*sumCols, min((i+1)*sumCols, s.a.Cols)
	a := s.a
	a.Cols = to - from
	a.Data = a.Data[from:]
	sumColumns(s.dst[from:to], a)
}

// sumColumns adds the rows of a to dst, a block of rows at a time.
func sumColumns(dst []float32, a Matrix) {
	for rows := max(1, sumBlock/a.Cols); a.Rows > 0; {
		n := min(rows, a.Rows)
		addRows(dst, a.Slice(0, n))
		a = a.Slice(n, a.Rows)
	}
}
