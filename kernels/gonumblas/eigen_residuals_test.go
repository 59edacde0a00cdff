package gonumblas_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// kinds are matrices that factorizations may find hard.
var kinds = map[string]func(x matrix[float64]){
	"random": func(matrix[float64]) {},
	"zero":   func(x matrix[float64]) { x.each(func(_, _ int, e *float64) { *e = 0 }) },
	"identity": func(x matrix[float64]) {
		x.each(func(i, j int, e *float64) { *e = map[bool]float64{true: 1}[i == j] })
	},
	"graded": func(x matrix[float64]) {
		x.each(func(i, j int, e *float64) { *e *= math.Exp2(-float64(i + j)) })
	},
	"rank 2": func(x matrix[float64]) {
		x.each(func(i, j int, e *float64) { *e = float64(i%7+1) + float64(i*j) })
	},
	"huge": func(x matrix[float64]) { x.each(func(_, _ int, e *float64) { *e *= 1e300 }) },
	"tiny": func(x matrix[float64]) { x.each(func(_, _ int, e *float64) { *e *= 1e-300 }) },
	"zero column": func(x matrix[float64]) {
		x.each(func(_, j int, e *float64) {
			if j%3 == 0 {
				*e = 0
			}
		})
	},
}

func (x matrix[T]) each(do func(i, j int, e *T)) {
	for i := range x.rows {
		for j := range x.cols {
			do(i, j, &x.data[i*x.stride+j])
		}
	}
}

// largest is the largest magnitude of the elements.
func (x matrix[T]) largest() (largest T) {
	x.each(func(_, _ int, e *T) { largest = max(largest, *e, -*e) })
	return largest
}

// orthogonal fails unless the rows of x, or its columns, are orthonormal.
func (x matrix[T]) orthogonal(t *testing.T, rows bool) {
	t.Helper()
	n, k := x.rows, x.cols
	at := func(i, p int) float64 { return float64(x.data[i*x.stride+p]) }
	if !rows {
		n, k = k, n
		at = func(i, p int) float64 { return float64(x.data[p*x.stride+i]) }
	}
	for i := range n {
		for j := range i + 1 {
			sum := 0.0
			if i == j {
				sum = -1
			}
			for p := range k {
				sum += at(i, p) * at(j, p)
			}
			if !(math.Abs(sum) < 1e-13) {
				t.Fatalf("vectors %d and %d: %v", i, j, sum)
			}
		}
	}
}

// TestSVD: U*S*Vᵀ is the matrix, and U and V are orthogonal.
func TestSVD(t *testing.T) {
	shapes := [][2]int{
		{1, 1}, {2, 2}, {3, 2}, {2, 3}, {7, 7}, {13, 8}, {40, 30}, {30, 40},
		{60, 20}, {20, 60}, {70, 70},
	}
	for name, kind := range kinds {
		for _, shape := range shapes {
			for _, job := range []lapack.SVDJob{lapack.SVDAll, lapack.SVDStore} {
				t.Run(fmt.Sprintf("%s/%d by %d/%c", name, shape[0], shape[1], job), func(t *testing.T) {
					a := random[float64](shape[0], shape[1], 7)
					kind(a)
					checkSVD(t, a, job)
				})
			}
		}
	}
}

func checkSVD(t *testing.T, a matrix[float64], job lapack.SVDJob) {
	m, n := a.rows, a.cols
	left, right, k := min(m, n), min(m, n), min(m, n)
	if job == lapack.SVDAll {
		left, right = m, n
	}
	u, vt, s := random[float64](m, left, 1), random[float64](right, n, 2), make([]float64, k)
	work := make([]float64, 5*max(m, n))
	l, x := gonumblas.Lapack{}, a.clone()
	if !l.Dgesvd(job, job, m, n, x.data, x.stride, s, u.data, u.stride, vt.data, vt.stride, work, len(work)) {
		t.Fatal("no convergence")
	}
	u.orthogonal(t, false)
	vt.orthogonal(t, true)
	for i := range s {
		if s[i] < 0 || i > 0 && s[i] > s[i-1] {
			t.Fatalf("values %v", s)
		}
	}
	limit := 1e-13 * a.largest()
	a.each(func(i, j int, e *float64) {
		sum := *e
		for p := range k {
			sum -= u.data[i*u.stride+p] * s[p] * vt.data[p*vt.stride+j]
		}
		if !(math.Abs(sum) <= limit) {
			t.Fatalf("element (%d, %d) is off by %v of %v", i, j, sum, *e)
		}
	})
	alone := make([]float64, k)
	l.Dgesvd(lapack.SVDNone, lapack.SVDNone, m, n, x.data, x.stride, alone, nil, 1, nil, 1, work, len(work))
	closeTo(t, alone, s)
	for _, x := range []matrix[float64]{u, vt} {
		for at, e := range x.data {
			if at%x.stride >= x.cols && e != gap {
				t.Fatalf("element %d beside the vectors is %v", at, e)
			}
		}
	}
}

// TestEigenSym: A*Z is Z times the eigenvalues, and Z is orthogonal.
func TestEigenSym(t *testing.T) {
	for name, kind := range kinds {
		for _, n := range []int{1, 2, 3, 8, 20, 33, 70} {
			for _, ul := range uplos {
				t.Run(fmt.Sprintf("%s/%d/%c", name, n, ul), func(t *testing.T) {
					a := random[float64](n, n, 8)
					kind(a)
					checkEigenSym(t, a, ul)
				})
			}
		}
	}
}

func checkEigenSym(t *testing.T, a matrix[float64], ul blas.Uplo) {
	n := a.rows
	z, w, work := a.clone(), make([]float64, n), make([]float64, 3*n)
	full := a.clone() // what the triangle stands for
	full.each(func(i, j int, e *float64) {
		if !inside(ul, i, j) {
			*e = a.data[j*a.stride+i]
		}
	})
	l := gonumblas.Lapack{}
	if !l.Dsyev(lapack.EVCompute, ul, n, z.data, z.stride, w, work, len(work)) {
		t.Fatal("no convergence")
	}
	z.orthogonal(t, false)
	limit := 1e-13 * full.largest()
	z.each(func(i, j int, e *float64) {
		sum := -*e * w[j]
		for p := range n {
			sum += full.data[i*full.stride+p] * z.data[p*z.stride+j]
		}
		if !(math.Abs(sum) <= limit) {
			t.Fatalf("vector %d is off by %v", j, sum)
		}
	})
	alone, x := make([]float64, n), a.clone()
	l.Dsyev(lapack.EVNone, ul, n, x.data, x.stride, alone, work, len(work))
	closeTo(t, alone, w)
}
