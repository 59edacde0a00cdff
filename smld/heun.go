package smld

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Heun is the second-order sampler of Karras et al. 2022 (Algorithm 2): Heun's method for the
// probability-flow ODE dx/dsigma = -sigma score. Each step may begin with churn. Churn is noise that takes
// the points from level sigma up to (1+gamma) sigma, gamma = min(Churn/steps, sqrt(2)-1). The last step, to
// zero, is Euler's and the same as Denoise.
type Heun struct {
	Sigmas []float32 // falling; Rho with rho = 7 is the paper's choice
	// Churn is the paper's S_churn; 0 is the deterministic sampler. Churn applies to levels from ChurnMin to
	// ChurnMax, where a ChurnMax of 0 is no limit. Its noise has the standard deviation ChurnNoise, where 0
	// stands for 1.
	Churn, ChurnMin, ChurnMax, ChurnNoise float64
	NoDenoise                             bool // stop at the last level instead of zero
}

// Start returns the first level.
func (h Heun) Start() float32 { return firstLevel(h.Sigmas) }

// Sample is Sampler's. It evaluates the score twice a step, and once in the step to zero.
func (h Heun) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkCall(score, x); err != nil {
		return 0, err
	}
	if err := checkLevels(h.Sigmas); err != nil {
		return 0, err
	}
	if !(h.Churn >= 0) || !(h.ChurnMin >= 0) || !(h.ChurnMax >= 0) || !(h.ChurnNoise >= 0) {
		return 0, fmt.Errorf("smld: churn of %v from level %v to %v with noise of %v: want none below zero",
			h.Churn, h.ChurnMin, h.ChurnMax, h.ChurnNoise)
	}
	e, y := newEvaluation(ctx, score, x, watch), kernels.NewMatrix(x.Rows, x.Cols)
	s := e.s
	steps := stepsBetween(h.Sigmas, h.NoDenoise)
	evaluations := 0
	for k := range steps {
		sigma, below := float64(h.Sigmas[k]), float64(levelAfter(h.Sigmas, k))
		if gamma := h.churn(sigma, steps); gamma > 0 {
			noise := stream(n.Seed, streams.Sample, uint64(k))
			root := math.Sqrt(gamma * (2 + gamma)) // (1+gamma)^2 - 1
			deviation := float32(cmp.Or(h.ChurnNoise, 1) * sigma * root)
			for i := range x.Rows {
				kernels.AddNoise(x.Row(i), x.Row(i), deviation, noise, n.at(i, x.Cols))
			}
			sigma = float64(sigma * (1 + gamma))
		}
		if err := e.at(s, x, float32(sigma)); err != nil {
			return float64(evaluations), err
		}
		evaluations++
		e.denoise(x, float32(sigma))
		down := sigma - below
		if below == 0 {
			Step{Drift: float32(sigma * down)}.apply(x, s, kernels.Noise{}, 0)
		} else {
			copyRows(y, x)
			Step{Drift: float32(sigma * down)}.apply(y, s, kernels.Noise{}, 0)
			Step{Drift: float32(sigma * down / 2)}.apply(x, s, kernels.Noise{}, 0)
			if err := e.at(s, y, float32(below)); err != nil {
				return float64(evaluations), err
			}
			evaluations++
			Step{Drift: float32(below * down / 2)}.apply(x, s, kernels.Noise{}, 0)
		}
		if err := e.report(x, k+1, steps, float32(below)); err != nil {
			return float64(evaluations), err
		}
	}
	return float64(evaluations), checkFinite(x, n.First)
}

// churn returns gamma of a step from level sigma.
func (h Heun) churn(sigma float64, steps int) float64 {
	if sigma < h.ChurnMin || h.ChurnMax > 0 && sigma > h.ChurnMax {
		return 0
	}
	return min(h.Churn/float64(steps), math.Sqrt2-1)
}
