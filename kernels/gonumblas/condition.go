package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// Dgecon estimates the reciprocal of the condition number of a matrix of order n in the norm of the
// greatest column sum or row sum, with the factorization that Dgetrf made. anorm is the norm of the matrix.
// The length of work is 4*n at least, and that of iwork n.
func (Lapack) Dgecon(
	norm lapack.MatrixNorm, n int, a []float64, lda int, anorm float64, work []float64, iwork []int,
) float64 {
	x := block64{a, lda}
	demandNorm(norm)
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	demand(!(anorm < 0), "anorm < 0")
	if n == 0 {
		return 1
	}
	x.demandElements(n, n, "a")
	demand(len(work) >= 4*n, "insufficient length of work")
	demand(len(iwork) >= n, "insufficient length of iwork")
	v := inverse{a: x, n: n, kind: inverseLU, flip: norm == lapack.MaxRowSum}
	return v.ofFactored(anorm, work)
}

// Dpocon estimates the reciprocal of the condition number of a symmetric matrix of order n, with the factor
// that Dpotrf made. anorm is the greatest sum of magnitudes in a column of the matrix. The length of work
// is 3*n at least, and that of iwork n.
func (Lapack) Dpocon(
	ul blas.Uplo, n int, a []float64, lda int, anorm float64, work []float64, iwork []int,
) float64 {
	x := block64{a, lda}
	demandUplo(ul)
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	demand(!(anorm < 0), "anorm < 0")
	if n == 0 {
		return 1
	}
	x.demandElements(n, n, "a")
	demand(len(work) >= 3*n, "insufficient length of work")
	demand(len(iwork) >= n, "insufficient length of iwork")
	v := inverse{a: x, n: n, kind: inverseCholesky, ul: ul}
	return v.ofFactored(anorm, work)
}

// Dtrcon estimates the reciprocal of the condition number of a triangle of order n in the norm of the
// greatest column sum or row sum. The length of work is 3*n at least, and that of iwork n.
func (l Lapack) Dtrcon(
	norm lapack.MatrixNorm, ul blas.Uplo, d blas.Diag, n int, a []float64, lda int,
	work []float64, iwork []int,
) float64 {
	x := block64{a, lda}
	demandNorm(norm)
	demandUplo(ul)
	demand(d == blas.NonUnit || d == blas.Unit, "bad Diag")
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	if n == 0 {
		return 1
	}
	x.demandElements(n, n, "a")
	demand(len(work) >= 3*n, "insufficient length of work")
	demand(len(iwork) >= n, "insufficient length of iwork")
	anorm := l.Dlantr(norm, ul, d, n, n, a, lda, work)
	switch {
	case math.IsNaN(anorm) || anorm == 0 || math.IsInf(anorm, 1) || d == blas.NonUnit && !hasInverse(x, n):
		return 0
	}
	v := inverse{a: x, n: n, kind: inverseTriangle, ul: ul, d: d, flip: norm == lapack.MaxRowSum}
	return v.condition(anorm, work)
}

func demandNorm(norm lapack.MatrixNorm) {
	demand(norm == lapack.MaxColumnSum || norm == lapack.MaxRowSum, "bad Norm")
}

// inverse is the inverse of a factored matrix.
type inverse struct {
	a    block64
	n    int
	kind inverseKind
	ul   blas.Uplo
	d    blas.Diag
	flip bool // it is the transpose
}

type inverseKind int

const (
	inverseLU inverseKind = iota
	inverseCholesky
	inverseTriangle
)

// times multiplies x by the inverse or its transpose. Where LU had rows exchanged, columns of the inverse
// are, which changes no column sum, and no row sum.
func (v *inverse) times(transpose bool, x []float64) {
	solve := func(ul blas.Uplo, t blas.Transpose, d blas.Diag) {
		Float64{}.Dtrsv(ul, t, d, v.n, v.a.data, v.a.stride, x, 1)
	}
	transpose = transpose != v.flip
	switch {
	case v.kind == inverseTriangle && transpose:
		solve(v.ul, blas.Trans, v.d)
	case v.kind == inverseTriangle:
		solve(v.ul, blas.NoTrans, v.d)
	case v.kind == inverseLU && transpose:
		solve(blas.Upper, blas.Trans, blas.NonUnit)
		solve(blas.Lower, blas.Trans, blas.Unit)
	case v.kind == inverseLU:
		solve(blas.Lower, blas.NoTrans, blas.Unit)
		solve(blas.Upper, blas.NoTrans, blas.NonUnit)
	case v.ul == blas.Upper:
		solve(v.ul, blas.Trans, blas.NonUnit)
		solve(v.ul, blas.NoTrans, blas.NonUnit)
	default:
		solve(v.ul, blas.NoTrans, blas.NonUnit)
		solve(v.ul, blas.Trans, blas.NonUnit)
	}
}

// ofFactored is condition with a norm that the caller has of the matrix before it was factored. NaN is
// returned, and a norm without a reciprocal and a factor with a zero on its diagonal have the condition 0.
func (v *inverse) ofFactored(anorm float64, work []float64) float64 {
	switch {
	case math.IsNaN(anorm):
		return anorm
	case anorm == 0 || math.IsInf(anorm, 1) || !hasInverse(v.a, v.n):
		return 0
	}
	return v.condition(anorm, work)
}

// condition returns 1 over anorm and the norm of the inverse, or 0 where the inverse has no norm. A norm
// whose estimate overflows on the way is found once more from smaller vectors.
func (v *inverse) condition(anorm float64, work []float64) float64 {
	const small = 0x1p-900
	x, signs := work[:v.n], work[v.n:2*v.n]
	if norm := v.norm(1, x, signs); norm <= math.MaxFloat64 && norm > 0 {
		return (1 / norm) / anorm
	}
	if norm := v.norm(small, x, signs); norm <= math.MaxFloat64*small && norm > 0 {
		return (1 / norm) / anorm * small
	}
	return 0
}

// norm estimates the greatest column sum of size times the inverse from a few products, all with vectors
// times size (Higham, "FORTRAN codes for estimating the one-norm of a real or complex matrix, with
// applications to condition estimation", 1988). It is LAPACK's Dlacn2.
func (v *inverse) norm(size float64, x, signs []float64) float64 {
	n := float64(v.n)
	for i := range x {
		x[i] = size / n
	}
	v.times(false, x)
	var f Float64
	estimate := f.Dasum(v.n, x, 1)
	if v.n == 1 {
		return estimate
	}
	takeSigns(x, signs, size)
	v.times(true, x)
	at := f.Idamax(v.n, x, 1)
	for range 4 {
		clear(x)
		x[at] = size
		v.times(false, x)
		before := estimate
		estimate = f.Dasum(v.n, x, 1)
		if !takeSigns(x, signs, size) || !(estimate > before) {
			break
		}
		v.times(true, x)
		last := at
		at = f.Idamax(v.n, x, 1)
		if x[last] == math.Abs(x[at]) {
			break
		}
	}
	sign := size
	for i := range x {
		x[i] = sign * (1 + float64(i)/(n-1))
		sign = -sign
	}
	v.times(false, x)
	if other := 2 * f.Dasum(v.n, x, 1) / (3 * n); !(other <= estimate) {
		return other
	}
	return estimate
}

// takeSigns sets x to its signs, times size, and reports whether that changed signs, which are those of
// before.
func takeSigns(x, signs []float64, size float64) (changed bool) {
	for i, v := range x {
		if v = math.Copysign(1, v); x[i] != x[i] {
			v = 1 // the sign of NaN depends on the processor
		}
		changed = changed || v != signs[i]
		signs[i] = v
		x[i] = v * size
	}
	return changed
}
