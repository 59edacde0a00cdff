package smld

import (
	"math"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestInterpolate: the way ends at its ends, and where the data is a single Gaussian it is their slerp.
func TestInterpolate(t *testing.T) {
	const std = 0.5
	g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 3), []float64{std}))
	a, b := []float32{1, 0, 0}, []float32{0, 1, 0}
	path := kernels.NewMatrix(5, 3)
	solver := RK45{Sigmas: []float32{50, 0.001}, RelTol: 1e-6, AbsTol: 1e-6}
	if err := Interpolate(t.Context(), solver, g, path, a, b, nil); err != nil {
		t.Fatal(err)
	}
	for i := range path.Rows {
		sin, cos := math.Sincos(math.Pi / 2 * float64(i) / 4)
		for j, want := range []float64{cos, sin, 0} {
			if math.Abs(float64(path.Row(i)[j])-want) > 1e-4 {
				t.Errorf("row %d is %v, want %v, %v, 0", i, path.Row(i), cos, sin)
				break
			}
		}
	}
	// The same and opposite points have no plane to turn in.
	for _, c := range [][]float32{{1, 0, 0}, {-1, 0, 0}} {
		if err := Interpolate(t.Context(), solver, g, path, a, c, nil); err != nil {
			t.Fatal(err)
		}
		if math.Abs(float64(path.Row(4)[0]-c[0])) > 1e-4 {
			t.Errorf("the way to %v ends at %v", c, path.Row(4))
		}
	}
	m := ncsnMixture(t)
	two := kernels.NewMatrix(3, 2)
	solver.Sigmas[1] = 0.01
	from, to, mean := []float32{5, 4}, []float32{-5, -6}, []float32{3, 3}
	if err := Interpolate(t.Context(), solver, m, two, from, to, mean); err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(two.Row(0)[1]-4)) > 0.01 || math.Abs(float64(two.Row(2)[1]+6)) > 0.01 {
		t.Errorf("the way from (5,4) to (-5,-6) is %v", two.Data)
	}
	if err := Interpolate(t.Context(), solver, m, two, a, b, nil); err == nil {
		t.Error("points of another dimension are no error")
	}
}
