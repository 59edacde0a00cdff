package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// ScoreErrors returns, for each noise level, the mean square error of a score against the exact one under p_sigma,
//
//	E |score - exact|^2 sigma^2 / D
//
// estimated at n points of the mixture with noise of that level, all of which follow from seed. The score 0 has an error
// of at most 1. It is 2/D times what denoising score matching adds to the least loss that is possible.
func ScoreErrors(score smld.Score, exact *smld.GaussianMixture, sigmas []float32, n int, seed uint64) ([]float64, error) {
	if score.Dim() != exact.Dim() {
		return nil, fmt.Errorf("metrics: the score is of dimension %d, the mixture of %d", score.Dim(), exact.Dim())
	}
	if n < 1 {
		return nil, fmt.Errorf("metrics: %d points: want at least 1", n)
	}
	x, got, want := kernels.NewMatrix(n, exact.Dim()), kernels.NewMatrix(n, exact.Dim()), kernels.NewMatrix(n, exact.Dim())
	errors := make([]float64, len(sigmas))
	for i, sigma := range sigmas {
		exact.Draw(x, smld.Numbers{Seed: seed, First: uint64(i) * uint64(n)})
		kernels.AddNoise(x.Data, x.Data, sigma, kernels.Noise{Seed: seed, Stream: streams.Score + uint64(i)}, 0)
		score.At(got, x, sigma)
		exact.At(want, x, sigma)
		sum := 0.0
		for k, g := range got.Data {
			d := float64(g) - float64(want.Data[k])
			sum = math.FMA(d, d, sum)
		}
		errors[i] = sum * float64(sigma) * float64(sigma) / float64(len(got.Data))
	}
	return errors, nil
}
