package smld

import (
	"context"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// DenoisingLosses returns, for each noise level, the loss of denoising score matching at the rows of x,
//
//	1/2 |sigma score(x + sigma z, sigma) + z|^2
//
// summed over the dimensions and averaged over the rows. The noise z follows from seed, the level's place and
// the row. When the context ends, DenoisingLosses returns its cause within a few hundredths of a second.
func DenoisingLosses(
	ctx context.Context, score Score, x kernels.Matrix, sigmas []float32, seed uint64,
) ([]float64, error) {
	if err := checkCall(score, x); err != nil {
		return nil, err
	}
	e := &evaluation{ctx: ctx, score: score}
	noisy, z := kernels.NewMatrix(x.Rows, x.Cols), kernels.NewMatrix(x.Rows, x.Cols)
	s := kernels.NewMatrix(x.Rows, x.Cols)
	losses := make([]float64, len(sigmas))
	level := make([]float32, x.Rows)
	for k, sigma := range sigmas {
		noise := stream(seed, streams.HeldOut, uint64(k))
		for i := range level {
			level[i] = sigma
		}
		kernels.AddNoiseRows(noisy, x, level, noise, 0)
		noise.Fill(z.Data, 0)
		if err := e.at(s, noisy, sigma); err != nil {
			return nil, err
		}
		sum := 0.0
		for i, z := range z.Data {
			r := math.FMA(float64(sigma), float64(s.Data[i]), float64(z))
			sum = math.FMA(r, r, sum)
		}
		losses[k] = sum / 2 / float64(x.Rows)
	}
	return losses, nil
}
