package gonumblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Float64 is gonum's BLAS with levels 1 to 3 in float64 on this module's kernels, for blas64.Use.
type Float64 struct{ gonum.Implementation }

var _ blas.Float64 = Float64{}

// Dgemm computes C = alpha*op(A)*op(B) + beta*C. op(A) is m by k, op(B) is k by n, and C is m by n.
func (f Float64) Dgemm(
	tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int,
	beta float64, c []float64, ldc int,
) {
	if !gemm(tA, tB, m, n, k, alpha, block64{a, lda}, block64{b, ldb}, beta, block64{c, ldc}) {
		f.Implementation.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dsymm computes C = alpha*A*B + beta*C on the left side and C = alpha*B*A + beta*C on the right. A is
// symmetric and given by one triangle. B and C are m by n.
func (f Float64) Dsymm(
	s blas.Side, ul blas.Uplo, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int,
	beta float64, c []float64, ldc int,
) {
	if !symm(s, ul, m, n, alpha, block64{a, lda}, block64{b, ldb}, beta, block64{c, ldc}) {
		f.Implementation.Dsymm(s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dsyrk computes one triangle of the n by n matrix C = alpha*op(A)*op(A)ᵀ + beta*C. op(A) is n by k.
func (f Float64) Dsyrk(
	ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int,
	beta float64, c []float64, ldc int,
) {
	if !syrk(ul, tA, n, k, alpha, block64{a, lda}, beta, block64{c, ldc}) {
		f.Implementation.Dsyrk(ul, tA, n, k, alpha, a, lda, beta, c, ldc)
	}
}

// Dsyr2k computes one triangle of the n by n matrix C = alpha*(op(A)*op(B)ᵀ + op(B)*op(A)ᵀ) + beta*C. op(A)
// and op(B) are n by k.
func (f Float64) Dsyr2k(
	ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int,
	beta float64, c []float64, ldc int,
) {
	if !syr2k(ul, tA, n, k, alpha, block64{a, lda}, block64{b, ldb}, beta, block64{c, ldc}) {
		f.Implementation.Dsyr2k(ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dtrmm computes B = alpha*op(A)*B on the left side and B = alpha*B*op(A) on the right. A is a triangle and B
// is m by n.
func (f Float64) Dtrmm(
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64,
	a []float64, lda int, b []float64, ldb int,
) {
	if !trmm(s, ul, tA, d, m, n, alpha, block64{a, lda}, block64{b, ldb}) {
		f.Implementation.Dtrmm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}

// Dtrsm solves op(A)*X = alpha*B on the left side and X*op(A) = alpha*B on the right, and puts X into B. A is
// a triangle and B is m by n. A is not tested for being singular.
func (f Float64) Dtrsm(
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64,
	a []float64, lda int, b []float64, ldb int,
) {
	if !trsm(s, ul, tA, d, m, n, alpha, block64{a, lda}, block64{b, ldb}) {
		f.Implementation.Dtrsm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}
