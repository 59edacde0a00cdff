package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgemv computes y = alpha*op(A)*x + beta*y. A is m by n.
func (Float64) Dgemv(
	tA blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int,
	beta float64, y []float64, incY int,
) {
	gemv(tA, m, n, alpha, block64{a, lda}, vector64{x, incX}, beta, vector64{y, incY})
}

// Dgbmv is Dgemv for a band of kL diagonals below the main one and kU above it.
func (Float64) Dgbmv(
	tA blas.Transpose, m, n, kL, kU int, alpha float64, a []float64, lda int, x []float64, incX int,
	beta float64, y []float64, incY int,
) {
	gbmv(tA, m, n, kL, kU, alpha, block64{a, lda}, vector64{x, incX}, beta, vector64{y, incY})
}

// Dger adds alpha*x*yᵀ to A, which is m by n.
func (Float64) Dger(
	m, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int,
) {
	ger(m, n, alpha, vector64{x, incX}, vector64{y, incY}, block64{a, lda})
}

// Dsymv computes y = alpha*A*x + beta*y for a symmetric matrix of order n, given by one triangle.
func (Float64) Dsymv(
	ul blas.Uplo, n int, alpha float64, a []float64, lda int, x []float64, incX int,
	beta float64, y []float64, incY int,
) {
	symv(ul, n, alpha, block64{a, lda}, vector64{x, incX}, beta, vector64{y, incY})
}

// Dsbmv is Dsymv for a band of k diagonals beside the main one.
func (Float64) Dsbmv(
	ul blas.Uplo, n, k int, alpha float64, a []float64, lda int, x []float64, incX int,
	beta float64, y []float64, incY int,
) {
	sbmv(ul, n, k, alpha, block64{a, lda}, vector64{x, incX}, beta, vector64{y, incY})
}

// Dspmv is Dsymv for a packed triangle.
func (Float64) Dspmv(
	ul blas.Uplo, n int, alpha float64, ap []float64, x []float64, incX int,
	beta float64, y []float64, incY int,
) {
	spmv(ul, n, alpha, ap, vector64{x, incX}, beta, vector64{y, incY})
}

// Dsyr adds alpha*x*xᵀ to a triangle of order n.
func (Float64) Dsyr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, a []float64, lda int) {
	syr(ul, n, alpha, vector64{x, incX}, block64{a, lda}, false)
}

// Dspr is Dsyr for a packed triangle.
func (Float64) Dspr(ul blas.Uplo, n int, alpha float64, x []float64, incX int, ap []float64) {
	syr(ul, n, alpha, vector64{x, incX}, block64{ap, n}, true)
}

// Dsyr2 adds alpha*(x*yᵀ + y*xᵀ) to a triangle of order n.
func (Float64) Dsyr2(
	ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, a []float64, lda int,
) {
	syr2(ul, n, alpha, vector64{x, incX}, vector64{y, incY}, block64{a, lda}, false)
}

// Dspr2 is Dsyr2 for a packed triangle.
func (Float64) Dspr2(
	ul blas.Uplo, n int, alpha float64, x []float64, incX int, y []float64, incY int, ap []float64,
) {
	syr2(ul, n, alpha, vector64{x, incX}, vector64{y, incY}, block64{ap, n}, true)
}

// Dtrmv multiplies x by op(A), a triangle of order n.
func (Float64) Dtrmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int,
) {
	trmv(ul, tA, d, n, block64{a, lda}, vector64{x, incX}, false)
}

// Dtbmv is Dtrmv for a triangle with k diagonals beside the main one.
func (Float64) Dtbmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float64, lda int, x []float64, incX int,
) {
	tbmv(ul, tA, d, n, k, block64{a, lda}, vector64{x, incX}, false)
}

// Dtpmv is Dtrmv for a packed triangle.
func (Float64) Dtpmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap []float64, x []float64, incX int,
) {
	tpmv(ul, tA, d, n, ap, vector64{x, incX}, false)
}

// Dtrsv solves op(A)*v = x and puts v into x. A is a triangle of order n, and not tested for being singular.
func (Float64) Dtrsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float64, lda int, x []float64, incX int,
) {
	trmv(ul, tA, d, n, block64{a, lda}, vector64{x, incX}, true)
}

// Dtbsv is Dtrsv for a triangle with k diagonals beside the main one.
func (Float64) Dtbsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float64, lda int, x []float64, incX int,
) {
	tbmv(ul, tA, d, n, k, block64{a, lda}, vector64{x, incX}, true)
}

// Dtpsv is Dtrsv for a packed triangle.
func (Float64) Dtpsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap []float64, x []float64, incX int,
) {
	tpmv(ul, tA, d, n, ap, vector64{x, incX}, true)
}
