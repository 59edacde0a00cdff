package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Sample is points, one a row, and the weight of each; nil weights are equal ones.
type Sample struct {
	X       kernels.Matrix
	Weights []float64
}

func (s Sample) check(function string) error {
	if s.X.Rows < 1 || s.Weights != nil && len(s.Weights) != s.X.Rows {
		panic(fmt.Sprintf("metrics: %s: %d points with %d weights", function, s.X.Rows, len(s.Weights)))
	}
	if err := checkPoints(function, s.X); err != nil || s.Weights == nil {
		return err
	}
	total := 0.0
	for i, w := range s.Weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return fmt.Errorf("metrics: %s: the weight of point %d is %v: want a finite number, zero or above", function, i+1, w)
		}
		total += w
	}
	if !(total > 0) || math.IsInf(total, 1) {
		return fmt.Errorf("metrics: %s: the weights add up to %v: want a positive number", function, total)
	}
	return nil
}

// checkPoints returns an error if a coordinate is not finite.
func checkPoints(function string, sets ...kernels.Matrix) error {
	for s, x := range sets {
		for i := range x.Rows {
			for j, v := range x.Row(i) {
				if v-v != 0 {
					return fmt.Errorf("metrics: %s: coordinate %d of point %d of set %d is %v: want finite numbers",
						function, j+1, i+1, s+1, v)
				}
			}
		}
	}
	return nil
}
