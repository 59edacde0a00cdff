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
// Coordinates that are not finite and a bandwidth that is not positive are errors.
func MMD(a, b kernels.Matrix, bandwidth float64) (float64, error) {
	if err := checkMMD("MMD", a, b, bandwidth); err != nil {
		return 0, err
	}
	m, n := float64(a.Rows), float64(b.Rows)
	k := newMMDKernel(bandwidth)
	return k.sum(a, a, true)/(m*(m-1)) + k.sum(b, b, true)/(n*(n-1)) - 2*k.sum(a, b, false)/(m*n), nil
}

func checkMMD(function string, a, b kernels.Matrix, bandwidth float64) error {
	if a.Rows < 2 || b.Rows < 2 || a.Cols != b.Cols {
		panic(fmt.Sprintf("metrics: %s: points %dx%d and %dx%d, want two at least", function, a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if !(bandwidth > 0) || math.IsInf(bandwidth, 1) {
		return fmt.Errorf("metrics: %s: bandwidth %v: want a positive number", function, bandwidth)
	}
	return checkPoints(function, a, b)
}

// mmdKernel is the mean of five Gaussian kernels.
type mmdKernel struct{ scale float64 } // of the squared distance, in the widest

func newMMDKernel(bandwidth float64) mmdKernel {
	const widest = 4
	return mmdKernel{-1 / (2 * widest * widest * bandwidth * bandwidth)}
}

func (k mmdKernel) at(squaredDistance float64) float64 {
	const halvings = 4
	// Halving h raises the kernel to its fourth power.
	e := detmath.Exp(k.scale * squaredDistance)
	sum := e
	for range halvings {
		e = detmath.Square(e)
		e = detmath.Square(e)
		sum += e
	}
	return sum / (halvings + 1)
}

// sum returns the sum of the kernel over all pairs of a point of a and one of b, but for pairs of equal index where same
// is set.
func (k mmdKernel) sum(a, b kernels.Matrix, same bool) float64 {
	sums := make([]float64, a.Rows)
	kernels.Parallel(a.Rows, 16, func(_, from, to int) {
		for i := from; i < to; i++ {
			for l := range b.Rows {
				if !same || i != l {
					sums[i] += k.at(detmath.SquaredDistance(a.Row(i), b.Row(l)))
				}
			}
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
			distances = append(distances, detmath.SquaredDistance(x.Row(i), x.Row(k)))
		}
	}
	if len(distances) == 0 {
		panic(fmt.Sprintf("metrics: MedianDistance: %d points", x.Rows))
	}
	slices.Sort(distances)
	return math.Sqrt(distances[len(distances)/2])
}
