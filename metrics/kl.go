package metrics

import (
	"fmt"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// KL estimates the Kullback-Leibler divergence of a distribution with noise of level sigma from a model's density at that
// level, E log p_sigma(y) - log q_sigma(y) in nats, by the mean over points y = x + sigma z and its standard error. x are
// points of exact, and the noise follows from seed. q sets the log-densities of rows. The mean over x itself would be no
// divergence: a model that is too narrow could have a negative one.
func KL(
	exact *smld.GaussianMixture, q func(dst []float64, y kernels.Matrix) error, x kernels.Matrix, sigma float32, seed uint64,
) (mean, standardError float64, err error) {
	if x.Rows < 1 || x.Cols != exact.Dim() {
		panic(fmt.Sprintf("metrics: KL: points %dx%d of a mixture of dimension %d", x.Rows, x.Cols, exact.Dim()))
	}
	if !(sigma >= 0) {
		return 0, 0, fmt.Errorf("metrics: KL: noise of level %v: want none below zero", sigma)
	}
	y := pool(x, kernels.NewMatrix(0, x.Cols))
	kernels.AddNoise(y.Data, y.Data, sigma, kernels.Noise{Seed: seed, Stream: streams.Divergence}, 0)
	differences, of := make([]float64, y.Rows), make([]float64, y.Rows)
	exact.LogDensity(differences, y, sigma)
	if err := q(of, y); err != nil {
		return 0, 0, err
	}
	for i, v := range of {
		differences[i] -= v
	}
	mean, standardError = Mean(differences)
	return mean, standardError, nil
}
