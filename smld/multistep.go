package smld

import (
	"context"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// multistep is a step of a sampler that looks back: with v what follows from the score at this step's and at
// earlier points, the last one first,
//
//	x = keep x + sum over j of past[j] v_j + noise z,    z ~ N(0, I)
//
// v is the score at the point, or the expected clean point x + sigma^2 score.
type multistep struct {
	sigma, after float32 // noise level of the points before and after it
	keep         float64
	past         []float64
	noise        float64
}

// mostPast is how far a step looks back at most.
const mostPast = 4

// sampleMultistep carries out steps. Clean says that they look at expected clean points. It evaluates the
// score once a step. Each product is rounded to float32 as it is added.
func sampleMultistep(
	ctx context.Context, steps []multistep, clean bool, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkCall(score, x); err != nil {
		return 0, err
	}
	e := newEvaluation(ctx, score, x, watch)
	var past []kernels.Matrix // the last one first
	for k, step := range steps {
		past = remember(past, len(step.past), x)
		if !clean {
			e.s = past[0]
		}
		if err := e.at(e.s, x, step.sigma); err != nil {
			return float64(k), err
		}
		if clean {
			e.denoised = past[0]
			e.denoiseInto(past[0], x, step.sigma)
		} else {
			e.denoise(x, step.sigma)
		}
		noise := stream(n.Seed, streams.Sample, uint64(k))
		parallelRows(x.Rows, x.Cols, func(_, from, to int) {
			for i := from; i < to; i++ {
				row := x.Row(i)
				kernels.Axpby(row, float32(step.keep), row, float32(step.past[0]), past[0].Row(i))
				for j, b := range step.past[1:] {
					kernels.Axpby(row, float32(b), past[j+1].Row(i), 1, row)
				}
				if step.noise > 0 {
					kernels.AddNoise(row, row, float32(step.noise), noise, n.at(i, x.Cols))
				}
			}
		})
		if err := e.report(x, k+1, len(steps), step.after); err != nil {
			return float64(k + 1), err
		}
	}
	return float64(len(steps)), checkFinite(x, n.First)
}

// remember makes room for one more matrix of x's shape in front of past, which keeps at most length of them.
// The one that drops out, if any, is used again.
func remember(past []kernels.Matrix, length int, x kernels.Matrix) []kernels.Matrix {
	var first kernels.Matrix
	if n := len(past); n > 0 && n >= length {
		first, past = past[n-1], past[:n-1]
	} else {
		first = kernels.NewMatrix(x.Rows, x.Cols)
	}
	return append([]kernels.Matrix{first}, past...)
}
