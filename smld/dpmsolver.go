package smld

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// DPMSolver is DPM-Solver++ with one evaluation of the score a step, of order 2 (2M) or 3 (3M), for the
// probability-flow ODE or the reverse-time SDE (Lu et al., "DPM-Solver++: fast solver for guided sampling of
// diffusion probabilistic models", 2022; the forms of the SDE for these noise levels are those of Crowson's
// k-diffusion, dpmpp_2m, dpmpp_2m_sde by midpoints, and dpmpp_3m_sde).
//
// With t = -log sigma and D(x, t) = x + sigma^2 score the expected clean point, the ODE is dx/dt = D - x,
// and the SDE with Eta = 1 has twice that drift and noise of its own. Both are linear in x but for D. Over a
// step of h = log(sigma/below) with k = (1+Eta) h, variation of constants gives
//
//	x_below = e^-k x + integral from 0 to k of e^(u-k) D(u) du + below sqrt(1 - e^(-2 Eta h)) z
//
// A step replaces D by the polynomial through its last values, D, D_1 and D_2 of steps that were h_1 and h_2
// long. With phi_1 = 1 - e^-k, r = h_1/h and s = h_2/h,
//
//	order 1: phi_1 D
//	order 2: phi_1 (D + (D-D_1)/(2r))
//	order 3: phi_1 D + phi_2 d_1 - phi_3 d_2,
//	         d_1 = a + (a-b) r/(r+s), d_2 = (a-b)/(r+s), a = (D-D_1)/r, b = (D_1-D_2)/s,
//	         phi_2 = 1 - phi_1/k, phi_3 = phi_2/k - 1/2
//
// and the first steps have what orders there are values for; of order 3, the second one takes phi_1 D +
// phi_2 a. Their errors are of the second power of h, so that a run of order 3 is between the two in the
// long run (2.3 is measured), but its constant is small. The last step, to zero, is Denoise.
type DPMSolver struct {
	Sigmas []float32 // falling
	Order  int       // 2 or 3
	// Eta is how much noise a step adds, in parts of the reverse-time SDE's. 0 is the ODE.
	Eta       float64
	Noise     float64 // standard deviation of that noise; 0 stands for 1
	NoDenoise bool    // stop at the last level instead of zero
}

// Start returns the first level.
func (d DPMSolver) Start() float32 { return firstLevel(d.Sigmas) }

// Sample is Sampler's. It evaluates the score once a step.
func (d DPMSolver) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkLevels(d.Sigmas); err != nil {
		return 0, err
	}
	if d.Order != 2 && d.Order != 3 {
		return 0, fmt.Errorf("smld: DPM-Solver++ of order %d: want 2 or 3", d.Order)
	}
	if !(d.Eta >= 0) || math.IsInf(d.Eta, 1) || !(d.Noise >= 0) || math.IsInf(d.Noise, 1) {
		return 0, fmt.Errorf(
			"smld: DPM-Solver++ with eta of %v and noise of %v: "+
				"want finite numbers, none below zero", d.Eta, d.Noise)
	}
	return sampleMultistep(ctx, d.steps(), true, score, x, n, watch)
}

// steps returns the coefficients of all steps.
func (d DPMSolver) steps() []multistep {
	steps := make([]multistep, stepsBetween(d.Sigmas, d.NoDenoise))
	var h1, h2 float64 // lengths of the steps before
	for k := range steps {
		sigma, below := d.Sigmas[k], levelAfter(d.Sigmas, k)
		steps[k] = multistep{sigma: sigma, after: below, past: []float64{1}}
		if below == 0 { // to the expected clean point
			break
		}
		h := detmath.Log(float64(sigma) / float64(below))
		ratio := detmath.Exp(-(1 + d.Eta) * h)
		steps[k].keep = ratio
		steps[k].past = d.weights(min(d.Order, k+1), (1+d.Eta)*h, 1-ratio, h1/h, h2/h)
		if d.Eta > 0 {
			root := math.Sqrt(max(0, 1-detmath.Exp(-2*d.Eta*h)))
			steps[k].noise = cmp.Or(d.Noise, 1) * float64(below) * root
		}
		h1, h2 = h, h1
	}
	return steps
}

// weights returns the weights of D, D_1 and D_2 in a step. An order more than there are values for is that of
// the values.
func (d DPMSolver) weights(order int, k, phi1, r, s float64) []float64 {
	phi2 := 1 - phi1/k
	switch {
	case order == 1:
		return []float64{phi1}
	case order == 2 && d.Order == 2:
		w := phi1 / (2 * r)
		return []float64{phi1 + w, -w}
	case order == 2:
		w := phi2 / r
		return []float64{phi1 + w, -w}
	}
	phi3 := phi2/k - 0.5
	// With a = (D-D1)/r and b = (D1-D2)/s, d1 = a (1+c) - b c and d2 = (a-b)/(r+s), c = r/(r+s).
	c := r / (r + s)
	ofA := float64(phi2*(1+c)) - phi3/(r+s)
	ofB := phi3/(r+s) - float64(phi2*c)
	return []float64{phi1 + ofA/r, ofB/s - ofA/r, -ofB / s}
}
