package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// Geometric returns noise levels in geometric progression from sigmaMax down to sigmaMin, as in Song and
// Ermon 2019.
func Geometric(sigmaMax, sigmaMin float64, levels int) ([]float32, error) {
	switch {
	case !(sigmaMin > 0) || !(sigmaMax > sigmaMin) || sigmaMax > math.MaxFloat32:
		return nil, fmt.Errorf("smld: noise levels from %v to %v: want sigmaMax > sigmaMin > 0",
			sigmaMax, sigmaMin)
	case levels < 2 || levels > mostSteps:
		return nil, fmt.Errorf("smld: %d noise levels: want at least 2, and at most %d", levels, mostSteps)
	}
	top, bottom := detmath.Log(sigmaMax), detmath.Log(sigmaMin)
	sigmas := make([]float32, levels)
	for i := range sigmas {
		t := float64(i) / float64(levels-1)
		sigmas[i] = float32(detmath.Exp(math.FMA(t, bottom-top, top)))
	}
	sigmas[0], sigmas[levels-1] = float32(sigmaMax), float32(sigmaMin)
	return sigmas, checkLevels(sigmas)
}

// Rho returns noise levels whose powers 1/rho are evenly spaced from sigmaMax down to sigmaMin (Karras et al.
// 2022, equation 5, with rho = 7 there). For i = 0..levels-1,
//
//	sigma_i = (sigmaMax^(1/rho) + i/(levels-1) (sigmaMin^(1/rho) - sigmaMax^(1/rho)))^rho
//
// With rho = 1 they are evenly spaced, and towards infinite rho they are Geometric.
func Rho(sigmaMax, sigmaMin, rho float64, levels int) ([]float32, error) {
	switch {
	case !(sigmaMin > 0) || !(sigmaMax > sigmaMin) || sigmaMax > math.MaxFloat32:
		return nil, fmt.Errorf("smld: noise levels from %v to %v: want sigmaMax > sigmaMin > 0",
			sigmaMax, sigmaMin)
	case levels < 2 || levels > mostSteps:
		return nil, fmt.Errorf("smld: %d noise levels: want at least 2, and at most %d", levels, mostSteps)
	case !(rho >= 1) || math.IsInf(rho, 1):
		return nil, fmt.Errorf("smld: rho of %v: want at least 1", rho)
	}
	top, bottom := detmath.Pow(sigmaMax, 1/rho), detmath.Pow(sigmaMin, 1/rho)
	sigmas := make([]float32, levels)
	for i := range sigmas {
		t := float64(i) / float64(levels-1)
		sigmas[i] = float32(detmath.Pow(math.FMA(t, bottom-top, top), rho))
	}
	sigmas[0], sigmas[levels-1] = float32(sigmaMax), float32(sigmaMin)
	return sigmas, checkLevels(sigmas)
}

// checkLevels returns an error unless the levels are positive and fall strictly.
func checkLevels(sigmas []float32) error {
	if len(sigmas) == 0 {
		return fmt.Errorf("smld: no noise levels")
	}
	for i, s := range sigmas {
		if !(s > 0) || s > math.MaxFloat32 {
			return fmt.Errorf("smld: noise level %d is %v, want a positive number", i+1, s)
		}
		if i > 0 && s >= sigmas[i-1] {
			return fmt.Errorf("smld: noise level %d is %v and the one before it %v: levels must fall",
				i+1, s, sigmas[i-1])
		}
	}
	return nil
}

// levelAfter returns the level after number k, or zero behind the last one.
func levelAfter(sigmas []float32, k int) float32 {
	if k+1 < len(sigmas) {
		return sigmas[k+1]
	}
	return 0
}

// stepsBetween is how many steps lead from level to level, and to zero unless noDenoise.
func stepsBetween(sigmas []float32, noDenoise bool) int {
	if noDenoise {
		return len(sigmas) - 1
	}
	return len(sigmas)
}

// firstLevel returns the first of some levels.
func firstLevel(sigmas []float32) float32 {
	if len(sigmas) == 0 {
		return 0
	}
	return sigmas[0]
}
