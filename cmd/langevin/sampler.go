package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// samplerFlags choose a sampler and its settings. Zeros are flags that are not given.
type samplerFlags struct {
	Levels      count    `placeholder:"N" help:"Noise levels, from the model's largest to its smallest; by default as many as the sampler needs: 500 of annealed, 40 of heun, 25 of lms and of DPM-Solver++, 2 of rk45, 1000 of the others. Not of langevin."`
	Steps       count    `placeholder:"N" help:"Steps of langevin (default 1000), or steps a level of annealed (default 10)."`
	Eps         positive `placeholder:"X" help:"Step size of langevin and annealed, in units of the smallest noise level squared (default 0.1)."`
	Eta         positive `placeholder:"X" help:"Step of consistent, and of pc with that predictor, between those of ddim, 1-gamma, and beyond ancestral, 1-gamma^2, where gamma is the ratio of neighbouring levels (default 1.5 (1-gamma))."`
	Predictor   string   `placeholder:"NAME" help:"Predictor of pc: consistent, ancestral, reverse or ddim (default reverse)."`
	Corrections count    `placeholder:"N" help:"Steps of pc's corrector at each level (default 1)."`
	SNR         positive `name:"snr" placeholder:"X" help:"Signal-to-noise ratio of pc's corrector (default 0.16)."`
	Rho         positive `placeholder:"X" help:"Where levels of heun, lms and DPM-Solver++ lie: their powers 1/rho are evenly spaced (default 7 of heun, lms and dpm3m, geometric levels of the others)."`
	Order       count    `placeholder:"N" help:"Order of lms, 1 to 4 (default 4)."`
	Churn       float64  `placeholder:"X" help:"Noise that heun adds on the way; by default 0, the deterministic sampler."`
	ChurnMin    positive `placeholder:"X" help:"Smallest level at which heun churns."`
	ChurnMax    positive `placeholder:"X" help:"Largest level at which heun churns."`
	Noise       positive `placeholder:"X" help:"Standard deviation of the noise that heun's churn, dpm2m-sde and dpm3m-sde add (default 1)."`
	Tolerance   positive `placeholder:"X" help:"Relative and absolute tolerance of rk45 (default 1e-5)."`
	Denoise     bool     `default:"true" negatable:"" help:"End with a denoising step."`
}

// flagOf are the flags of those settings that flags set.
var flagOf = map[string]string{
	"Levels": "--levels", "Steps": "--steps", "Eps": "--eps", "Eta": "--eta", "Predictor": "--predictor",
	"Corrections": "--corrections", "SNR": "--snr", "Rho": "--rho", "Order": "--order", "Churn": "--churn", "ChurnMin": "--churn-min",
	"ChurnMax": "--churn-max", "Noise": "--noise", "RelTol": "--tolerance", "AbsTol": "--tolerance",
}

// newSampler returns the sampler of a name between two noise levels.
func (f *samplerFlags) newSampler(name string, sigmaMax, sigmaMin float64) (smld.Sampler, error) {
	const step = 16 // bytes
	steps := step * float64(f.Steps) * float64(max(1, f.Levels))
	if err := cmp.Or(checkLevels(int(f.Levels)), checkMemory(fmt.Sprintf("%d steps at a level", f.Steps), steps)); err != nil {
		return nil, err
	}
	sampler, err := smld.NewSampler(name, smld.Settings{
		SigmaMax: sigmaMax, SigmaMin: sigmaMin, Levels: int(f.Levels), Steps: int(f.Steps), Eps: float64(f.Eps), Eta: float64(f.Eta),
		Predictor: f.Predictor, Corrections: int(f.Corrections), SNR: float64(f.SNR), Rho: float64(f.Rho), Order: int(f.Order),
		Churn: f.Churn, ChurnMin: float64(f.ChurnMin), ChurnMax: float64(f.ChurnMax), Noise: float64(f.Noise),
		RelTol: float64(f.Tolerance), AbsTol: float64(f.Tolerance), NoDenoise: !f.Denoise,
	})
	var unused *smld.UnusedSettingError
	if errors.As(err, &unused) {
		return nil, errors.New(unused.Describe(flagOf[unused.Setting]))
	}
	return sampler, err
}

// checkLevels returns an error unless so many noise levels fit in memory, with a step at each.
func checkLevels(levels int) error {
	const level = 64 // bytes
	return checkMemory(fmt.Sprintf("%d noise levels", levels), level*float64(levels))
}

// sampler returns the sampler of a name for a model.
func (f *samplerFlags) sampler(name string, m *smld.Model) (smld.Sampler, error) {
	return f.newSampler(name, float64(m.Sigmas[0]), float64(m.Sigmas[len(m.Sigmas)-1]))
}

// checkCount returns an error unless n samples of a model fit in memory.
func checkCount(n int, m *smld.Model) error {
	const most = 1 << 30
	if n < 1 || n > most/m.Dim() {
		return fmt.Errorf("%d samples: want between 1 and %d of this model", n, most/m.Dim())
	}
	const bytes = 4 * 3 // of each value: samples, and a sampler's arrays of that size
	return checkMemory(fmt.Sprintf("%d samples", n), bytes*float64(n)*float64(m.Dim()))
}

// draw returns n samples, points of a model, and the mean number of score evaluations that one took.
func (f *samplerFlags) draw(c *console, name string, m *smld.Model, n int, seed uint64) (kernels.Matrix, float64, error) {
	if err := checkCount(n, m); err != nil {
		return kernels.Matrix{}, 0, err
	}
	sampler, err := f.sampler(name, m)
	if err != nil {
		return kernels.Matrix{}, 0, err
	}
	watch, finish := watching(c)
	defer finish()
	return m.Draw(c.ctx, sampler, n, smld.Numbers{Seed: seed}, watch)
}

// watching returns a callback that shows a sampler's progress, and what ends it.
func watching(c *console) (watch smld.Watch, finish func()) {
	var bar *progress
	return func(p smld.Progress) error {
			if bar == nil {
				bar = newProgress(c.log, "sampling", 0, p.Total)
			}
			bar.step(p.Done, func() string { return fmt.Sprintf("sigma %.3g", p.Sigma) })
			return nil
		}, func() {
			if bar != nil {
				bar.finish()
			}
		}
}
