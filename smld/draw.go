package smld

import (
	"context"
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Draw draws count samples of a model without a condition, one a row, in the model's points. Rows turns them
// into rows of the data. A nil sampler is DefaultSampler as it comes. Draw also returns how often the score
// was evaluated for a sample; see Sampler. A sample follows from the model, the sampler, the seed and its
// number alone.
func (m *Model) Draw(
	ctx context.Context, sampler Sampler, count int, n Numbers, watch Watch,
) (samples kernels.Matrix, evaluations float64, err error) {
	return m.DrawFrom(ctx, m.Score(), sampler, count, n, watch)
}

// DrawFrom is Draw with another score than the model's own, such as one with a condition or with guidance.
func (m *Model) DrawFrom(
	ctx context.Context, score Score, sampler Sampler, count int, n Numbers, watch Watch,
) (samples kernels.Matrix, evaluations float64, err error) {
	if count < 0 {
		return kernels.Matrix{}, 0, fmt.Errorf("smld: %d samples: want none or more", count)
	}
	if sampler == nil {
		if sampler, err = NewSampler(DefaultSampler, m.Levels(), nil); err != nil {
			return kernels.Matrix{}, 0, err
		}
	}
	x := kernels.NewMatrix(count, m.Dim())
	m.Prior(x, sampler.Start(), n)
	evaluations, err = sampler.Sample(ctx, score, x, n, watch)
	return x, evaluations, err
}
