package smld

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// TestSymmetricEigen compares eigenvalues with LAPACK's and multiplies the parts together again.
func TestSymmetricEigen(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 17, 60} {
		for kind, entry := range map[string]func(i, j int, z float32) float64{
			"dense": func(_, _ int, z float32) float64 { return float64(z) },
			"diagonal": func(i, j int, z float32) float64 {
				return map[bool]float64{true: float64(z)}[i == j]
			},
			"rank 1": func(i, j int, _ float32) float64 { return float64(i+1) * float64(j+1) },
			"zero":   func(_, _ int, _ float32) float64 { return 0 },
			"unit":   func(i, j int, _ float32) float64 { return map[bool]float64{true: 1}[i == j] },
			"graded": func(i, j int, z float32) float64 {
				return float64(z) * math.Pow(10, -float64(i+j)/4)
			},
		} {
			z := make([]float32, n*n)
			kernels.Noise{Seed: 3}.Fill(z, 0)
			a := make([]float64, n*n)
			largest := 1e-300
			for i := range n {
				for j := range i + 1 {
					v := entry(i, j, z[i*n+j])
					a[i*n+j], a[j*n+i] = v, v
					largest = max(largest, math.Abs(v))
				}
			}
			values, q := symmetricEigen(append([]float64(nil), a...), n)
			var eigen mat.EigenSym
			if !eigen.Factorize(mat.NewSymDense(n, append([]float64(nil), a...)), false) {
				t.Fatal("LAPACK gave up")
			}
			want := mat.Col(nil, 0, mat.NewDense(n, 1, eigen.Values(nil)))
			got := append([]float64(nil), values...)
			sortFloats(got)
			tolerance := 1e-13 * float64(n) * largest
			for k := range got {
				if !(math.Abs(got[k]-want[k]) <= tolerance) {
					t.Errorf("%s, n=%d: eigenvalue %d is %v, want %v", kind, n, k, got[k], want[k])
				}
			}
			for i := range n {
				for j := range n {
					sum, inner := 0.0, 0.0
					for k := range n {
						sum += q[i*n+k] * values[k] * q[j*n+k]
						inner += q[k*n+i] * q[k*n+j]
					}
					if i == j {
						inner--
					}
					if !(math.Abs(sum-a[i*n+j]) <= tolerance) || !(math.Abs(inner) <= 1e-13*float64(n)) {
						t.Fatalf("%s, n=%d: entry %d,%d is %v, want %v; inner product %v",
							kind, n, i, j, sum, a[i*n+j], inner)
					}
				}
			}
		}
	}
}

func sortFloats(x []float64) {
	for i := range x {
		for k := i; k > 0 && x[k] < x[k-1]; k-- {
			x[k], x[k-1] = x[k-1], x[k]
		}
	}
}
