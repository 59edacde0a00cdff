package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// NearestDistances returns the distance of each row of x to the nearest row of data. Samples that are nearer to the
// training data than new points of the true distribution are have memorised it.
func NearestDistances(x, data kernels.Matrix) []float64 {
	_, distances := Nearest(x, data)
	return distances
}

// Nearest returns, for each row of x, the number of the nearest row of data, the first of equally near ones, and its distance.
func Nearest(x, data kernels.Matrix) (rows []int, distances []float64) {
	if x.Cols != data.Cols || data.Rows < 1 {
		panic(fmt.Sprintf("metrics: Nearest: points %dx%d, data %dx%d", x.Rows, x.Cols, data.Rows, data.Cols))
	}
	rows, distances = make([]int, x.Rows), make([]float64, x.Rows)
	kernels.Parallel(x.Rows, 8, func(from, to int) {
		for i := from; i < to; i++ {
			least := math.Inf(1)
			for k := range data.Rows {
				if d := squaredDistance(x.Row(i), data.Row(k)); d < least {
					rows[i], least = k, d
				}
			}
			distances[i] = math.Sqrt(least)
		}
	})
	return rows, distances
}

// Mean returns the mean of values and its standard error.
func Mean(values []float64) (mean, standardError float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v
	}
	mean /= n
	for _, v := range values {
		standardError += float64((v - mean) * (v - mean))
	}
	return mean, math.Sqrt(standardError / (n * max(n-1, 1)))
}

// NearestOthers returns the distance of each row of x to the nearest other row: what NearestDistances of new points of the
// distribution would be, were x one point smaller.
func NearestOthers(x kernels.Matrix) []float64 {
	distances := make([]float64, x.Rows)
	kernels.Parallel(x.Rows, 8, func(from, to int) {
		for i := from; i < to; i++ {
			least := math.Inf(1)
			for k := range x.Rows {
				if k != i {
					least = min(least, squaredDistance(x.Row(i), x.Row(k)))
				}
			}
			distances[i] = math.Sqrt(least)
		}
	})
	return distances
}
