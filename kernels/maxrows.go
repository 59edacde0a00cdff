package kernels

import "math"

// MaxRows sets dst[i] to the greatest number of row i of x, and to +0 where that is a zero of either sign. It
// passes over NaN, and dst[i] is -Inf where the row has no number.
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
	rows := p.of(a.x)
	if p.cols > stretch {
		for i := range rows.Rows {
			a.dst[p.row+i] = argmaxLong(rows.Row(i))
		}
		return
	}
	var most [pieceSize]float32
	raise(most[:p.rows], rows)
	for i, m := range most[:p.rows] {
		a.dst[p.row+i] = indexOf(rows.Row(i), m)
	}
})

// stretch is how many numbers are looked at one by one for the greatest, which costs as much as to find the
// greatest of several stretches.
const stretch = 64

// argmaxLong returns the index of the first greatest number of a row, or -1. It looks for it in the first
// stretch that has it.
func argmaxLong(row []float32) int {
	greatest, from := float32(math.Inf(-1)), 0
	for i := 0; i < len(row); i += pieceSize {
		part := row[i:min(i+pieceSize, len(row))]
		whole, rest := len(part)/stretch, len(part)%stretch
		var most [pieceSize/stretch + 1]float32
		if whole > 0 {
			all := Matrix{Rows: whole, Cols: stretch, Stride: stretch, Data: part[:whole*stretch]}
			raise(most[:whole], all)
		}
		if rest > 0 {
			last := Matrix{Rows: 1, Cols: rest, Stride: rest, Data: part[whole*stretch:]}
			raise(most[whole:whole+1], last)
			whole++
		}
		for j, m := range most[:whole] {
			if m > greatest {
				greatest, from = m, i+j*stretch
			}
		}
	}
	if i := indexOf(row[from:], greatest); i >= 0 {
		return from + i
	}
	return -1
}

// raise sets most to the greatest number of each row.
func raise(most []float32, x Matrix) {
	for i := range most {
		most[i] = float32(math.Inf(-1))
	}
	maxRows(most, x)
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
