package kernels

import "math"

// MaxRows sets dst[i] to the greatest number of row i of x, of zeros the positive one. It passes over NaN,
// and dst[i] is -Inf where the row has no number.
func MaxRows(dst []float32, x Matrix) {
	x.check("MaxRows", "x")
	checkLen("MaxRows", "dst", dst, x.Rows)
	checkApart("MaxRows", "dst", regionOf(dst), "x", x.region())
	for i := range dst {
		dst[i] = float32(math.Inf(-1))
	}
	s := maxRowsKernel.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(x.Rows, x.Cols)
}

type maxRowsOperands struct {
	dst []float32
	x   Matrix
}

var maxRowsKernel = onWholeRows(func(a *maxRowsOperands, p piece) {
	maxRows(p.rowsOf(a.dst), p.of(a.x))
})

// ArgmaxRows sets dst[i] to the column of the greatest number of row i of x, of equal ones the first. Zeros
// of either sign are equal. It passes over NaN, and dst[i] is -1 where the row has no number.
func ArgmaxRows(dst []int, x Matrix) {
	x.check("ArgmaxRows", "x")
	if len(dst) != x.Rows {
		panicLen("ArgmaxRows", "dst", len(dst), x.Rows)
	}
	for i := range dst {
		dst[i] = -1
	}
	s := argmaxRowsKernel.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(x.Rows, x.Cols)
}

type argmaxRowsOperands struct {
	dst []int
	x   Matrix
}

var argmaxRowsKernel = onBands(func(a *argmaxRowsOperands, p piece) {
	if p.cols > pieceSize {
		a.dst[p.row] = argmaxLong(p.of(a.x).Row(0))
		return
	}
	var most [pieceSize]float32
	for i := range most[:p.rows] {
		most[i] = float32(math.Inf(-1))
	}
	rows := p.of(a.x)
	maxRows(most[:p.rows], rows)
	for i, m := range most[:p.rows] {
		a.dst[p.row+i] = indexOf(rows.Row(i), m)
	}
})

// argmaxLong returns the index of the first greatest number of a row, or -1. It looks for it in the first of
// the row's stretches that has it.
func argmaxLong(row []float32) int {
	most, from := float32(math.Inf(-1)), 0
	for i := 0; i < len(row); i += pieceSize {
		part := row[i:min(i+pieceSize, len(row))]
		m := [1]float32{most}
		maxRows(m[:], Matrix{Rows: 1, Cols: len(part), Stride: len(part), Data: part})
		if m[0] > most {
			most, from = m[0], i
		}
	}
	if i := indexOf(row[from:], most); i >= 0 {
		return from + i
	}
	return -1
}

// indexOf returns the first index of a number, or -1.
func indexOf(x []float32, v float32) int {
	for i, w := range x {
		if w == v {
			return i
		}
	}
	return -1
}
