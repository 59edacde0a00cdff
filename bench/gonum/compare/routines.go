package compare

import "gonum.org/v1/gonum/blas"

// routines are those of BLAS's levels 2 and 3 in one precision.
type routines[T Float] struct {
	Gemv func(
		tA blas.Transpose, m, n int,
		alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int,
	)
	Ger  func(m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int)
	Symv func(ul blas.Uplo, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
	Trmv func(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int)
	Trsv func(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int)
	Gemm func(
		tA, tB blas.Transpose, m, n, k int,
		alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int,
	)
	Symm func(
		s blas.Side, ul blas.Uplo, m, n int,
		alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int,
	)
	Syrk  func(ul blas.Uplo, t blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int)
	Syr2k func(
		ul blas.Uplo, t blas.Transpose, n, k int,
		alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int,
	)
	Trmm func(
		s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int,
		alpha T, a []T, lda int, b []T, ldb int,
	)
	Trsm func(
		s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int,
		alpha T, a []T, lda int, b []T, ldb int,
	)
}

func routines32(p Peer) *routines[float32] {
	b := p.BLAS32
	if b == nil {
		return nil
	}
	return &routines[float32]{
		Gemv:  b.Sgemv,
		Ger:   b.Sger,
		Symv:  b.Ssymv,
		Trmv:  b.Strmv,
		Trsv:  b.Strsv,
		Gemm:  b.Sgemm,
		Symm:  b.Ssymm,
		Syrk:  b.Ssyrk,
		Syr2k: b.Ssyr2k,
		Trmm:  b.Strmm,
		Trsm:  b.Strsm,
	}
}

func routines64(p Peer) *routines[float64] {
	b := p.BLAS64
	if b == nil {
		return nil
	}
	return &routines[float64]{
		Gemv:  b.Dgemv,
		Ger:   b.Dger,
		Symv:  b.Dsymv,
		Trmv:  b.Dtrmv,
		Trsv:  b.Dtrsv,
		Gemm:  b.Dgemm,
		Symm:  b.Dsymm,
		Syrk:  b.Dsyrk,
		Syr2k: b.Dsyr2k,
		Trmm:  b.Dtrmm,
		Trsm:  b.Dtrsm,
	}
}
