package langevin_test

//lint:file-ignore SA4006 pages do not go into errors

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// shownScores is what docs/library.md shows of exact scores. It returns what a program would use.
func shownScores(ctx context.Context, weights []float64, means kernels.Matrix, covariances []mat.Symmetric, dst, x, y kernels.Matrix,
	sigma, std float32, mean []float32, nats []float64) (any, error) {
	mixture, err := smld.NewFullGaussianMixture(weights, means, covariances)
	mixture.At(dst, x, sigma)
	memory, err := smld.NewEmpirical(x)
	likelihood := smld.Likelihood{SigmaMin: 0.01, SigmaMax: 100, Mean: mean, Std: std}
	evaluations, err := likelihood.LogDensity(ctx, nats, mixture, x, smld.Numbers{})
	distance, err := metrics.SlicedWasserstein(metrics.Sample{X: x}, metrics.Sample{X: y}, 1, 128, 1)
	return []any{memory, evaluations, distance}, err
}

// shownKernels is what it shows of the kernels.
func shownKernels(a, b, c, w, slope, scores kernels.Matrix, bias, drifts, diffusions []float32,
	dst, x, score, z []float32, sigma, drift, diffusion float32) {
	kernels.Gemm(false, false, 1, a, b, 0, c)
	kernels.Dense{W: w, Bias: bias, SiLU: true}.Forward(c, slope, a)
	noise := kernels.Noise{Seed: 1}
	noise.Fill(z, 0)
	kernels.AddNoise(dst, x, sigma, noise, 0)
	kernels.Langevin(x, score, drift, diffusion, noise, 0)
	kernels.LangevinRows(a, scores, drifts, diffusions, noise, 0)
	kernels.Axpby(dst, 2, x, 0.5, z)
	kernels.Dot(x, z)
	kernels.SoftmaxRows(c, c)
	kernels.Softplus(dst, x)
	kernels.SiLUWithSlope(dst, z, x)
}

// shownGonum is what docs/gonum.md shows of its three lines.
func shownGonum() {
	defer blas64.Use(blasgonum.Implementation{})
	defer blas32.Use(blasgonum.Implementation{})
	defer lapack64.Use(lapackgonum.Implementation{})
	blas64.Use(gonumblas.Float64{})
	blas32.Use(gonumblas.Float32{})
	lapack64.Use(gonumblas.Lapack{})
}

// shownSource is what it shows of random numbers.
func shownSource(z, u []float64, at uint64) float64 {
	source := kernels.NewSource(kernels.Noise{Seed: 1, Stream: 7})
	gamma := distuv.Gamma{Alpha: 2, Beta: 1, Src: source}
	r := rand.New(source)
	noise := kernels.Noise{Seed: 1, Stream: 7}
	noise.Fill64(z, at)
	noise.Uniform64(u, at)
	return gamma.Rand() + r.NormFloat64()
}

// TestShown runs them.
func TestShown(t *testing.T) {
	square := func() kernels.Matrix { return kernels.NewMatrix(3, 3) }
	of := func(n int) []float32 { return make([]float32, n) }
	shownKernels(square(), square(), square(), square(), square(), square(), of(3), of(3), of(3), of(9), of(9), of(9), of(9), 1, 1, 1)
	one := []mat.Symmetric{mat.NewSymDense(3, []float64{1, 0, 0, 0, 1, 0, 0, 0, 1})}
	_, err := shownScores(t.Context(), []float64{1}, kernels.NewMatrix(1, 3), one, square(), square(), square(), 1, 1, nil,
		make([]float64, 3))
	if err != nil {
		t.Error(err)
	}
	shownGonum()
	if x := shownSource(make([]float64, 5), make([]float64, 5), 0); math.IsNaN(x) {
		t.Error("NaN")
	}
}

// inTemporary goes to a new folder, and returns what goes back and removes it.
func inTemporary() (back func()) {
	before, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	if err := os.Chdir(dir); err != nil {
		panic(err)
	}
	return func() {
		if err := os.Chdir(before); err != nil {
			panic(err)
		}
		os.RemoveAll(dir)
	}
}
