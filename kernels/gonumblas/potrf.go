package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/blas"
)

// Dpotrf computes the Cholesky factorization A = Uᵀ*U or A = L*Lᵀ of the symmetric matrix A of order n, which is
// given by the triangle that the factor replaces. It reports whether A is positive definite.
func (Lapack) Dpotrf(ul blas.Uplo, n int, a []float64, lda int) (ok bool) {
	x := block64{a, lda}
	demandUplo(ul)
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	if n == 0 {
		return true
	}
	x.demandElements(n, n, "a")
	return factorCholesky(x, ul, n)
}

func demandUplo(ul blas.Uplo) { demand(ul == blas.Upper || ul == blas.Lower, "bad Uplo") }

// smallTriangle is the order of triangles that are not worth products.
const smallTriangle = 16

// factorCholesky is Dpotrf by halves.
func factorCholesky(x block64, ul blas.Uplo, n int) (ok bool) {
	if n <= smallTriangle {
		if ul == blas.Upper {
			return factorSmallUpper(x, n)
		}
		return factorSmallLower(x, n)
	}
	i := (n/2 + 7) &^ 7
	if !factorCholesky(x, ul, i) {
		return false
	}
	var f Float64
	rest := x.at(i, i)
	if ul == blas.Upper {
		y := x.at(0, i)
		f.Dtrsm(blas.Left, ul, blas.Trans, blas.NonUnit, i, n-i, 1, x.data, x.stride, y.data, y.stride)
		f.Dsyrk(ul, blas.Trans, n-i, i, -1, y.data, y.stride, 1, rest.data, rest.stride)
	} else {
		y := x.at(i, 0)
		f.Dtrsm(blas.Right, ul, blas.Trans, blas.NonUnit, n-i, i, 1, x.data, x.stride, y.data, y.stride)
		f.Dsyrk(ul, blas.NoTrans, n-i, i, -1, y.data, y.stride, 1, rest.data, rest.stride)
	}
	return factorCholesky(rest, ul, n-i)
}

// pivotRoot replaces a diagonal element by its root, and returns the inverse of that, where there is one.
func pivotRoot(d *float64) (inverse float64, ok bool) {
	if !(*d > 0) {
		return 0, false
	}
	*d = math.Sqrt(*d)
	return 1 / *d, true
}

// factorSmallUpper takes each row off those after it.
func factorSmallUpper(x block64, n int) (ok bool) {
	for k := range n {
		top := x.row(k, n)[k:]
		inverse, ok := pivotRoot(&top[0])
		if !ok {
			return false
		}
		top = top[1:]
		for j := range top {
			top[j] *= inverse
		}
		for i, v := range top {
			from := top[i:]
			row := x.data[(k+1+i)*(x.stride+1):][:len(from)]
			for j, u := range from {
				row[j] -= float64(v * u)
			}
		}
	}
	return true
}

// factorSmallLower takes each column off those after it.
func factorSmallLower(x block64, n int) (ok bool) {
	var column [smallTriangle]float64
	for k := range n {
		inverse, ok := pivotRoot(&x.data[k*(x.stride+1)])
		if !ok {
			return false
		}
		for i := k + 1; i < n; i++ {
			row := x.row(i, i+1)[k:]
			v := row[0] * inverse
			row[0] = v
			row = row[1:]
			column[i-k-1] = v
			for j, u := range column[:len(row)] {
				row[j] -= float64(v * u)
			}
		}
	}
	return true
}

// Dpotrs solves A*X = B with the factor of A that Dpotrf made. X replaces B, which is n by nrhs.
func (Lapack) Dpotrs(ul blas.Uplo, n, nrhs int, a []float64, lda int, b []float64, ldb int) {
	x, y := block64{a, lda}, block64{b, ldb}
	demandUplo(ul)
	demand(n >= 0, "n < 0")
	demand(nrhs >= 0, "nrhs < 0")
	x.demandStride(n, "A")
	y.demandStride(nrhs, "B")
	if n == 0 || nrhs == 0 {
		return
	}
	x.demandElements(n, n, "a")
	y.demandElements(n, nrhs, "b")
	first, second := blas.NoTrans, blas.Trans
	if ul == blas.Upper {
		first, second = second, first
	}
	solveTriangle(ul, first, blas.NonUnit, n, nrhs, x, y)
	solveTriangle(ul, second, blas.NonUnit, n, nrhs, x, y)
}

// solveTriangle is Dtrsm from the left.
func solveTriangle(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, nrhs int, a, b block64) {
	var f Float64
	if nrhs == 1 {
		f.Dtrsv(ul, tA, d, n, a.data, a.stride, b.data, b.stride)
		return
	}
	f.Dtrsm(blas.Left, ul, tA, d, n, nrhs, 1, a.data, a.stride, b.data, b.stride)
}

// Dpotri computes the inverse of the matrix whose factor Dpotrf made. The inverse is symmetric, and one triangle
// of it replaces the factor. Dpotri reports whether the factor has an inverse.
func (l Lapack) Dpotri(ul blas.Uplo, n int, a []float64, lda int) (ok bool) {
	x := block64{a, lda}
	demandUplo(ul)
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	if n == 0 {
		return true
	}
	x.demandElements(n, n, "a")
	if !l.Dtrtri(ul, blas.NonUnit, n, a, lda) {
		return false
	}
	squareTriangle(x, ul, n)
	return true
}

// squareTriangle replaces U by U*Uᵀ, or L by Lᵀ*L, by halves.
func squareTriangle(x block64, ul blas.Uplo, n int) {
	switch {
	case n > smallTriangle:
	case ul == blas.Upper:
		squareSmallUpper(x, n)
		return
	default:
		squareSmallLower(x, n)
		return
	}
	i := (n/2 + 7) &^ 7
	var f Float64
	rest := x.at(i, i)
	squareTriangle(x, ul, i)
	if ul == blas.Upper {
		y := x.at(0, i)
		f.Dsyrk(ul, blas.NoTrans, i, n-i, 1, y.data, y.stride, 1, x.data, x.stride)
		f.Dtrmm(blas.Right, ul, blas.Trans, blas.NonUnit, i, n-i, 1, rest.data, x.stride, y.data, y.stride)
	} else {
		y := x.at(i, 0)
		f.Dsyrk(ul, blas.Trans, i, n-i, 1, y.data, y.stride, 1, x.data, x.stride)
		f.Dtrmm(blas.Left, ul, blas.Trans, blas.NonUnit, n-i, i, 1, rest.data, x.stride, y.data, y.stride)
	}
	squareTriangle(rest, ul, n-i)
}

func squareSmallUpper(x block64, n int) {
	for i := range n {
		row := x.row(i, n)
		for j := i; j < n; j++ {
			sum := 0.0
			other := x.row(j, n)[j:]
			for l, v := range row[j:] {
				sum += float64(v * other[l])
			}
			row[j] = sum
		}
	}
}

func squareSmallLower(x block64, n int) {
	for i := range n {
		row := x.row(i, i+1)
		scale(row, row[i])
		for k := i + 1; k < n; k++ {
			other := x.row(k, i+1)
			v := other[i]
			for j, u := range other {
				row[j] += float64(v * u)
			}
		}
	}
}
