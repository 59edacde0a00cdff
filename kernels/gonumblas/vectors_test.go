package gonumblas_test

import "gonum.org/v1/gonum/blas"

// vectors are the routines of levels 1 and 2 of one type and one package.
type vectors[T float32 | float64] struct {
	dot        func(n int, x []T, incX int, y []T, incY int) T
	nrm2, asum func(n int, x []T, incX int) T
	iamax      func(n int, x []T, incX int) int
	swap, copy func(n int, x []T, incX int, y []T, incY int)
	axpy       func(n int, alpha T, x []T, incX int, y []T, incY int)
	rot        func(n int, x []T, incX int, y []T, incY int, c, s T)
	rotg       func(a, b T) (c, s, r, z T)
	scal       func(n int, alpha T, x []T, incX int)
	gemv       func(t blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int,
		beta T, y []T, incY int)
	gbmv func(t blas.Transpose, m, n, kL, kU int, alpha T, a []T, lda int, x []T, incX int,
		beta T, y []T, incY int)
	ger        func(m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int)
	symv       func(ul blas.Uplo, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
	sbmv       func(ul blas.Uplo, n, k int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
	spmv       func(ul blas.Uplo, n int, alpha T, ap []T, x []T, incX int, beta T, y []T, incY int)
	syr        func(ul blas.Uplo, n int, alpha T, x []T, incX int, a []T, lda int)
	spr        func(ul blas.Uplo, n int, alpha T, x []T, incX int, ap []T)
	syr2       func(ul blas.Uplo, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int)
	spr2       func(ul blas.Uplo, n int, alpha T, x []T, incX int, y []T, incY int, ap []T)
	trmv, trsv func(ul blas.Uplo, t blas.Transpose, d blas.Diag, n int, a []T, lda int, x []T, incX int)
	tbmv, tbsv func(ul blas.Uplo, t blas.Transpose, d blas.Diag, n, k int, a []T, lda int, x []T, incX int)
	tpmv, tpsv func(ul blas.Uplo, t blas.Transpose, d blas.Diag, n int, ap []T, x []T, incX int)
}

func doubles(b blas.Float64) vectors[float64] {
	return vectors[float64]{
		dot:   b.Ddot,
		nrm2:  b.Dnrm2,
		asum:  b.Dasum,
		iamax: b.Idamax,
		swap:  b.Dswap,
		copy:  b.Dcopy,
		axpy:  b.Daxpy,
		rot:   b.Drot,
		rotg:  b.Drotg,
		scal:  b.Dscal,
		gemv:  b.Dgemv,
		gbmv:  b.Dgbmv,
		ger:   b.Dger,
		symv:  b.Dsymv,
		sbmv:  b.Dsbmv,
		spmv:  b.Dspmv,
		syr:   b.Dsyr,
		spr:   b.Dspr,
		syr2:  b.Dsyr2,
		spr2:  b.Dspr2,
		trmv:  b.Dtrmv,
		trsv:  b.Dtrsv,
		tbmv:  b.Dtbmv,
		tbsv:  b.Dtbsv,
		tpmv:  b.Dtpmv,
		tpsv:  b.Dtpsv,
	}
}

func singles(b blas.Float32) vectors[float32] {
	return vectors[float32]{
		dot:   b.Sdot,
		nrm2:  b.Snrm2,
		asum:  b.Sasum,
		iamax: b.Isamax,
		swap:  b.Sswap,
		copy:  b.Scopy,
		axpy:  b.Saxpy,
		rot:   b.Srot,
		rotg:  b.Srotg,
		scal:  b.Sscal,
		gemv:  b.Sgemv,
		gbmv:  b.Sgbmv,
		ger:   b.Sger,
		symv:  b.Ssymv,
		sbmv:  b.Ssbmv,
		spmv:  b.Sspmv,
		syr:   b.Ssyr,
		spr:   b.Sspr,
		syr2:  b.Ssyr2,
		spr2:  b.Sspr2,
		trmv:  b.Strmv,
		trsv:  b.Strsv,
		tbmv:  b.Stbmv,
		tbsv:  b.Stbsv,
		tpmv:  b.Stpmv,
		tpsv:  b.Stpsv,
	}
}
