package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Geometric returns noise levels in geometric progression from sigmaMax down to sigmaMin, as in Song and Ermon 2019.
func Geometric(sigmaMax, sigmaMin float64, levels int) ([]float32, error) {
	switch {
	case !(sigmaMin > 0) || !(sigmaMax > sigmaMin) || sigmaMax > math.MaxFloat32:
		return nil, fmt.Errorf("smld: noise levels from %v to %v: want sigmaMax > sigmaMin > 0", sigmaMax, sigmaMin)
	case levels < 2:
		return nil, fmt.Errorf("smld: %d noise levels: want at least 2", levels)
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
			return fmt.Errorf("smld: noise level %d is %v and the one before it %v: levels must fall", i+1, s, sigmas[i-1])
		}
	}
	return nil
}

// LargestDistance returns the largest Euclidean distance between two rows of x: what Song and Ermon 2020 (Technique 1)
// take as sigmaMax, so that noise of the first level carries any point to any other. The cost grows with the square of
// the number of rows.
func LargestDistance(x kernels.Matrix) float64 {
	largest := 0.0
	for i := range x.Rows {
		a := x.Row(i)
		for k := range i {
			sum := 0.0
			for j, b := range x.Row(k) {
				d := float64(a[j]) - float64(b)
				sum += float64(d * d)
			}
			largest = max(largest, sum)
		}
	}
	return math.Sqrt(largest)
}
