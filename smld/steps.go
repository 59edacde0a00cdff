package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
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
	if err := checkSteps(eps, 1, steps); err != nil {
		return nil, err
	}
	s := make([]Step, steps)
	for i := range s {
		s[i] = Step{sigma, float32(eps / 2), float32(math.Sqrt(eps))}
	}
	return s, nil
}

// AnnealedLangevin returns the steps of annealed Langevin dynamics (Song and Ermon 2019, Algorithm 1). At
// each level in turn there are steps steps with alpha = eps * sigma^2 / sigmaMin^2,
//
//	x += alpha * score + sqrt(2 alpha) * z
//
// This is the convention of the code for images that the paper's authors released, and of their second paper.
// Algorithm 1 as printed has alpha/2 and sqrt(alpha), and so has their code for toy data. Their eps is twice
// ours there.
func AnnealedLangevin(sigmas []float32, eps float64, steps int) ([]Step, error) {
	if err := checkLevels(sigmas); err != nil {
		return nil, err
	}
	if err := checkSteps(eps, len(sigmas), steps); err != nil {
		return nil, err
	}
	last := float64(sigmas[len(sigmas)-1])
	s := make([]Step, 0, len(sigmas)*steps)
	for _, sigma := range sigmas {
		ratio := float64(sigma) / last
		alpha := detmath.Mul(eps*ratio, ratio)
		for range steps {
			s = append(s, Step{sigma, float32(alpha), float32(math.Sqrt(2 * alpha))})
		}
	}
	return s, nil
}

// Ancestral returns the steps of ancestral sampling (Song et al. 2021, Appendix F) of the chain
//
//	x_i = x_{i-1} + sqrt(sigma_i^2 - sigma_{i-1}^2) z
//
// From each level sigma to the next one under it, below, a step is
//
//	x += (sigma^2 - below^2) * score + sqrt(below^2 (sigma^2 - below^2) / sigma^2) * z
//
// The last step, to zero, adds no noise and is the same as Denoise.
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

// ReverseDiffusion returns the steps of reverse diffusion sampling (Song et al. 2021, Appendix E). It
// discretises the reverse-time SDE as the chain itself is. From each level sigma to the next one under it,
// below, a step is
//
//	x += (sigma^2 - below^2) * score + sqrt(sigma^2 - below^2) * z
//
// The last step, to zero, adds no noise and is the same as Denoise.
func ReverseDiffusion(sigmas []float32) ([]Step, error) {
	s, err := Ancestral(sigmas)
	for i := range s[:max(0, len(s)-1)] {
		high, low := float64(sigmas[i]), float64(sigmas[i+1])
		s[i].Diffusion = float32(math.Sqrt((high - low) * (high + low)))
	}
	return s, err
}

// ProbabilityFlow returns the steps of Euler's method for the probability-flow ODE dx/dsigma = -sigma score
// (Song et al. 2021, Section 4.3). From each level sigma to the next one under it, below, a step is
//
//	x += sigma (sigma - below) * score
//
// This is DDIM (Song, Meng and Ermon 2021) for this noise. The last step, to zero, is the same as Denoise.
func ProbabilityFlow(sigmas []float32) ([]Step, error) {
	if err := checkLevels(sigmas); err != nil {
		return nil, err
	}
	s := make([]Step, len(sigmas))
	for i, sigma := range sigmas {
		high, low := float64(sigma), 0.0
		if i < len(sigmas)-1 {
			low = float64(sigmas[i+1])
		}
		s[i] = Step{Sigma: sigma, Drift: float32(high * (high - low))}
	}
	s[len(s)-1] = Denoise(sigmas[len(sigmas)-1])
	return s, nil
}

// ConsistentAnnealed returns the steps of consistent annealed sampling (Jolicoeur-Martineau et al. 2021,
// Algorithm 2). From each level sigma to the next one under it, below = gamma sigma, a step is
//
//	x += eta sigma^2 * score + below sqrt(1 - ((1-eta)/gamma)^2) * z
//
// The noise is such that points around a single one would have exactly the noise of each level. 1-eta may not
// exceed gamma in magnitude. With eta = 1-gamma it is ProbabilityFlow, with eta = 1-gamma^2 Ancestral. Beyond
// that it adds more noise than these. The last step, to zero, adds none and is the same as Denoise.
func ConsistentAnnealed(sigmas []float32, eta float64) ([]Step, error) {
	if err := checkLevels(sigmas); err != nil {
		return nil, err
	}
	s := make([]Step, len(sigmas))
	for i, sigma := range sigmas[:len(sigmas)-1] {
		high, low := float64(sigma), float64(sigmas[i+1])
		q := (1 - eta) * high / low
		// Levels are rounded, so that an eta which is 1-gamma is so only to rounding.
		const rounding = 1e-6
		if !(math.Abs(q) <= 1+rounding) {
			return nil, fmt.Errorf("smld: eta of %v: from level %v to %v want one from %.6g to %.6g",
				eta, sigma, sigmas[i+1], 1-low/high, 1+low/high)
		}
		s[i] = Step{Sigma: sigma, Drift: float32(eta * high * high)}
		if math.Abs(q) < 1-rounding {
			s[i].Diffusion = float32(low * math.Sqrt((1-q)*(1+q)))
		}
	}
	s[len(s)-1] = Denoise(sigmas[len(sigmas)-1])
	return s, nil
}

// Denoise returns the step to the expected clean point given x (Tweedie's formula), x += sigma^2 * score.
// Sampling should end with it. Without it, noise of the last level stays in the sample (Jolicoeur-Martineau
// et al. 2021).
func Denoise(sigma float32) Step { return Step{Sigma: sigma, Drift: sigma * sigma} }

// mostSteps is how many steps, or noise levels, a sampler may have. A list of so many takes 12 GiB.
const mostSteps = min(1<<30, math.MaxInt/64)

// checkSteps checks the step size, and the number of steps at each of some levels.
func checkSteps(eps float64, levels, steps int) error {
	if !(eps > 0) || math.IsInf(eps, 1) {
		return fmt.Errorf("smld: step size %v: want a positive number", eps)
	}
	if steps < 1 {
		return fmt.Errorf("smld: %d steps: want at least 1", steps)
	}
	if steps > mostSteps/levels {
		return fmt.Errorf("smld: %d steps at each of %d noise levels: want %d or fewer in all",
			steps, levels, mostSteps)
	}
	return nil
}
