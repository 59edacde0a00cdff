package gonumblas_test

import "gonum.org/v1/gonum/blas"

// routines are those that are replaced, of one type and one package.
type routines[T float32 | float64] struct {
	gemm func(tA, tB blas.Transpose, m, n, k int, alpha T, a []T, lda int, b []T, ldb int,
		beta T, c []T, ldc int)
	symm func(s blas.Side, ul blas.Uplo, m, n int, alpha T, a []T, lda int, b []T, ldb int,
		beta T, c []T, ldc int)
	syrk  func(ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int)
	syr2k func(ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, b []T, ldb int,
		beta T, c []T, ldc int)
	trmm, trsm func(s blas.Side, ul blas.Uplo, t blas.Transpose, d blas.Diag, m, n int, alpha T,
		a []T, lda int, b []T, ldb int)
}

func double(b blas.Float64Level3) routines[float64] {
	return routines[float64]{b.Dgemm, b.Dsymm, b.Dsyrk, b.Dsyr2k, b.Dtrmm, b.Dtrsm}
}

func single(b blas.Float32Level3) routines[float32] {
	return routines[float32]{b.Sgemm, b.Ssymm, b.Ssyrk, b.Ssyr2k, b.Strmm, b.Strsm}
}
