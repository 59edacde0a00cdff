package smld

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
)

// TestInpaint compares the free coordinate with its exact conditional distribution, where the score is that of two
// correlated Gaussians: of N(m, S) given x_0 it is normal with mean m_1 + S_01/S_00 (x_0 - m_0) and variance S_11 -
// S_01^2/S_00, and the components' weights are those times their densities at x_0.
func TestInpaint(t *testing.T) {
	long(t)
	const n, given = 1500, 0.5
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{0, 3, 1, -3}}
	s := mat.NewSymDense(2, []float64{1, 0.6, 0.6, 0.8})
	m := must[*GaussianMixture](t)(NewFullGaussianMixture([]float64{0.3, 0.7}, means, []mat.Symmetric{s, s}))
	// Both means are as far from the given value, so that the weights stay .3 and .7.
	variance := 0.8 - 0.36
	sampler := must[Sampler](t)(NewSampler("annealed", Settings{SigmaMax: 10, SigmaMin: 0.05, Levels: 120}))
	x, known := kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)
	for i := range n {
		known.Row(i)[0] = given
	}
	Prior(x, nil, 10, 1, 0)
	if _, err := Inpaint(sampler, m, x, known, []bool{true, false}, 1, 0, nil); err != nil {
		t.Fatal(err)
	}
	var count, mean, square [2]float64
	centers := [2]float64{3 + 0.6*given, -3 + 0.6*(given-1)}
	for i := range n {
		if x.Row(i)[0] != given {
			t.Fatalf("known coordinate is %v", x.Row(i)[0])
		}
		k := 0
		if x.Row(i)[1] < 0 {
			k = 1
		}
		d := float64(x.Row(i)[1]) - centers[k]
		count[k]++
		mean[k] += d
		square[k] += d * d
	}
	for k, w := range []float64{0.3, 0.7} {
		share, d, std := count[k]/n, mean[k]/count[k], math.Sqrt(square[k]/count[k])
		t.Logf("mode %d: share %.3f, mean off by %.3f, standard deviation %.3f, want %.3f", k, share, d, std, math.Sqrt(variance))
		if math.Abs(share-w) > 0.05 || math.Abs(d) > 0.08 || math.Abs(std/math.Sqrt(variance)-1) > 0.08 {
			t.Errorf("mode %d: share %v, mean off by %v, standard deviation %v, want %v", k, share, d, std, math.Sqrt(variance))
		}
	}
	// A sample depends on its number only.
	part, y := kernels.NewMatrix(10, 2), x.Slice(100, 110)
	Prior(part, nil, 10, 1, 100)
	if _, err := Inpaint(sampler, m, part, known.Slice(100, 110), []bool{true, false}, 1, 100, nil); err != nil || !equal(part, y) {
		t.Errorf("samples change when drawn by themselves: %v", err)
	}
	if _, err := Inpaint(sampler, m, x, known, []bool{true}, 1, 0, nil); err == nil {
		t.Error("a short mask is no error")
	}
}

// TestInterpolate: the way ends at its ends, and where the data is a single Gaussian it is their slerp.
func TestInterpolate(t *testing.T) {
	const std = 0.5
	g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 3), []float64{std}))
	a, b := []float32{1, 0, 0}, []float32{0, 1, 0}
	path := kernels.NewMatrix(5, 3)
	solver := RK45{Sigmas: []float32{50, 0.001}, RelTol: 1e-6, AbsTol: 1e-6}
	if err := Interpolate(solver, g, path, a, b, nil); err != nil {
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
		if err := Interpolate(solver, g, path, a, c, nil); err != nil {
			t.Fatal(err)
		}
		if math.Abs(float64(path.Row(4)[0]-c[0])) > 1e-4 {
			t.Errorf("the way to %v ends at %v", c, path.Row(4))
		}
	}
	m := ncsnMixture(t)
	two := kernels.NewMatrix(3, 2)
	solver.Sigmas[1] = 0.01
	if err := Interpolate(solver, m, two, []float32{5, 4}, []float32{-5, -6}, []float32{3, 3}); err != nil {
		t.Fatal(err)
	}
	if math.Abs(float64(two.Row(0)[1]-4)) > 0.01 || math.Abs(float64(two.Row(2)[1]+6)) > 0.01 {
		t.Errorf("the way from (5,4) to (-5,-6) is %v", two.Data)
	}
	if err := Interpolate(solver, m, two, a, b, nil); err == nil {
		t.Error("points of another dimension are no error")
	}
}
