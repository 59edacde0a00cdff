package metrics

import (
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// MMD returns the unbiased estimate of the squared maximum mean discrepancy (Gretton et al. 2012, equation 3) of two sets
// of points, for the mean of five Gaussian kernels e^(-|x-y|^2/(2 h^2)) with h = bandwidth times 1/4, 1/2, 1, 2 and 4.
// It has mean zero for equal distributions and so may be negative. Time grows with the square of the number of points.
func MMD(a, b kernels.Matrix, bandwidth float64) float64 {
	if a.Rows < 2 || b.Rows < 2 || a.Cols != b.Cols {
		panic(fmt.Sprintf("metrics: MMD: points %dx%d and %dx%d, want two at least", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if !(bandwidth > 0) {
		panic(fmt.Sprintf("metrics: MMD: bandwidth %v", bandwidth))
	}
	m, n := float64(a.Rows), float64(b.Rows)
	return kernelSum(a, a, bandwidth, true)/(m*(m-1)) + kernelSum(b, b, bandwidth, true)/(n*(n-1)) -
		2*kernelSum(a, b, bandwidth, false)/(m*n)
}

// kernelSum returns the sum of the kernel over all pairs of a point of a and one of b, but for pairs of equal index
// where same is set.
func kernelSum(a, b kernels.Matrix, bandwidth float64, same bool) float64 {
	const widest, halvings = 4, 4
	scale := -1 / (2 * widest * widest * bandwidth * bandwidth)
	sums := make([]float64, a.Rows)
	kernels.Parallel(a.Rows, 16, func(_, from, to int) {
		for i := from; i < to; i++ {
			sum := 0.0
			for k := range b.Rows {
				if same && i == k {
					continue
				}
				// Halving h raises the kernel to its fourth power.
				e := detmath.Exp(scale * squaredDistance(a.Row(i), b.Row(k)))
				sum += e
				for range halvings {
					e = float64(e * e)
					e = float64(e * e)
					sum += e
				}
			}
			sums[i] = sum / (halvings + 1)
		}
	})
	total := 0.0
	for _, s := range sums {
		total += s
	}
	return total
}

// MedianDistance returns the median distance between two rows of x, of which it looks at the first 1000: the usual
// bandwidth of a kernel.
func MedianDistance(x kernels.Matrix) float64 {
	n := min(x.Rows, 1000)
	var distances []float64
	for i := range n {
		for k := range i {
			distances = append(distances, squaredDistance(x.Row(i), x.Row(k)))
		}
	}
	if len(distances) == 0 {
		panic(fmt.Sprintf("metrics: MedianDistance: %d points", x.Rows))
	}
	slices.Sort(distances)
	return math.Sqrt(distances[len(distances)/2])
}
