package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
)

// KS returns the two-sample distance of Kolmogorov and Smirnov, the largest difference of the two empirical distribution
// functions, and the asymptotic probability of one at least as large between two samples of one distribution without
// equal values (see KSProbability). Where values are equal the distance is looked at after all of them, and the
// probability is too large. A value that is NaN and an empty sample are errors.
func KS(a, b []float64) (distance, probability float64, err error) {
	l, inFirst, err := pooled("KS", a, b)
	if err != nil {
		return 0, 0, err
	}
	distance = l.kolmogorov(inFirst, len(a), len(b))
	return distance, KSProbability(distance, len(a), len(b)), nil
}

// KSProbability returns the probability that the distance between samples of n and of m values of one distribution is at
// least as large, in the limit of large samples (Kolmogorov 1933, Smirnov 1939):
//
//	2 sum_k (-1)^(k-1) e^(-2 k^2 t^2), t = distance sqrt(n m/(n+m))
func KSProbability(distance float64, n, m int) float64 {
	if n < 1 || m < 1 {
		panic(fmt.Sprintf("metrics: KSProbability: samples of %d and %d values", n, m))
	}
	t := distance * math.Sqrt(float64(n)*float64(m)/(float64(n)+float64(m)))
	if t < 0.2 { // less than 1 by 1e-12, and the series converges slowly
		return 1
	}
	sum, sign := 0.0, 2.0
	for k := 1.0; k < 40; k++ {
		term := detmath.Exp(-2 * k * k * t * t)
		sum += float64(sign * term)
		if term < 1e-18*sum {
			break
		}
		sign = -sign
	}
	return max(0, min(1, sum))
}

// TotalVariation returns the distance of total variation between the values of two samples, half the sum over all values
// of the difference of their shares: 0 where all shares are equal, 1 where the samples have no value in common. It is for
// categories, and for whole numbers with few values. A value that is NaN and an empty sample are errors.
func TotalVariation(a, b []float64) (float64, error) {
	l, inFirst, err := pooled("TotalVariation", a, b)
	if err != nil {
		return 0, err
	}
	return l.variation(inFirst, len(a), len(b)), nil
}

// pooled returns all values on a line, and which are of a.
func pooled(function string, a, b []float64) (line, []bool, error) {
	if len(a) == 0 || len(b) == 0 {
		return line{}, nil, fmt.Errorf("metrics: %s of samples of %d and %d values: want at least one each", function, len(a), len(b))
	}
	for s, values := range [][]float64{a, b} {
		for i, v := range values {
			if math.IsNaN(v) {
				return line{}, nil, fmt.Errorf("metrics: %s: value %d of sample %d is NaN", function, i+1, s+1)
			}
		}
	}
	all := append(append(make([]float64, 0, len(a)+len(b)), a...), b...)
	inFirst := make([]bool, len(all))
	for i := range a {
		inFirst[i] = true
	}
	return newLine(all), inFirst, nil
}
