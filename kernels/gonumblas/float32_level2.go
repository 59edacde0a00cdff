package gonumblas

import "gonum.org/v1/gonum/blas"

// Sgemv computes y = alpha*op(A)*x + beta*y. A is m by n.
func (Float32) Sgemv(
	tA blas.Transpose, m, n int, alpha float32, a []float32, lda int, x []float32, incX int,
	beta float32, y []float32, incY int,
) {
	gemv(tA, m, n, alpha, block32{a, lda}, vector32{x, incX}, beta, vector32{y, incY})
}

// Sgbmv is Sgemv for a band of kL diagonals below the main one and kU above it.
func (Float32) Sgbmv(
	tA blas.Transpose, m, n, kL, kU int, alpha float32, a []float32, lda int, x []float32, incX int,
	beta float32, y []float32, incY int,
) {
	gbmv(tA, m, n, kL, kU, alpha, block32{a, lda}, vector32{x, incX}, beta, vector32{y, incY})
}

// Sger adds alpha*x*yᵀ to A, which is m by n.
func (Float32) Sger(
	m, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int,
) {
	ger(m, n, alpha, vector32{x, incX}, vector32{y, incY}, block32{a, lda})
}

// Ssymv computes y = alpha*A*x + beta*y for a symmetric matrix of order n, given by one triangle.
func (Float32) Ssymv(
	ul blas.Uplo, n int, alpha float32, a []float32, lda int, x []float32, incX int,
	beta float32, y []float32, incY int,
) {
	symv(ul, n, alpha, block32{a, lda}, vector32{x, incX}, beta, vector32{y, incY})
}

// Ssbmv is Ssymv for a band of k diagonals beside the main one.
func (Float32) Ssbmv(
	ul blas.Uplo, n, k int, alpha float32, a []float32, lda int, x []float32, incX int,
	beta float32, y []float32, incY int,
) {
	sbmv(ul, n, k, alpha, block32{a, lda}, vector32{x, incX}, beta, vector32{y, incY})
}

// Sspmv is Ssymv for a packed triangle.
func (Float32) Sspmv(
	ul blas.Uplo, n int, alpha float32, ap []float32, x []float32, incX int,
	beta float32, y []float32, incY int,
) {
	spmv(ul, n, alpha, ap, vector32{x, incX}, beta, vector32{y, incY})
}

// Ssyr adds alpha*x*xᵀ to a triangle of order n.
func (Float32) Ssyr(ul blas.Uplo, n int, alpha float32, x []float32, incX int, a []float32, lda int) {
	syr(ul, n, alpha, vector32{x, incX}, block32{a, lda}, false)
}

// Sspr is Ssyr for a packed triangle.
func (Float32) Sspr(ul blas.Uplo, n int, alpha float32, x []float32, incX int, ap []float32) {
	syr(ul, n, alpha, vector32{x, incX}, block32{ap, n}, true)
}

// Ssyr2 adds alpha*(x*yᵀ + y*xᵀ) to a triangle of order n.
func (Float32) Ssyr2(
	ul blas.Uplo, n int, alpha float32, x []float32, incX int, y []float32, incY int, a []float32, lda int,
) {
	syr2(ul, n, alpha, vector32{x, incX}, vector32{y, incY}, block32{a, lda}, false)
}

// Sspr2 is Ssyr2 for a packed triangle.
func (Float32) Sspr2(
	ul blas.Uplo, n int, alpha float32, x []float32, incX int, y []float32, incY int, ap []float32,
) {
	syr2(ul, n, alpha, vector32{x, incX}, vector32{y, incY}, block32{ap, n}, true)
}

// Strmv multiplies x by op(A), a triangle of order n.
func (Float32) Strmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int,
) {
	trmv(ul, tA, d, n, block32{a, lda}, vector32{x, incX}, false)
}

// Stbmv is Strmv for a triangle with k diagonals beside the main one.
func (Float32) Stbmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float32, lda int, x []float32, incX int,
) {
	tbmv(ul, tA, d, n, k, block32{a, lda}, vector32{x, incX}, false)
}

// Stpmv is Strmv for a packed triangle.
func (Float32) Stpmv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap []float32, x []float32, incX int,
) {
	tpmv(ul, tA, d, n, ap, vector32{x, incX}, false)
}

// Strsv solves op(A)*v = x and puts v into x. A is a triangle of order n, and not tested for being singular.
func (Float32) Strsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []float32, lda int, x []float32, incX int,
) {
	trmv(ul, tA, d, n, block32{a, lda}, vector32{x, incX}, true)
}

// Stbsv is Strsv for a triangle with k diagonals beside the main one.
func (Float32) Stbsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a []float32, lda int, x []float32, incX int,
) {
	tbmv(ul, tA, d, n, k, block32{a, lda}, vector32{x, incX}, true)
}

// Stpsv is Strsv for a packed triangle.
func (Float32) Stpsv(
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap []float32, x []float32, incX int,
) {
	tpmv(ul, tA, d, n, ap, vector32{x, incX}, true)
}
