package smld

import "fmt"

// ending returns the chain of the steps, which end at level last, with or without Denoise.
func ending(steps []Step, last float32, noDenoise bool, err error) (Chain, error) {
	if err != nil {
		return Chain{}, err
	}
	if noDenoise {
		return Chain{Steps: steps, End: last}, nil
	}
	return Chain{Steps: append(steps, Denoise(last))}, nil
}

// Sampler returns Langevin dynamics, which starts as wide as the data.
func (o LangevinOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	last := float32(levels.Min)
	// The drift is eps/2 of LangevinDynamics and eps of AnnealedLangevin.
	eps := 2 * o.Eps * float64(last) * float64(last)
	steps, err := LangevinDynamics(last, eps, o.Steps)
	chain, err := ending(steps, last, o.NoDenoise, err)
	chain.Clean = true
	return chain, err
}

// Sampler returns annealed Langevin dynamics.
func (o AnnealedOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.geometric(o.Levels)
	if err != nil {
		return nil, err
	}
	last := sigmas[len(sigmas)-1]
	steps, err := AnnealedLangevin(sigmas, o.Eps*float64(last)*float64(last), o.Steps)
	return ending(steps, last, o.NoDenoise, err)
}

// chainOf is a sampler with one step from each geometric level to the next, the last of them Denoise.
func chainOf(
	levels Range, n int, noDenoise bool, steps func(sigmas []float32) ([]Step, error),
) (Chain, error) {
	sigmas, err := levels.geometric(n)
	if err != nil {
		return Chain{}, err
	}
	all, err := steps(sigmas)
	return ending(all[:max(0, len(all)-1)], sigmas[len(sigmas)-1], noDenoise, err)
}

// Sampler returns consistent annealed sampling.
func (o ConsistentOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	return chainOf(levels, o.Levels, o.NoDenoise, func(sigmas []float32) ([]Step, error) {
		gamma := float64(sigmas[1]) / float64(sigmas[0])
		eta := o.Eta
		if eta == 0 {
			eta = min(1, 1.5*(1-gamma))
		}
		steps, err := ConsistentAnnealed(sigmas, eta)
		if err != nil {
			want := fmt.Sprintf("%.4g to %.4g at these noise levels", 1-gamma, 1+gamma)
			return nil, &OptionError{"Eta", eta, want}
		}
		return steps, nil
	})
}

// Sampler returns ancestral sampling.
func (o AncestralOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	return chainOf(levels, o.Levels, o.NoDenoise, Ancestral)
}

// Sampler returns reverse diffusion.
func (o ReverseOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	return chainOf(levels, o.Levels, o.NoDenoise, ReverseDiffusion)
}

// Sampler returns Euler's method for the ODE.
func (o DDIMOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	return chainOf(levels, o.Levels, o.NoDenoise, ProbabilityFlow)
}

// Sampler returns predictor-corrector sampling.
func (o CorrectedOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	if most := mostSteps / o.Levels; o.Corrections > most {
		want := fmt.Sprintf("at most %d with %d noise levels", most, o.Levels)
		return nil, &OptionError{"Corrections", o.Corrections, want}
	}
	var predictor Sampler
	steps := map[string]func(sigmas []float32) ([]Step, error){
		"ancestral": Ancestral, "reverse": ReverseDiffusion, "ddim": ProbabilityFlow,
	}[o.Predictor]
	switch {
	case o.Predictor == "consistent":
		with := ConsistentOptions{Levels: o.Levels, Eta: o.Eta, NoDenoise: o.NoDenoise}
		predictor, err = with.Sampler(levels)
	case steps == nil:
		return nil, &OptionError{"Predictor", o.Predictor, "consistent, ancestral, reverse or ddim"}
	case o.Eta != 0:
		return nil, &UnusedOptionError{
			Option: "Eta", Sampler: "pc with the predictor " + o.Predictor,
			Takers: append(takers("Eta", "pc"), "pc with the predictor consistent"),
		}
	default:
		predictor, err = chainOf(levels, o.Levels, o.NoDenoise, steps)
	}
	if err != nil {
		return nil, err
	}
	return PredictorCorrector{
		Predictor: predictor.(Chain), Corrections: o.Corrections, SNR: o.SNR, LiteralSNR: o.LiteralSNR,
	}, nil
}

// Sampler returns Heun.
func (o HeunOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.spaced(o.Rho, o.Levels)
	return Heun{
		Sigmas: sigmas, Churn: o.Churn, ChurnMin: o.ChurnMin, ChurnMax: o.ChurnMax, ChurnNoise: o.Noise,
		NoDenoise: o.NoDenoise,
	}, err
}

// Sampler returns LinearMultistep.
func (o LinearMultistepOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.spaced(o.Rho, o.Levels)
	return LinearMultistep{Sigmas: sigmas, Order: o.Order, NoDenoise: o.NoDenoise}, err
}

// Sampler returns DPMSolver of order 2.
func (o DPM2MOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.spaced(o.Rho, o.Levels)
	return DPMSolver{Sigmas: sigmas, Order: 2, NoDenoise: o.NoDenoise}, err
}

// Sampler returns DPMSolver of order 3.
func (o DPM3MOptions) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.spaced(o.Rho, o.Levels)
	return DPMSolver{Sigmas: sigmas, Order: 3, NoDenoise: o.NoDenoise}, err
}

// Sampler returns DPMSolver of order 2 with noise.
func (o DPM2MSDEOptions) Sampler(levels Range) (Sampler, error) { return o.ofOrder(2, levels) }

// Sampler returns DPMSolver of order 3 with noise.
func (o DPM3MSDEOptions) Sampler(levels Range) (Sampler, error) {
	return DPM2MSDEOptions(o).ofOrder(3, levels)
}

func (o DPM2MSDEOptions) ofOrder(order int, levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.spaced(o.Rho, o.Levels)
	return DPMSolver{
		Sigmas: sigmas, Order: order, Eta: o.Eta, Noise: o.Noise, NoDenoise: o.NoDenoise,
	}, err
}

// Sampler returns RK45.
func (o RK45Options) Sampler(levels Range) (Sampler, error) {
	o, err := completed(o)
	if err != nil {
		return nil, err
	}
	sigmas, err := levels.geometric(o.Levels)
	return RK45{Sigmas: sigmas, RelTol: o.Tolerance, AbsTol: o.Tolerance, NoDenoise: o.NoDenoise}, err
}
