package metrics

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// Mean returns the mean of values and its standard error, which is 0 for values that are equal and for one alone.
func Mean(values []float64) (mean, standardError float64) {
	if len(values) == 0 {
		return math.NaN(), math.NaN()
	}
	n, first := float64(len(values)), values[0]
	for _, v := range values {
		mean += v - first // exactly zero for equal values
	}
	mean = first + mean/n
	for _, v := range values {
		standardError += detmath.Square(v - mean)
	}
	return mean, math.Sqrt(standardError / (n * max(n-1, 1)))
}

// ShareBelow returns the share of values below a limit.
func ShareBelow(values []float64, limit float64) float64 {
	below := 0
	for _, v := range values {
		if v < limit {
			below++
		}
	}
	return float64(below) / float64(len(values))
}
