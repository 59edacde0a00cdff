package gonumblas_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestSVDNotFinite: a matrix with NaN or infinity has no singular values, and the search for them ends.
func TestSVDNotFinite(t *testing.T) {
	useAll(t)
	nan, inf := math.NaN(), math.Inf(1)
	for _, x := range [][]float64{
		{1, 0, 0, 0, nan, 1, 0, 0, 1},
		{1, 0, 0, 0, 1, 1, 0, 0, nan},
		{1, 0, 0, 0, 1, nan, 0, 0, 1},
		{1, 0, 0, 0, inf, 1, 0, 0, 1},
		{-inf, 5e-324, 1e160, -1.7e308, 0, nan, 0, 5e-324, 5e-324},
	} {
		for _, kind := range []mat.SVDKind{mat.SVDNone, mat.SVDThin, mat.SVDFull} {
			var svd mat.SVD
			if svd.Factorize(mat.NewDense(3, 3, x), kind) {
				t.Errorf("%v, kind %v: has singular values %v", x, kind, svd.Values(nil))
			}
		}
	}
	d, e := []float64{0.87, inf, 0.78}, []float64{0.27, 0.41}
	work := make([]float64, 12)
	if (gonumblas.Lapack{}).Dbdsqr(blas.Upper, 3, 0, 0, 0, d, e, nil, 1, nil, 1, nil, 1, work) {
		t.Errorf("an infinite element: %v", d)
	}
}

// TestEigenSymNotFinite: a symmetric matrix with NaN or infinity has no eigenvalues, or NaN is among them.
// The search for them ends.
func TestEigenSymNotFinite(t *testing.T) {
	useAll(t)
	r := rand.New(rand.NewPCG(61, 62))
	for _, n := range []int{2, 3, 4, 5, 8, 16, 33, 40, 70} {
		for k := range 40 {
			x := mat.NewSymDense(n, nil)
			for i := range n {
				for j := range i + 1 {
					if i == j || k%4 > 0 {
						x.SetSym(i, j, r.NormFloat64()*float64(r.IntN(2)))
					}
				}
			}
			bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[k%3]
			x.SetSym(r.IntN(n), r.IntN(n), bad)
			for _, vectors := range []bool{false, true} {
				var e mat.EigenSym
				if !e.Factorize(x, vectors) {
					continue
				}
				if w := e.Values(nil); !slices.ContainsFunc(w, math.IsNaN) {
					t.Errorf("order %d with %v, vectors %v: has eigenvalues %v", n, bad, vectors, w)
				}
			}
		}
	}
}
