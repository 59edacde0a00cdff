package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// Song and Ermon 2020 ("Improved techniques for training score-based generative models") derive the noise
// levels and the step size of annealed Langevin dynamics from the dimension D of the data. Their Technique 1
// is LargestDistance.

// NCSNv2Ratio returns the ratio gamma = sigma_i-1/sigma_i of neighbouring noise levels by Technique 2. Noise
// of one level in D dimensions lies near a sphere. gamma is such that half of the noise of a level lies where
// the level above has nearly all of its own. It solves
//
//	Phi(sqrt(2D) (gamma-1) + 3 gamma) - Phi(sqrt(2D) (gamma-1) - 3 gamma) = 1/2
//
// Below D = 5 there is no solution.
func NCSNv2Ratio(dim int) (float64, error) {
	const least = 5 // sqrt(2D) > 3, or the left side tends to 1
	if dim < least {
		return 0, fmt.Errorf("smld: NCSNv2's ratio of noise levels has no solution for points of "+
			"dimension %d, only from %d on: "+
			"in few dimensions noise does not lie near a sphere; choose the number of levels with "+
			"Geometric or Rho instead",
			dim, least)
	}
	root := math.Sqrt(float64(2 * dim))
	overlap := func(gamma float64) float64 {
		center := float64(root * (gamma - 1))
		return normalCDF(math.FMA(3, gamma, center)) - normalCDF(math.FMA(-3, gamma, center))
	}
	low, high := 1.0, 2.0
	for overlap(high) > 0.5 {
		high *= 2
	}
	for range 60 {
		if mid := low + detmath.Mul(high-low, 0.5); overlap(mid) > 0.5 {
			low = mid
		} else {
			high = mid
		}
	}
	return low, nil
}

// NCSNv2Levels returns noise levels in geometric progression from sigmaMax down to sigmaMin. It returns as
// many as it takes for their ratio not to exceed NCSNv2Ratio of the dimension.
func NCSNv2Levels(sigmaMax, sigmaMin float64, dim int) ([]float32, error) {
	gamma, err := NCSNv2Ratio(dim)
	if err != nil {
		return nil, err
	}
	if !(sigmaMin > 0) || !(sigmaMax > sigmaMin) || sigmaMax > math.MaxFloat32 {
		return nil, fmt.Errorf("smld: noise levels from %v to %v: want sigmaMax > sigmaMin > 0",
			sigmaMax, sigmaMin)
	}
	span := detmath.Log(sigmaMax/sigmaMin) / detmath.Log(gamma)
	return Geometric(sigmaMax, sigmaMin, max(2, int(math.Ceil(span))+1))
}

// NCSNv2StepSize returns the step size eps of annealed Langevin dynamics by Technique 4, in units of
// sigmaMin^2. There are steps steps at each level, and gamma is the ratio of neighbouring levels. At the end
// of a level the variance, in units of the level's own, is
//
//	(1-eps)^(2 steps) (gamma^2 - b) + b,    b = 2 eps/(1 - (1-eps)^2) = 1/(1 - eps/2)
//
// eps brings it as near to 1 as it can be. It is above 1 for every eps. The second result is that smallest
// variance, which tells whether levels and steps suffice: 1.06 for CIFAR-10 as published. For
// AnnealedLangevin multiply eps by sigmaMin^2.
func NCSNv2StepSize(gamma float64, steps int) (eps, variance float64, err error) {
	if !(gamma > 1) || gamma > 1e6 {
		return 0, 0, fmt.Errorf("smld: noise levels with a ratio of %v: want one above 1 and at most 10^6",
			gamma)
	}
	if steps < 1 {
		return 0, 0, fmt.Errorf("smld: %d steps: want at least 1", steps)
	}
	end := func(eps float64) float64 {
		decay := 1.0
		for range 2 * steps {
			decay *= 1 - eps
		}
		b := 1 / (1 - detmath.Mul(eps, 0.5))
		return math.FMA(decay, math.FMA(gamma, gamma, -b), b)
	}
	// The variance falls and then rises on (0, 1). The search by thirds keeps the lowest point inside.
	low, high := 0.0, 1.0
	for range 200 {
		third := (high - low) / 3
		if end(low+third) <= end(high-third) {
			high -= third
		} else {
			low += third
		}
	}
	return low, end(low), nil
}

// normalCDF returns the standard normal distribution function, 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...).
// All terms have one sign, so nothing cancels. Beyond 8, the function is within 10^-15 of 0 or 1.
func normalCDF(x float64) float64 {
	switch {
	case x > 8:
		return 1
	case x < -8:
		return 0
	}
	const rootTwoPi = 2.5066282746310002
	square := detmath.Square(x)
	term, sum := x, x
	for n := 3.0; math.Abs(term) > 1e-17*math.Abs(sum); n += 2 {
		term = float64(term * (square / n))
		sum += term
	}
	return math.FMA(detmath.Exp(-square/2)/rootTwoPi, sum, 0.5)
}
