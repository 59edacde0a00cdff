package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Step is one step of a sampler, one evaluation of the score and one kernel call:
//
//	x += Drift*score(x, Sigma) + Diffusion*z,    z ~ N(0, I)
type Step struct{ Sigma, Drift, Diffusion float32 }

// LangevinDynamics returns steps of Langevin dynamics at one noise level with step size eps:
//
//	x += eps/2 * score + sqrt(eps) * z
func LangevinDynamics(sigma float32, eps float64, steps int) ([]Step, error) {
	if err := checkLevels([]float32{sigma}); err != nil {
		return nil, err
	}
	if err := checkSteps(eps, steps); err != nil {
		return nil, err
	}
	s := make([]Step, steps)
	for i := range s {
		s[i] = Step{sigma, float32(eps / 2), float32(math.Sqrt(eps))}
	}
	return s, nil
}

// AnnealedLangevin returns the steps of annealed Langevin dynamics (Song and Ermon 2019, Algorithm 1): at each level in
// turn, steps steps with alpha = eps * sigma^2 / sigmaMin^2,
//
//	x += alpha * score + sqrt(2 alpha) * z
//
// This is the convention of the code that the paper's authors released and of their second paper; Algorithm 1 as
// printed has alpha/2 and sqrt(alpha), so that its eps is twice ours.
func AnnealedLangevin(sigmas []float32, eps float64, steps int) ([]Step, error) {
	if err := checkLevels(sigmas); err != nil {
		return nil, err
	}
	if err := checkSteps(eps, steps); err != nil {
		return nil, err
	}
	last := float64(sigmas[len(sigmas)-1])
	var s []Step
	for _, sigma := range sigmas {
		ratio := float64(sigma) / last
		alpha := eps * ratio * ratio
		for range steps {
			s = append(s, Step{sigma, float32(alpha), float32(math.Sqrt(2 * alpha))})
		}
	}
	return s, nil
}

// Ancestral returns the steps of ancestral sampling of the chain x_i = x_{i-1} + sqrt(sigma_i^2 - sigma_{i-1}^2) z
// (Song et al. 2021, Appendix F): from each level sigma to the next one below, below,
//
//	x += (sigma^2 - below^2) * score + sqrt(below^2 (sigma^2 - below^2) / sigma^2) * z
//
// down to zero, where the last step adds no noise and is the same as Denoise.
func Ancestral(sigmas []float32) ([]Step, error) {
	if err := checkLevels(sigmas); err != nil {
		return nil, err
	}
	s := make([]Step, len(sigmas))
	for i, sigma := range sigmas {
		if i == len(sigmas)-1 {
			s[i] = Denoise(sigma)
			break
		}
		high, low := float64(sigma), float64(sigmas[i+1])
		drift := (high - low) * (high + low) // without the cancellation of a difference of squares
		s[i] = Step{sigma, float32(drift), float32(low / high * math.Sqrt(drift))}
	}
	return s, nil
}

// Denoise returns the step to the expected clean point given x (Tweedie's formula), x += sigma^2 * score, with which
// sampling should end: without it, noise of the last level stays in the sample (Jolicoeur-Martineau et al. 2021).
func Denoise(sigma float32) Step { return Step{Sigma: sigma, Drift: sigma * sigma} }

func checkSteps(eps float64, steps int) error {
	if !(eps > 0) || math.IsInf(eps, 1) {
		return fmt.Errorf("smld: step size %v: want a positive number", eps)
	}
	if steps < 1 {
		return fmt.Errorf("smld: %d steps: want at least 1", steps)
	}
	return nil
}

// Prior sets the rows of x to mean + sigma*z, where samplers start. Row i is sample number first+i; the same seed and
// number give the same sample, whatever else is drawn. A nil mean is zero.
func Prior(x kernels.Matrix, mean []float32, sigma float32, seed, first uint64) {
	noise := stream(seed, streamPrior, 0)
	for i := range x.Rows {
		row := x.Row(i)
		clear(row)
		copy(row, mean)
		kernels.AddNoise(row, row, sigma, noise, (first+uint64(i))*uint64(x.Cols))
	}
}

// Run carries out a sampler's steps on the rows of x, which are samples first, first+1 and so on: their noise follows
// from seed, number and step alone. After each step it calls progress, if not nil, with the number of steps done; x
// then holds the trajectory's current points. An error of progress ends the run.
func Run(score Score, x kernels.Matrix, steps []Step, seed, first uint64, progress func(done int) error) error {
	if score.Dim() != x.Cols {
		return fmt.Errorf("smld: the score is of dimension %d, the points of %d", score.Dim(), x.Cols)
	}
	s := kernels.NewMatrix(x.Rows, x.Cols)
	for k, step := range steps {
		score.Score(s, x, step.Sigma)
		noise := stream(seed, streamSample, uint64(k))
		at := first * uint64(x.Cols)
		if x.Stride == x.Cols {
			n := x.Rows * x.Cols
			kernels.Langevin(x.Data[:n], s.Data[:n], step.Drift, step.Diffusion, noise, at)
		} else {
			for i := range x.Rows {
				kernels.Langevin(x.Row(i), s.Row(i), step.Drift, step.Diffusion, noise, at+uint64(i*x.Cols))
			}
		}
		if progress != nil {
			if err := progress(k + 1); err != nil {
				return err
			}
		}
	}
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return fmt.Errorf("smld: sample %d diverged to %v: the step size is too large for this score", first+uint64(i), v)
			}
		}
	}
	return nil
}
