package smld

import (
	"context"

	"github.com/seed964deb49/langevin/kernels"
)

// RK45 solves the probability-flow ODE dx/dsigma = -sigma score by the embedded Runge-Kutta method of orders
// 5 and 4 of Dormand and Prince (1980), as Song et al. 2021 sample. Downwards it goes along log sigma, in
// which the points move evenly, dx/dlog sigma = -sigma^2 score. That takes two thirds of the steps along
// sigma. Upwards, to where points hardly move any more, steps along sigma are fewer, and it takes those.
//
// Every sample has steps of its own and does not depend on the others. Samples that are still under way are
// evaluated together, which is fast with a RowScore.
type RK45 struct {
	// Sigmas are the levels at which all samples meet, and at which the sampler reports. The first and the
	// last are enough. They may rise too, which leads from data to the noise that the data comes from.
	Sigmas []float32
	// A step is accepted when the root mean square of its error over the coordinates, in units of
	// AbsTol + RelTol |x|, is below 1. Steps are in float32, which allows RelTol down to 10^-6. No step takes
	// the level down by more than half, or up to more than three times. A longer step may jump over the
	// levels where the data takes shape, from a place where its estimated error happens to vanish.
	RelTol, AbsTol float64
	// Fixed makes one step from each level to the next, and leaves the error alone.
	Fixed     bool
	NoDenoise bool // stop at the last level; otherwise a step of Denoise leads from there to zero
}

// Start returns the first level.
func (r RK45) Start() float32 { return firstLevel(r.Sigmas) }

// Sample is Sampler's. Its steps are the levels. Evaluations is the mean over the samples: 6 for each step
// tried, and one more at each level.
func (r RK45) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkCall(score, x); err != nil {
		return 0, err
	}
	e := &evaluation{ctx: ctx, score: score}
	f := flow{rk45: r}
	f.derivative = func(s kernels.Matrix, _ []float64, x kernels.Matrix, sigma []float32, rows []int) error {
		e.numbers = rows
		return e.atRows(s, x, sigma)
	}
	total := stepsBetween(r.Sigmas, r.NoDenoise)
	evaluations, err := f.run(x, nil, n.First, func(done int) error {
		return watch.call(ctx, Progress{Done: done, Total: total, Sigma: r.Sigmas[done], Points: x})
	})
	if err != nil || r.NoDenoise {
		return evaluations, err
	}
	e.numbers = nil
	last := r.Sigmas[len(r.Sigmas)-1]
	s := kernels.NewMatrix(x.Rows, x.Cols)
	if err := e.at(s, x, last); err != nil {
		return evaluations, err
	}
	Denoise(last).apply(x, s, kernels.Noise{}, 0)
	if err := watch.call(ctx, Progress{Done: total, Total: total, Points: x, Denoised: x}); err != nil {
		return evaluations + 1, err
	}
	return evaluations + 1, checkFinite(x, n.First)
}

// The method's coefficients. Stage s is at sigma + nodes[s] h, and follows from stages[s]. The last stage is
// the solution of order 5, and the next step begins with its derivative. errors are the weights of its
// difference from the solution of order 4.
var (
	dormandPrinceNodes  = [7]float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}
	dormandPrinceStages = [7][6]float64{
		{},
		{1. / 5},
		{3. / 40, 9. / 40},
		{44. / 45, -56. / 15, 32. / 9},
		{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
		{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
		{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
	}
	dormandPrinceErrors = [7]float64{
		71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40,
	}
)
