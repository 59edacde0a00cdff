package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgetrs solves op(A)*X = B with the factorization of A of order n that Dgetrf made. X replaces B, which is n by
// nrhs.
func (Lapack) Dgetrs(
	tA blas.Transpose, n, nrhs int, a []float64, lda int, ipiv []int, b []float64, ldb int,
) {
	x, y := block64{a, lda}, block64{b, ldb}
	demandTranspose(tA)
	demand(n >= 0, "n < 0")
	demand(nrhs >= 0, "nrhs < 0")
	x.demandStride(n, "A")
	y.demandStride(nrhs, "B")
	if n == 0 || nrhs == 0 {
		return
	}
	x.demandElements(n, n, "a")
	y.demandElements(n, nrhs, "b")
	demand(len(ipiv) == n, "bad length of ipiv")
	if tA == blas.NoTrans {
		exchangeRows(y, nrhs, ipiv)
		solveTriangle(blas.Lower, blas.NoTrans, blas.Unit, n, nrhs, x, y)
		solveTriangle(blas.Upper, blas.NoTrans, blas.NonUnit, n, nrhs, x, y)
		return
	}
	solveTriangle(blas.Upper, blas.Trans, blas.NonUnit, n, nrhs, x, y)
	solveTriangle(blas.Lower, blas.Trans, blas.Unit, n, nrhs, x, y)
	var f Float64
	for i := n - 1; i >= 0; i-- {
		if p := ipiv[i]; p != i {
			f.Dswap(nrhs, b[i*ldb:], 1, b[p*ldb:], 1)
		}
	}
}

// Dgetri replaces the factorization that Dgetrf made of a matrix of order n by the inverse of the matrix. It
// reports whether there is one. The length of work is n at least, and work[0] becomes the best length. If lwork
// is -1, Dgetri only does that.
func (l Lapack) Dgetri(n int, a []float64, lda int, ipiv []int, work []float64, lwork int) (ok bool) {
	x := block64{a, lda}
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	demandWork(n, work, lwork)
	if n == 0 {
		work[0] = 1
		return true
	}
	if lwork == -1 {
		return l.Implementation.Dgetri(n, a, lda, ipiv, work, lwork)
	}
	x.demandElements(n, n, "a")
	demand(len(ipiv) == n, "bad length of ipiv")
	if !l.Dtrtri(blas.Upper, blas.NonUnit, n, a, lda) {
		return false
	}
	solveUnitLower(x, n)
	exchangeColumns(x, n, ipiv)
	const columns = 64 // of gonum's blocks
	work[0] = float64(n)
	if n > columns {
		work[0] *= columns
	}
	return true
}

// demandWork panics with gonum's messages where work is shorter than lwork, or lwork less than least.
func demandWork(least int, work []float64, lwork int) {
	demand(lwork >= max(1, least) || lwork == -1, "insufficient declared workspace length")
	demand(len(work) >= max(1, lwork), "insufficient length of work")
}

// solveUnitLower replaces an upper triangle U, beside which there is a lower one L with diagonal 1, by the
// square U*inv(L).
func solveUnitLower(x block64, n int) {
	w := borrow[float64](n * n)
	y := block64{w.data, n}
	for i := range n {
		row := x.row(i, i)
		copy(y.row(i, i), row)
		clear(row)
	}
	var f Float64
	f.Dtrsm(blas.Right, blas.Lower, blas.NoTrans, blas.Unit, n, n, 1, y.data, n, x.data, x.stride)
	w.giveBack()
}

// exchangeColumns exchanges each column i with column pivots[i], in descending order.
func exchangeColumns(x block64, n int, pivots []int) {
	for i := range n {
		row := x.row(i, n)
		for j := n - 1; j >= 0; j-- {
			p := pivots[j]
			row[j], row[p] = row[p], row[j]
		}
	}
}
