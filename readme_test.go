package langevin_test

//lint:file-ignore SA4006 the README does not go into errors

import (
	"context"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// readmeScores is what the README shows of exact scores. It returns what a program would use.
func readmeScores(ctx context.Context, weights []float64, means kernels.Matrix, covariances []mat.Symmetric, dst, x, y kernels.Matrix,
	sigma, std float32, mean []float32, nats []float64) (any, error) {
	mixture, err := smld.NewFullGaussianMixture(weights, means, covariances)
	mixture.At(dst, x, sigma)
	memory, err := smld.NewEmpirical(x)
	likelihood := smld.Likelihood{SigmaMin: 0.01, SigmaMax: 100, Mean: mean, Std: std}
	evaluations, err := likelihood.LogDensity(ctx, nats, mixture, x, smld.Numbers{})
	distance, err := metrics.SlicedWasserstein(metrics.Sample{X: x}, metrics.Sample{X: y}, 1, 128, 1)
	return []any{memory, evaluations, distance}, err
}

// readmeKernels is what it shows of the kernels.
func readmeKernels(a, b, c, w, slope, scores kernels.Matrix, bias, drifts, diffusions []float32,
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

// TestReadme runs both.
func TestReadme(t *testing.T) {
	square := func() kernels.Matrix { return kernels.NewMatrix(3, 3) }
	of := func(n int) []float32 { return make([]float32, n) }
	readmeKernels(square(), square(), square(), square(), square(), square(), of(3), of(3), of(3), of(9), of(9), of(9), of(9), 1, 1, 1)
	one := []mat.Symmetric{mat.NewSymDense(3, []float64{1, 0, 0, 0, 1, 0, 0, 0, 1})}
	_, err := readmeScores(t.Context(), []float64{1}, kernels.NewMatrix(1, 3), one, square(), square(), square(), 1, 1, nil,
		make([]float64, 3))
	if err != nil {
		t.Error(err)
	}
}
