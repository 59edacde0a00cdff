package gonumblas_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestGraded: the iteration converges where the end of the matrix that looks small has the largest neighbour,
// with vectors and without, from either end.
func TestGraded(t *testing.T) {
	d := []float64{
		2.9e-171, 3.1e-171, -3.8e-171, -5.0e-174, -7.2e137, 7.2e137, -4.7e134, -7.4e137, 1.0e121, -7.2e121,
		-3.9e-145, 9.9e-119, 3.1e-145, -1.6e-144,
	}
	e := []float64{
		-7.4e137, 4.4e136, -4.4e-11, -2.2e-21, 2.0e137, 4.0e122, -1.9e136, 1.2e122, -3.1e121, 9.2e105,
		-7.1e-15, -5.7e-132, 2.0e-145,
	}
	var l gonumblas.Lapack
	n := len(d)
	for range 2 {
		vectors, values := slices.Clone(d), slices.Clone(d)
		z, work := make([]float64, n*n), make([]float64, 4*n)
		if !l.Dsteqr(lapack.EVTridiag, n, vectors, slices.Clone(e), z, n, work) {
			t.Fatal("no eigenvectors")
		}
		if !l.Dsterf(n, values, slices.Clone(e)) {
			t.Fatal("no eigenvalues")
		}
		for i, v := range values {
			if !(math.Abs(vectors[i]-v) <= 1e-14*math.Abs(values[0])) {
				t.Errorf("eigenvalue %d is %v with vectors, %v without", i, vectors[i], v)
			}
		}
		for i := range n { // Z^T T Z = diag(values), but for rounding of the largest
			for j := range n {
				sum := 0.0
				for k := range n {
					row := d[k] * z[k*n+j]
					if k > 0 {
						row += e[k-1] * z[(k-1)*n+j]
					}
					if k < n-1 {
						row += e[k] * z[(k+1)*n+j]
					}
					sum += z[k*n+i] * row
				}
				if i == j {
					sum -= vectors[i]
				}
				if !(math.Abs(sum) <= 1e-13*math.Abs(values[0])) {
					t.Errorf("element %d, %d is off by %v", i, j, sum)
				}
			}
		}
		slices.Reverse(d)
		slices.Reverse(e)
	}
}
