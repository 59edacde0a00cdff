package gonumblas_test

import (
	"math"
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
