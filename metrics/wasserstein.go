package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

func checkOrder(function string, order int) error {
	if order != 1 && order != 2 {
		return fmt.Errorf("metrics: %s: order %d: want 1 or 2", function, order)
	}
	return nil
}

func root(x float64, order int) float64 {
	if order == 2 {
		return math.Sqrt(x)
	}
	return x
}

func power(d float64, order int) float64 {
	if order == 2 {
		return detmath.Square(d)
	}
	return math.Abs(d)
}

// Wasserstein returns the Wasserstein distance of order 1 or 2 between two sets of equally many points, exactly: the
// cheapest assignment of one to the other, at the cost of the p-th power of the Euclidean distance. Time grows with the
// cube of the number of points, and memory with its square; 2000 take about a second. Coordinates that are not finite are
// errors.
func Wasserstein(a, b kernels.Matrix, order int) (float64, error) {
	if err := checkOrder("Wasserstein", order); err != nil {
		return 0, err
	}
	n := a.Rows
	if b.Rows != n || a.Cols != b.Cols || n < 1 {
		panic(fmt.Sprintf("metrics: Wasserstein: points %dx%d and %dx%d", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if err := checkPoints("Wasserstein", a, b); err != nil {
		return 0, err
	}
	cost := make([]float64, n*n)
	kernels.Parallel(n, 16, func(_, from, to int) {
		for i := from; i < to; i++ {
			for k := range n {
				square := detmath.SquaredDistance(a.Row(i), b.Row(k))
				if order == 1 {
					square = math.Sqrt(square)
				}
				cost[i*n+k] = square
			}
		}
	})
	sum := 0.0
	for i, k := range assign(cost, n) {
		sum += cost[i*n+k]
	}
	return root(sum/float64(n), order), nil
}
