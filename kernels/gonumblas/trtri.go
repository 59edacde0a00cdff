package gonumblas

import "gonum.org/v1/gonum/blas"

// Dtrtri replaces a triangle of order n by its inverse, and reports whether there is one.
func (Lapack) Dtrtri(ul blas.Uplo, d blas.Diag, n int, a []float64, lda int) (ok bool) {
	x := block64{a, lda}
	demandUplo(ul)
	demand(d == blas.NonUnit || d == blas.Unit, "bad Diag")
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	if n == 0 {
		return true
	}
	x.demandElements(n, n, "a")
	if d == blas.NonUnit && !hasInverse(x, n) {
		return false
	}
	invertTriangle(x, ul, d, n)
	return true
}

// hasInverse reports whether no diagonal element of a triangle is zero.
func hasInverse(x block64, n int) bool {
	for i := range n {
		if x.data[i*(x.stride+1)] == 0 {
			return false
		}
	}
	return true
}

// invertTriangle is Dtrtri by halves. The square between them is multiplied by the inverse of one, and solved
// with the other before that is inverted.
func invertTriangle(x block64, ul blas.Uplo, d blas.Diag, n int) {
	switch {
	case n > smallTriangle:
	case ul == blas.Upper:
		invertSmallUpper(x, d == blas.Unit, n)
		return
	default:
		invertSmallLower(x, d == blas.Unit, n)
		return
	}
	i := (n/2 + 7) &^ 7
	first, second, square, rows, cols := x, x.at(i, i), x.at(0, i), i, n-i
	if ul == blas.Lower {
		first, second, square, rows, cols = second, first, x.at(i, 0), cols, rows
	}
	var f Float64
	invertTriangle(first, ul, d, rows)
	f.Dtrmm(blas.Left, ul, blas.NoTrans, d, rows, cols, -1, first.data, x.stride, square.data, x.stride)
	f.Dtrsm(blas.Right, ul, blas.NoTrans, d, rows, cols, 1, second.data, x.stride, square.data, x.stride)
	invertTriangle(second, ul, d, cols)
}

// invertSmallUpper makes each row of the inverse of those after it.
func invertSmallUpper(x block64, unit bool, n int) {
	var old [smallTriangle]float64
	for i := n - 1; i >= 0; i-- {
		row := x.row(i, n)[i:]
		factor := -1.0
		if !unit {
			row[0] = 1 / row[0]
			factor = -row[0]
		}
		row = row[1:]
		u := old[:copy(old[:], row)]
		clear(row)
		for k, v := range u {
			addInverseRow(row[k:], v, x.row(i+1+k, n)[i+1+k:], 0, unit)
		}
		for j := range row {
			row[j] *= factor
		}
	}
}

// invertSmallLower makes each row of the inverse of those before it.
func invertSmallLower(x block64, unit bool, n int) {
	var old [smallTriangle]float64
	for i := range n {
		row := x.row(i, i+1)
		factor := -1.0
		if !unit {
			row[i] = 1 / row[i]
			factor = -row[i]
		}
		row = row[:i]
		u := old[:copy(old[:], row)]
		clear(row)
		for k, v := range u {
			addInverseRow(row[:k+1], v, x.row(k, k+1), k, unit)
		}
		for j := range row {
			row[j] *= factor
		}
	}
}

// addInverseRow adds v times a row of a triangle to x. Its diagonal element, which is 1 if unit, has the index d.
func addInverseRow(x []float64, v float64, row []float64, d int, unit bool) {
	own := x[d]
	row = row[:len(x)]
	for j := range x {
		x[j] += float64(v * row[j])
	}
	if unit {
		x[d] = own + v
	}
}

// Dtrtrs solves op(A)*X = B with a triangle A of order n, and reports whether A has an inverse. X replaces B,
// which is n by nrhs.
func (Lapack) Dtrtrs(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, nrhs int, a []float64, lda int, b []float64, ldb int,
) (ok bool) {
	x, y := block64{a, lda}, block64{b, ldb}
	demandUplo(ul)
	demandTranspose(tA)
	demand(d == blas.NonUnit || d == blas.Unit, "bad Diag")
	demand(n >= 0, "n < 0")
	demand(nrhs >= 0, "nrhs < 0")
	x.demandStride(n, "A")
	y.demandStride(nrhs, "B")
	if n == 0 {
		return true
	}
	x.demandElements(n, n, "a")
	y.demandElements(n, nrhs, "b")
	if d == blas.NonUnit && !hasInverse(x, n) {
		return false
	}
	if nrhs > 0 {
		solveTriangle(ul, tA, d, n, nrhs, x, y)
	}
	return true
}

func demandTranspose(t blas.Transpose) {
	demand(t == blas.NoTrans || t == blas.Trans || t == blas.ConjTrans, "bad Trans")
}
