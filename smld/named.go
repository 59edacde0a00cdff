package smld

import (
	"fmt"
	"strings"
)

// namedSampler is how a sampler is made, and the names of the settings that it has beside SigmaMax, SigmaMin
// and NoDenoise.
type namedSampler struct {
	name string
	make func(s Settings) (Sampler, error)
	has  []string
}

// These are the samplers with one step from each level to the next, which a corrector may follow.
var (
	consistentSampler = namedSampler{
		"consistent", chainSampler(1000, consistentSteps), []string{"Levels", "Eta"},
	}
	ancestralSampler = namedSampler{
		"ancestral", chainSampler(1000, plainSteps(Ancestral)), []string{"Levels"},
	}
	reverseSampler = namedSampler{
		"reverse", chainSampler(1000, plainSteps(ReverseDiffusion)), []string{"Levels"},
	}
	ddimSampler = namedSampler{
		"ddim", chainSampler(1000, plainSteps(ProbabilityFlow)), []string{"Levels"},
	}
)

// predictors are those that a corrector may follow.
var predictors = []namedSampler{consistentSampler, ancestralSampler, reverseSampler, ddimSampler}

const defaultPredictor = "reverse"

// samplers are those that NewSampler knows.
var samplers = []namedSampler{
	{"langevin", langevinSampler, []string{"Steps", "Eps"}},
	{"annealed", annealedSampler, []string{"Levels", "Steps", "Eps"}},
	consistentSampler,
	ancestralSampler,
	reverseSampler,
	{"pc", correctedSampler, []string{"Levels", "Predictor", "Corrections", "SNR", "LiteralSNR"}},
	ddimSampler,
	{"heun", heunSampler, []string{"Levels", "Rho", "Churn", "ChurnMin", "ChurnMax", "Noise"}},
	{"lms", multistepSampler, []string{"Levels", "Rho", "Order"}},
	{"dpm2m", dpmSampler(2, 0), []string{"Levels", "Rho"}},
	{"dpm3m", dpmSampler(3, 0), []string{"Levels", "Rho"}},
	{"dpm2m-sde", dpmSampler(2, 1), []string{"Levels", "Rho", "Eta", "Noise"}},
	{"dpm3m-sde", dpmSampler(3, 1), []string{"Levels", "Rho", "Eta", "Noise"}},
	{"rk45", rk45Sampler, []string{"Levels", "RelTol", "AbsTol"}},
}

// SamplerNames returns the names that NewSampler knows.
func SamplerNames() []string { return namesOf(samplers) }

func namesOf(list []namedSampler) []string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.name
	}
	return names
}

// NewSampler returns the sampler of a name. With its defaults, and levels from the largest distance in the
// data to a twentieth of its finest detail, an exact score gives good samples: they are all but as near to
// the distribution as samples of the distribution are to each other. docs/samplers.md has the figures, and
// the score evaluations that each sampler takes.
//
//	langevin    LangevinDynamics at SigmaMin, 1000 steps with drift Eps = 0.1;
//	            not for distributions with several modes
//	annealed    AnnealedLangevin at 500 geometric levels, 10 steps each, with Eps = 0.1
//	consistent  ConsistentAnnealed at 1000 geometric levels, Eta = 1.5 (1-gamma),
//	            midway from ddim to ancestral
//	ancestral   Ancestral at 1000 geometric levels
//	reverse     ReverseDiffusion at 1000 geometric levels
//	pc          PredictorCorrector at 1000 geometric levels, predictor reverse,
//	            one correction each with SNR = 0.16
//	ddim        ProbabilityFlow at 1000 geometric levels
//	heun        Heun at 40 levels with Rho = 7, without churn
//	lms         LinearMultistep of order 4 at 25 levels with Rho = 7
//	dpm2m       DPMSolver of order 2, the ODE, at 25 geometric levels
//	dpm3m       DPMSolver of order 3, the ODE, at 25 levels with Rho = 7
//	dpm2m-sde   DPMSolver of order 2, the SDE, at 25 geometric levels
//	dpm3m-sde   DPMSolver of order 3, the SDE, at 25 geometric levels
//	rk45        RK45 with tolerances of 10^-5
//
// All end with Denoise, unless NoDenoise is set. Settings tells which settings each sampler has.
func NewSampler(name string, s Settings) (Sampler, error) {
	if s.Levels < 0 || s.Steps < 0 || s.Corrections < 0 {
		return nil, fmt.Errorf("smld: %d levels, %d steps and %d corrections: want none below zero",
			s.Levels, s.Steps, s.Corrections)
	}
	sampler, err := find(samplers, "sampler", name)
	if err != nil {
		return nil, err
	}
	if err := checkUsed(sampler, s); err != nil {
		return nil, err
	}
	return sampler.make(s)
}

func find(list []namedSampler, what, name string) (namedSampler, error) {
	for _, c := range list {
		if c.name == name {
			return c, nil
		}
	}
	return namedSampler{}, fmt.Errorf("smld: no %s %q; choose one of %s",
		what, name, strings.Join(namesOf(list), ", "))
}

// or returns v, or the default where v is zero.
func or[T comparable](v, byDefault T) T {
	var zero T
	if v == zero {
		return byDefault
	}
	return v
}

// ending returns the chain of the steps, which end at level last, with or without Denoise.
func ending(steps []Step, last float32, s Settings, err error) (Sampler, error) {
	if err != nil {
		return nil, err
	}
	if s.NoDenoise {
		return Chain{Steps: steps, End: last}, nil
	}
	return Chain{Steps: append(steps, Denoise(last))}, nil
}

func langevinSampler(s Settings) (Sampler, error) {
	last := float32(s.SigmaMin)
	// The drift is eps/2 of LangevinDynamics and eps of AnnealedLangevin.
	eps := 2 * or(s.Eps, 0.1) * float64(last) * float64(last)
	steps, err := LangevinDynamics(last, eps, or(s.Steps, 1000))
	sampler, err := ending(steps, last, s, err)
	if chain, ok := sampler.(Chain); ok {
		chain.Clean = true // it starts as wide as the data, at its only level
		return chain, err
	}
	return sampler, err
}

func annealedSampler(s Settings) (Sampler, error) {
	sigmas, err := Geometric(s.SigmaMax, s.SigmaMin, or(s.Levels, 500))
	if err != nil {
		return nil, err
	}
	last := sigmas[len(sigmas)-1]
	steps, err := AnnealedLangevin(sigmas, or(s.Eps, 0.1)*float64(last)*float64(last), or(s.Steps, 10))
	return ending(steps, last, s, err)
}

// chainSampler is a sampler with one step from each geometric level to the next, the last of them Denoise.
func chainSampler(
	levels int, make func(sigmas []float32, s Settings) ([]Step, error),
) func(s Settings) (Sampler, error) {
	return func(s Settings) (Sampler, error) {
		sigmas, err := Geometric(s.SigmaMax, s.SigmaMin, or(s.Levels, levels))
		if err != nil {
			return nil, err
		}
		steps, err := make(sigmas, s)
		return ending(steps[:max(0, len(steps)-1)], sigmas[len(sigmas)-1], s, err)
	}
}

// plainSteps is steps that follow from the levels alone.
func plainSteps(
	steps func(sigmas []float32) ([]Step, error),
) func(sigmas []float32, _ Settings) ([]Step, error) {
	return func(sigmas []float32, _ Settings) ([]Step, error) { return steps(sigmas) }
}

func consistentSteps(sigmas []float32, s Settings) ([]Step, error) {
	gamma := float64(sigmas[1]) / float64(sigmas[0])
	return ConsistentAnnealed(sigmas, or(s.Eta, min(1, 1.5*(1-gamma))))
}

func correctedSampler(s Settings) (Sampler, error) {
	s.Levels = or(s.Levels, 1000)
	p, err := find(predictors, "predictor", or(s.Predictor, defaultPredictor))
	if err != nil {
		return nil, err
	}
	predictor, err := p.make(s)
	if err != nil {
		return nil, err
	}
	return PredictorCorrector{
		Predictor: predictor.(Chain), Corrections: or(s.Corrections, 1), SNR: or(s.SNR, 0.16),
		LiteralSNR: s.LiteralSNR,
	}, nil
}

func heunSampler(s Settings) (Sampler, error) {
	sigmas, err := Rho(s.SigmaMax, s.SigmaMin, or(s.Rho, 7), or(s.Levels, 40))
	return Heun{
		Sigmas: sigmas, Churn: s.Churn, ChurnMin: s.ChurnMin, ChurnMax: s.ChurnMax, ChurnNoise: s.Noise,
		NoDenoise: s.NoDenoise,
	}, err
}

func multistepSampler(s Settings) (Sampler, error) {
	sigmas, err := Rho(s.SigmaMax, s.SigmaMin, or(s.Rho, 7), or(s.Levels, 25))
	return LinearMultistep{Sigmas: sigmas, Order: or(s.Order, 4), NoDenoise: s.NoDenoise}, err
}

// dpmSampler is DPM-Solver++ of an order. The ODE of order 3 does best with levels that lie closer where they
// are small, the others with geometric ones.
func dpmSampler(order int, eta float64) func(s Settings) (Sampler, error) {
	return func(s Settings) (Sampler, error) {
		levels := or(s.Levels, 25)
		sigmas, err := Geometric(s.SigmaMax, s.SigmaMin, levels)
		if order == 3 && eta == 0 {
			s.Rho = or(s.Rho, 7)
		}
		if s.Rho != 0 {
			sigmas, err = Rho(s.SigmaMax, s.SigmaMin, s.Rho, levels)
		}
		return DPMSolver{
			Sigmas: sigmas, Order: order, Eta: or(s.Eta, eta), Noise: s.Noise, NoDenoise: s.NoDenoise,
		}, err
	}
}

func rk45Sampler(s Settings) (Sampler, error) {
	sigmas, err := Geometric(s.SigmaMax, s.SigmaMin, or(s.Levels, 2))
	return RK45{
		Sigmas: sigmas, RelTol: or(s.RelTol, 1e-5), AbsTol: or(s.AbsTol, 1e-5), NoDenoise: s.NoDenoise,
	}, err
}
