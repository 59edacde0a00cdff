package smld

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Inpaint draws the coordinates that mask leaves free given the others, without training for it (Song et al. 2021,
// Appendix I.2): it runs the sampler, and after each of its steps sets the coordinates where mask is true to those of
// known with noise of the level that the points have reached. At the end they are those of known.
//
// The free coordinates only see known ones of their own level's noise, as the score expects; in the final denoising step
// too. Where the sampler takes one step a level they adapt to them late, and the result is approximate; with many steps a
// level, as in AnnealedLangevin or with a corrector, it tends to the conditional distribution.
//
// Rows of x are samples first, first+1 and so on at the sampler's first level, as for Sample. Rows of known belong to the
// same samples.
func Inpaint(
	sampler Sampler, score Score, x, known kernels.Matrix, mask []bool, seed, first uint64, watch func(Progress) error,
) (float64, error) {
	if known.Rows != x.Rows || known.Cols != x.Cols || len(mask) != x.Cols {
		return 0, fmt.Errorf("smld: inpainting %dx%d points with %dx%d known ones and a mask of %d coordinates",
			x.Rows, x.Cols, known.Rows, known.Cols, len(mask))
	}
	noisy := kernels.NewMatrix(x.Rows, x.Cols)
	impose := func(sigma float32, step int) {
		for i := range x.Rows {
			row := noisy.Row(i)
			if sigma > 0 {
				kernels.AddNoise(row, known.Row(i), sigma, stream(seed, streamKnown, uint64(step)), (first+uint64(i))*uint64(x.Cols))
			} else {
				copy(row, known.Row(i))
			}
			for j, fixed := range mask {
				if fixed {
					x.Row(i)[j] = row[j]
				}
			}
		}
	}
	impose(sampler.Start(), 0)
	evaluations, err := sampler.Sample(score, x, seed, first, func(p Progress) error {
		impose(p.Sigma, p.Done)
		if watch != nil {
			return watch(p)
		}
		return nil
	})
	if err == nil {
		impose(0, 0)
	}
	return evaluations, err
}
