package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// columnStats is what the unit of a column follows from.
type columnStats struct {
	mean, std float64
	wild      bool // some values are too far away to count in the unit
}

// column sets dst to column k of x.
func column(dst []float64, x kernels.Matrix64, k int) {
	for i := range dst {
		dst[i] = x.Data[i*x.Stride+k]
	}
}

// moments returns mean and standard deviation. Neither overflows where the values' differences do not. No
// digits are lost where the mean is far from zero.
func moments(values []float64) (mean, std float64) {
	n := float64(len(values))
	sum, most := 0.0, 0.0
	for _, v := range values {
		sum += (v - values[0]) / n
		most = max(most, math.Abs(v-values[0]))
	}
	mean = values[0] + sum
	if most == 0 {
		return values[0], 0
	}
	// A second pass takes away what rounding left of the first one's mean.
	rest, squares := 0.0, 0.0
	for _, v := range values {
		d := (v - mean) / most
		rest += d
		squares = math.FMA(d, d, squares)
	}
	rest /= n
	mean = math.FMA(rest, most, mean)
	return mean, float64(most * math.Sqrt(max(0, math.FMA(-rest, rest, squares/n))))
}

// columnStatistics returns the statistics of values, which are there in order too.
func columnStatistics(values, sorted []float64) columnStats {
	mean, std := moments(values)
	n := len(sorted)
	cut := (n + 199) / 200
	if n < 10 {
		return columnStats{mean: mean, std: std}
	}
	low, high := sorted[cut], sorted[n-1-cut]
	calm := make([]float64, n)
	for i, v := range values {
		calm[i] = max(low, min(high, v))
	}
	m, s := moments(calm)
	reach := detmath.Mul(tailStart, s)
	if s > 0 && (sorted[0] < m-reach || sorted[n-1] > m+reach) {
		return columnStats{mean: m, std: s, wild: true}
	}
	return columnStats{mean: mean, std: std}
}

// spikes returns the values that stand out of a column of numbers by how often they are there. Such a value
// has a thirtieth of the rows or more, and four times as many as the column's values have on average. Numbers
// that are spread over bins as wide as a quarter of the unit are told apart without that.
func spikes(sorted []float64, bin float64) []float64 {
	const share, often, wide, most = 30, 4, 0.25, 8
	if bin >= wide {
		return nil
	}
	distinct := 1
	for i := 1; i < len(sorted); i++ {
		if sorted[i] != sorted[i-1] {
			distinct++
		}
	}
	var found []float64
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to] == sorted[from] {
			to++
		}
		if n := to - from; n >= 5 && n*share >= len(sorted) && n*distinct >= often*len(sorted) {
			found = append(found, sorted[from])
		}
		from = to
	}
	if len(found) > most {
		return nil
	}
	return found
}
