package gonumblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// Float32 is gonum's BLAS with levels 1 to 3 in float32 on this module's kernels, for blas32.Use.
type Float32 struct{ gonum.Implementation }

var _ blas.Float32 = Float32{}

// Sgemm computes C = alpha*op(A)*op(B) + beta*C. op(A) is m by k, op(B) is k by n, and C is m by n.
func (f Float32) Sgemm(
	tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int,
	beta float32, c []float32, ldc int,
) {
	if !gemm(tA, tB, m, n, k, alpha, block32{a, lda}, block32{b, ldb}, beta, block32{c, ldc}) {
		f.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Ssymm computes C = alpha*A*B + beta*C on the left side and C = alpha*B*A + beta*C on the right. A is
// symmetric and given by one triangle. B and C are m by n.
func (f Float32) Ssymm(
	s blas.Side, ul blas.Uplo, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int,
	beta float32, c []float32, ldc int,
) {
	if !symm(s, ul, m, n, alpha, block32{a, lda}, block32{b, ldb}, beta, block32{c, ldc}) {
		f.Implementation.Ssymm(s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Ssyrk computes one triangle of the n by n matrix C = alpha*op(A)*op(A)ᵀ + beta*C. op(A) is n by k.
func (f Float32) Ssyrk(
	ul blas.Uplo, tA blas.Transpose, n, k int, alpha float32, a []float32, lda int,
	beta float32, c []float32, ldc int,
) {
	if !syrk(ul, tA, n, k, alpha, block32{a, lda}, beta, block32{c, ldc}) {
		f.Implementation.Ssyrk(ul, tA, n, k, alpha, a, lda, beta, c, ldc)
	}
}

// Ssyr2k computes one triangle of the n by n matrix C = alpha*(op(A)*op(B)ᵀ + op(B)*op(A)ᵀ) + beta*C. op(A)
// and op(B) are n by k.
func (f Float32) Ssyr2k(
	ul blas.Uplo, tA blas.Transpose, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int,
	beta float32, c []float32, ldc int,
) {
	if !syr2k(ul, tA, n, k, alpha, block32{a, lda}, block32{b, ldb}, beta, block32{c, ldc}) {
		f.Implementation.Ssyr2k(ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Strmm computes B = alpha*op(A)*B on the left side and B = alpha*B*op(A) on the right. A is a triangle and B
// is m by n.
func (f Float32) Strmm(
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32,
	a []float32, lda int, b []float32, ldb int,
) {
	if !trmm(s, ul, tA, d, m, n, alpha, block32{a, lda}, block32{b, ldb}) {
		f.Implementation.Strmm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}

// Strsm solves op(A)*X = alpha*B on the left side and X*op(A) = alpha*B on the right, and puts X into B. A is
// a triangle and B is m by n. A is not tested for being singular.
func (f Float32) Strsm(
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32,
	a []float32, lda int, b []float32, ldb int,
) {
	if !trsm(s, ul, tA, d, m, n, alpha, block32{a, lda}, block32{b, ldb}) {
		f.Implementation.Strsm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}
