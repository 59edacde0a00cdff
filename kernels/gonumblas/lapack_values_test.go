package gonumblas_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestPivots: LU exchanges the rows that gonum exchanges, and finds the same matrices singular.
func TestPivots(t *testing.T) {
	sizes := [][2]int{{1, 1}, {5, 9}, {9, 5}, {16, 17}, {20, 20}, {90, 7}, {65, 130}, {150, 150}}
	for _, size := range sizes {
		for _, change := range []func(x matrix[float64]){
			func(x matrix[float64]) {},
			func(x matrix[float64]) { // a column of zeros
				for i := range x.rows {
					x.data[i*x.stride+x.cols/2] = 0
				}
			},
			func(x matrix[float64]) { // elements so small that an inverse overflows
				for i := range x.data {
					x.data[i] *= 0x1p-1025
				}
			},
		} {
			x := random[float64](size[0], size[1], 7)
			change(x)
			y := x.clone()
			p, q := make([]int, min(x.rows, x.cols)), make([]int, min(x.rows, x.cols))
			got := gonumblas.Lapack{}.Dgetrf(x.rows, x.cols, x.data, x.stride, p)
			want := gonum.Implementation{}.Dgetrf(x.rows, x.cols, y.data, y.stride, q)
			// Gonum's unblocked method divides tiny columns wrongly.
			if tiny := math.Abs(x.data[0]) < 0x1p-1022; got != want || !tiny && !slices.Equal(p, q) {
				t.Errorf("%v: pivots %v and %t, of gonum %v and %t", size, p, got, q, want)
			}
		}
	}
}

// TestEqualPivots: of equal magnitudes the first is the pivot.
func TestEqualPivots(t *testing.T) {
	for _, n := range []int{4, 30} {
		x := random[float64](n, n, 3)
		for i := range x.data {
			x.data[i] = math.Copysign(1, x.data[i])
		}
		pivots := make([]int, n)
		gonumblas.Lapack{}.Dgetrf(n, n, x.data, x.stride, pivots)
		if pivots[0] != 0 {
			t.Errorf("order %d: the first pivot is in row %d", n, pivots[0])
		}
	}
}

// TestTinyPivots: L has no element above 1 where the matrix is so small that the inverse of a pivot
// overflows.
func TestTinyPivots(t *testing.T) {
	for _, n := range []int{4, 30} {
		x := random[float64](n, n, 3)
		for i := range x.data {
			x.data[i] *= 0x1p-1025
		}
		gonumblas.Lapack{}.Dgetrf(n, n, x.data, x.stride, make([]int, n))
		for i := range n {
			for j := range i {
				if v := math.Abs(x.data[i*x.stride+j]); !(v <= 1) {
					t.Fatalf("order %d: (%d, %d) is %v", n, i, j, v)
				}
			}
		}
	}
}

// conditions returns the reciprocals of the condition numbers of x, of a definite matrix, and of a triangle.
func conditions(l lapack.Float64, x matrix[float64], size float64) (all []float64) {
	n := x.rows
	work, iwork := make([]float64, 4*n), make([]int, n)
	for _, norm := range []lapack.MatrixNorm{lapack.MaxColumnSum, lapack.MaxRowSum} {
		y := x.clone()
		anorm := l.Dlange(norm, n, n, y.data, y.stride, work)
		l.Dgetrf(n, n, y.data, y.stride, iwork)
		all = append(all, l.Dgecon(norm, n, y.data, y.stride, anorm, work, iwork))
		for _, ul := range uplos {
			for _, d := range []blas.Diag{blas.NonUnit, blas.Unit} {
				all = append(all, l.Dtrcon(norm, ul, d, n, x.data, x.stride, work, iwork))
			}
		}
	}
	for _, ul := range uplos {
		y := x.clone()
		for i := range n {
			y.data[i*y.stride+i] = 3 * float64(n) * size
		}
		anorm := l.Dlansy(lapack.MaxColumnSum, ul, n, y.data, y.stride, work)
		l.Dpotrf(ul, n, y.data, y.stride)
		all = append(all, l.Dpocon(ul, n, y.data, y.stride, anorm, work, iwork))
	}
	return all
}

// TestConditions: condition numbers are gonum's, whatever the size of the elements is.
func TestConditions(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 40} {
		for _, size := range []float64{1, 1e-300, 1e300} {
			x := random[float64](n, n, 5)
			for i := range n {
				x.data[i*x.stride+i] += math.Copysign(2, x.data[i*x.stride+i])
			}
			for i := range x.data {
				x.data[i] *= size
			}
			got, want := conditions(gonumblas.Lapack{}, x, size), conditions(gonum.Implementation{}, x, size)
			for i := range want {
				if math.Abs(got[i]/want[i]-1) > 1e-6 && math.Abs(got[i]-want[i]) > 1e-290 {
					t.Errorf("order %d, size %v, number %d: %v, of gonum %v", n, size, i, got[i], want[i])
				}
			}
		}
	}
}

// TestNoCondition: a singular matrix has the reciprocal 0, and so has one whose inverse overflows, and one
// with NaN, so that gonum's mat has an error.
func TestNoCondition(t *testing.T) {
	l := gonumblas.Lapack{}
	const n = 3
	work, iwork := make([]float64, 4*n), make([]int, n)
	x := []float64{1, 2, 3, 0, 0, 1, 0, 0, 4}
	if c := l.Dgecon(lapack.MaxRowSum, n, x, n, 6, work, iwork); c != 0 {
		t.Errorf("singular LU: %v", c)
	}
	if c := l.Dtrcon(lapack.MaxRowSum, blas.Upper, blas.NonUnit, n, x, n, work, iwork); c != 0 {
		t.Errorf("singular triangle: %v", c)
	}
	const small = 0x1p-1060
	x = []float64{small, 0, 0, 0, small, 0, 0, 0, small}
	if c := l.Dtrcon(lapack.MaxRowSum, blas.Upper, blas.NonUnit, n, x, n, work, iwork); c != 0 {
		t.Errorf("an inverse that overflows: %v", c)
	}
	x[4] = math.NaN()
	if c := l.Dtrcon(lapack.MaxRowSum, blas.Upper, blas.NonUnit, n, x, n, work, iwork); c != 0 {
		t.Errorf("a triangle with NaN: %v", c)
	}
}
