package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// PriorStd returns sqrt(sigma^2 + std^2), the standard deviation of data with standard deviation std under
// noise of level sigma. Samplers start from points of that spread at that level. What the prior lacks of it,
// samplers without noise keep wholly, and those with noise in part.
func PriorStd(sigma, std float32) float32 {
	return float32(math.Sqrt(math.FMA(float64(sigma), float64(sigma), detmath.Square(float64(std)))))
}

// Prior sets the rows of x to mean + sigma*z, where samplers start; for sigma see PriorStd. A nil mean is
// zero.
func Prior(x kernels.Matrix, mean []float32, sigma float32, n Numbers) {
	noise := stream(n.Seed, streams.Prior, 0)
	for i := range x.Rows {
		row := x.Row(i)
		clear(row)
		copy(row, mean)
		kernels.AddNoise(row, row, sigma, noise, n.at(i, x.Cols))
	}
}

// Prior sets the rows of x to points of a normal distribution under noise of level sigma, where samplers
// start that begin at that level. The distribution has the mean of the model's points and their covariance,
// as far as the model knows it.
func (m *Model) Prior(x kernels.Matrix, sigma float32, n Numbers) {
	if m.Preconditioning != Linear {
		Prior(x, m.Mean, PriorStd(sigma, m.Std), n)
		return
	}
	// With z ~ N(0, I) and f_j = sqrt(sigma^2+spread_j^2) along the axes and f = sqrt(sigma^2+rest^2) across,
	// that is mean + f z + V^T diag(f_j - f) V z.
	const block = 1024
	across := PriorStd(sigma, m.Rest)
	unit := across // of the normals; where nothing lies across, points are along the axes alone
	if across == 0 {
		unit = 1
	}
	along := make([]float32, len(m.Spread))
	for j, s := range m.Spread {
		along[j] = (PriorStd(sigma, s) - across) / unit
	}
	z := kernels.NewMatrix(min(block, x.Rows), len(m.Spread))
	for from := 0; from < x.Rows; from += block {
		part := x.Slice(from, min(from+block, x.Rows))
		Prior(part, nil, unit, n.from(from))
		turned := z.Slice(0, part.Rows)
		kernels.Gemm(false, true, 1, part, m.Basis, 0, turned)
		for i := range turned.Rows {
			row := turned.Row(i)
			for j, a := range along {
				row[j] *= a
			}
		}
		kernels.Gemm(false, false, 1, turned, m.Basis, across/unit, part) // 1, or 0
		for i := range part.Rows {
			row := part.Row(i)
			for j, mean := range m.Mean {
				row[j] += mean
			}
		}
	}
}
