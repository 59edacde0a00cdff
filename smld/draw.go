package smld

import (
	"context"
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Draw draws count samples of a model, one a row, in the model's points; Rows turns them into rows of the
// data. It also returns how often the score was evaluated for a sample; see Sampler. A sample follows from
// the model, the sampler, the seed and its number alone.
func (m *Model) Draw(
	ctx context.Context, sampler Sampler, count int, n Numbers, watch Watch,
) (samples kernels.Matrix, evaluations float64, err error) {
	if count < 0 {
		return kernels.Matrix{}, 0, fmt.Errorf("smld: %d samples: want none or more", count)
	}
	x := kernels.NewMatrix(count, m.Dim())
	m.Prior(x, sampler.Start(), n)
	evaluations, err = sampler.Sample(ctx, m.Score(), x, n, watch)
	return x, evaluations, err
}
