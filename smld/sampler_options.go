package smld

// These are the options of the samplers that have names. A zero stands for the default, which the tag default
// tells. Without that tag zero is zero, or what the help says, which the command and the docs show. No number
// is below the tag least or above the tag most. Without these tags it is finite and not below zero.

// SamplerOptions make a sampler for a range of noise levels.
type SamplerOptions interface {
	Sampler(levels Range) (Sampler, error)
}

// LangevinOptions are those of Langevin dynamics at the smallest level; see LangevinDynamics.
type LangevinOptions struct {
	Steps     int     `default:"1000" least:"1" help:"steps"`
	Eps       float64 `default:"0.1" help:"drift of a step in units of the smallest level squared"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// AnnealedOptions are those of annealed Langevin dynamics; see AnnealedLangevin.
type AnnealedOptions struct {
	Levels    int     `default:"500" least:"2" help:"noise levels"`
	Steps     int     `default:"10" least:"1" help:"steps at a level"`
	Eps       float64 `default:"0.1" help:"drift of a step in units of the smallest level squared"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// ConsistentOptions are those of consistent annealed sampling; see ConsistentAnnealed.
type ConsistentOptions struct {
	Levels int `default:"1000" least:"2" help:"noise levels"`
	// Eta is the step, with gamma the ratio of neighbouring levels 1-gamma for that of ddim and 1-gamma^2 for
	// that of ancestral.
	Eta       float64 `least:"0" most:"2" help:"step, 1-gamma as in ddim or more (default 1.5 (1-gamma))"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// AncestralOptions are those of ancestral sampling; see Ancestral.
type AncestralOptions struct {
	Levels    int  `default:"1000" least:"2" help:"noise levels"`
	NoDenoise bool `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// ReverseOptions are those of reverse diffusion; see ReverseDiffusion.
type ReverseOptions AncestralOptions

// DDIMOptions are those of Euler's method for the ODE; see ProbabilityFlow.
type DDIMOptions AncestralOptions

// CorrectedOptions are those of predictor-corrector sampling; see PredictorCorrector.
type CorrectedOptions struct {
	Levels      int     `default:"1000" least:"2" help:"noise levels"`
	Predictor   string  `default:"reverse" help:"predictor: consistent, ancestral, reverse or ddim"`
	Corrections int     `default:"1" least:"1" help:"steps of the corrector at each level"`
	SNR         float64 `default:"0.16" help:"signal-to-noise ratio of the corrector"`
	LiteralSNR  bool    `help:"take the paper's step of the corrector with each sample's own norms"`
	Eta         float64 `least:"0" most:"2" help:"step of the predictor consistent (default 1.5 (1-gamma))"`
	NoDenoise   bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// HeunOptions are those of Heun.
type HeunOptions struct {
	Levels    int     `default:"40" least:"2" help:"noise levels"`
	Rho       float64 `default:"7" least:"1" most:"1e6" help:"levels evenly spaced in power 1/rho"`
	Churn     float64 `help:"noise added on the way (S_churn; default 0, the deterministic sampler)"`
	ChurnMin  float64 `help:"smallest level that gets it (S_min)"`
	ChurnMax  float64 `help:"largest level that gets it (S_max; default none)"`
	Noise     float64 `default:"1" help:"standard deviation of the noise (S_noise)"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// LinearMultistepOptions are those of LinearMultistep.
type LinearMultistepOptions struct {
	Levels    int     `default:"25" least:"2" help:"noise levels"`
	Rho       float64 `default:"7" least:"1" most:"1e6" help:"levels evenly spaced in power 1/rho"`
	Order     int     `default:"4" least:"1" most:"4" help:"order"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// DPM2MOptions are those of DPMSolver of order 2, the ODE.
type DPM2MOptions struct {
	Levels    int     `default:"25" least:"2" help:"noise levels"`
	Rho       float64 `least:"1" most:"1e6" help:"levels evenly spaced in power 1/rho (default geometric)"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// DPM3MOptions are those of DPMSolver of order 3, the ODE. It does best with levels that lie closer where
// they are small.
type DPM3MOptions struct {
	Levels    int     `default:"25" least:"2" help:"noise levels"`
	Rho       float64 `default:"7" least:"1" most:"1e6" help:"levels evenly spaced in power 1/rho"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// DPM2MSDEOptions are those of DPMSolver of order 2, the SDE.
type DPM2MSDEOptions struct {
	Levels    int     `default:"25" least:"2" help:"noise levels"`
	Rho       float64 `least:"1" most:"1e6" help:"levels evenly spaced in power 1/rho (default geometric)"`
	Eta       float64 `default:"1" help:"how much noise a step adds, in parts of the reverse-time SDE's"`
	Noise     float64 `default:"1" help:"standard deviation of the noise"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}

// DPM3MSDEOptions are those of DPMSolver of order 3, the SDE.
type DPM3MSDEOptions DPM2MSDEOptions

// RK45Options are those of RK45.
type RK45Options struct {
	Levels    int     `default:"2" least:"2" help:"noise levels, at which samples meet"`
	Tolerance float64 `default:"1e-5" least:"1e-6" help:"relative and absolute tolerance"`
	NoDenoise bool    `help:"leave out the last step, which takes away the noise of the smallest level"`
}
