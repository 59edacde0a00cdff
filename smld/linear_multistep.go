package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// LinearMultistep solves the probability-flow ODE dx/dsigma = -sigma score by the method of Adams and
// Bashforth on unequal steps: a step integrates the polynomial through the derivative at this level and at
// the Order-1 levels before (Liu et al., "Pseudo numerical methods for diffusion models", 2022, and Crowson's
// k-diffusion, sample_lms, have it for diffusion models). The first steps have the order that there are
// derivatives for. The last step, to zero, is one of them.
type LinearMultistep struct {
	Sigmas    []float32 // falling
	Order     int       // 1 to 4
	NoDenoise bool      // stop at the last level instead of zero
}

// Start returns the first level.
func (l LinearMultistep) Start() float32 { return firstLevel(l.Sigmas) }

// Sample is Sampler's. It evaluates the score once a step.
func (l LinearMultistep) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkLevels(l.Sigmas); err != nil {
		return 0, err
	}
	if l.Order < 1 || l.Order > mostPast {
		return 0, fmt.Errorf("smld: linear multistep of order %d: want 1 to %d", l.Order, mostPast)
	}
	return sampleMultistep(ctx, l.steps(), false, score, x, n, watch)
}

// steps returns the coefficients of all steps.
func (l LinearMultistep) steps() []multistep {
	steps := make([]multistep, stepsBetween(l.Sigmas, l.NoDenoise))
	for k := range steps {
		steps[k] = multistep{sigma: l.Sigmas[k], after: levelAfter(l.Sigmas, k), keep: 1}
		order := min(l.Order, k+1)
		nodes := make([]float64, order) // this level and those before
		for j := range nodes {
			nodes[j] = float64(l.Sigmas[k-j])
		}
		for j, w := range integrals(nodes, float64(l.Sigmas[k]), float64(steps[k].after)) {
			steps[k].past = append(steps[k].past, -w*nodes[j])
		}
	}
	return steps
}

// integrals returns the integrals from one level to another of the polynomials that are 1 at one node and 0
// at the others. Gauss's rule with two points is exact up to degree 3.
func integrals(nodes []float64, from, to float64) []float64 {
	all := make([]float64, len(nodes))
	middle, half := (from+to)/2, (to-from)/2
	for j, node := range nodes {
		for _, sign := range []float64{-1, 1} {
			at, value := math.FMA(sign*half, 1/math.Sqrt(3), middle), 1.0
			for i, other := range nodes {
				if i != j {
					value *= (at - other) / (node - other)
				}
			}
			all[j] += float64(half * value)
		}
	}
	return all
}
