package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// symmetricEigen returns the eigenvalues of a symmetric n x n matrix, in no order, and its orthonormal
// eigenvectors as the columns of q. Both matrices are row-major. It overwrites a. The method is Householder's
// reduction to tridiagonal form, then QL iterations with implicit shifts (Golub and Van Loan, Matrix
// Computations, 8.3). Its arithmetic is fixed, while that of a LAPACK differs from one machine to another.
func symmetricEigen(a []float64, n int) (values, q []float64) {
	values, beside := make([]float64, n), make([]float64, n)
	// Work on rows of the transposed vectors, which lie in order: row k of vt is column k of q.
	vt := tridiagonal(a, n, values, beside)
	implicitQL(values, beside, vt, n)
	q = make([]float64, n*n)
	for k := range n {
		for j := range n {
			q[j*n+k] = vt[k*n+j]
		}
	}
	return values, q
}

// tridiagonal reduces a to Q T Q^T, with T's diagonal in d and what is beside it in e[1:], and returns Q^T.
func tridiagonal(a []float64, n int, d, e []float64) []float64 {
	reflections := make([]reflection, 0, n)
	memory := make([]float64, n)
	for k := range max(0, n-2) {
		r, norm := columnReflection(a, n, k)
		r.applyOnBothSides(a, n, memory)
		a[(k+1)*n+k] = norm
		reflections = append(reflections, r)
	}
	for i := range n {
		d[i] = a[i*n+i]
		if i > 0 {
			e[i] = a[i*n+i-1]
		}
	}
	qt := make([]float64, n*n)
	for i := range n {
		qt[i*n+i] = 1
	}
	// Q = H_0 H_1 ..., and row i of Q^T is the reflections, the last one first, applied to unit vector i.
	for k := len(reflections) - 1; k >= 0; k-- {
		for i := range n {
			reflections[k].apply(qt[i*n : (i+1)*n])
		}
	}
	return qt
}

// reflection is I - beta v v^T. v is zero before element from.
type reflection struct {
	v    []float64
	beta float64
	from int
}

// columnReflection returns the reflection that maps column k of a below the diagonal to a multiple of the
// first unit vector, and that multiple.
func columnReflection(a []float64, n, k int) (r reflection, norm float64) {
	v := make([]float64, n)
	for i := k + 1; i < n; i++ {
		v[i] = a[i*n+k]
		norm = math.FMA(v[i], v[i], norm)
	}
	norm = math.Sqrt(norm)
	if v[k+1] > 0 {
		norm = -norm
	}
	v[k+1] -= norm
	square := 0.0
	for _, x := range v[k+1:] {
		square = math.FMA(x, x, square)
	}
	beta := 0.0
	if square > 0 {
		beta = 2 / square
	}
	return reflection{v, beta, k + 1}, norm
}

// applyOnBothSides replaces the block of a from row and column r.from on:
//
//	A <- (I - beta v v^T) A (I - beta v v^T) = A - v w^T - w v^T
//
// The memory is for w, n numbers.
func (r reflection) applyOnBothSides(a []float64, n int, w []float64) {
	v, inner := r.v, 0.0
	for i := r.from; i < n; i++ {
		sum := 0.0
		for j := r.from; j < n; j++ {
			sum = math.FMA(a[i*n+j], v[j], sum)
		}
		w[i] = float64(r.beta * sum)
		inner = math.FMA(w[i], v[i], inner)
	}
	half := float64(r.beta * inner / 2)
	for i := r.from; i < n; i++ {
		w[i] = math.FMA(-half, v[i], w[i])
	}
	for i := r.from; i < n; i++ {
		for j := r.from; j < n; j++ {
			a[i*n+j] = math.FMA(-v[i], w[j], math.FMA(-w[i], v[j], a[i*n+j]))
		}
	}
}

// apply reflects x.
func (r reflection) apply(x []float64) {
	inner := 0.0
	for j := r.from; j < len(x); j++ {
		inner = math.FMA(r.v[j], x[j], inner)
	}
	inner = float64(r.beta * inner)
	for j := r.from; j < len(x); j++ {
		x[j] = math.FMA(-inner, r.v[j], x[j])
	}
}

// implicitQL diagonalises a tridiagonal matrix and turns the rows of vt along.
func implicitQL(d, e, vt []float64, n int) {
	copy(e, e[min(1, n):])
	if n > 0 {
		e[n-1] = 0
	}
	const most = 60 // iterations for an eigenvalue, of which two are usual
	for l := range n {
		for range most {
			m := l
			for m < n-1 && math.Abs(e[m]) > 0x1p-53*(math.Abs(d[m])+math.Abs(d[m+1])) {
				m++
			}
			if m == l {
				break
			}
			qlSweep(d, e, vt, n, l, m)
		}
	}
}

// qlSweep is an iteration on rows l to m, with Wilkinson's shift.
func qlSweep(d, e, vt []float64, n, l, m int) {
	g := (d[l+1] - d[l]) / (2 * e[l])
	r := math.Sqrt(math.FMA(g, g, 1))
	if g < 0 {
		r = -r
	}
	g = d[m] - d[l] + e[l]/(g+r)
	s, c, shift := 1.0, 1.0, 0.0
	for i := m - 1; i >= l; i-- {
		f, b := float64(s*e[i]), float64(c*e[i])
		r = math.Sqrt(math.FMA(f, f, detmath.Square(g)))
		e[i+1] = r
		if r == 0 {
			d[i+1] -= shift
			e[m] = 0
			return
		}
		s, c = f/r, g/r
		g = d[i+1] - shift
		r = math.FMA(d[i]-g, s, float64(2*c*b))
		shift = float64(s * r)
		d[i+1] = g + shift
		g = math.FMA(c, r, -b)
		low, high := vt[i*n:(i+1)*n], vt[(i+1)*n:(i+2)*n]
		for k, x := range low {
			y := high[k]
			high[k] = math.FMA(s, x, float64(c*y))
			low[k] = math.FMA(c, x, -float64(s*y))
		}
	}
	d[l] -= shift
	e[l] = g
	e[m] = 0
}
