package metrics

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
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

// SlicedWasserstein returns the sliced Wasserstein distance of order 1 or 2 (Bonneel et al. 2015): the Wasserstein
// distance of the points' projections on a direction, W_p = (integral |F^-1 - G^-1|^p)^(1/p), of which the mean of the
// p-th powers over random directions is taken, and of that the p-th root. The directions follow from seed; 128 or more
// serve. Coordinates that are not finite are errors, and so are weights that are negative, not finite, or all zero.
func SlicedWasserstein(a, b Sample, order, directions int, seed uint64) (float64, error) {
	if err := checkOrder("SlicedWasserstein", order); err != nil {
		return 0, err
	}
	theta, err := newDirections("SlicedWasserstein", a, b, directions, seed)
	if err != nil {
		return 0, err
	}
	distances := make([]float64, directions)
	kernels.Parallel(directions, 1, func(_, d, _ int) {
		distances[d] = transport(project(a, theta[d]), project(b, theta[d]), order)
	})
	sum := 0.0
	for _, d := range distances {
		sum += d
	}
	return root(sum/float64(directions), order), nil
}

// newDirections checks the sets and returns random unit vectors.
func newDirections(function string, a, b Sample, directions int, seed uint64) ([][]float64, error) {
	dim := a.X.Cols
	if b.X.Cols != dim {
		panic(fmt.Sprintf("metrics: %s: points of dimension %d and %d", function, dim, b.X.Cols))
	}
	if directions < 1 {
		return nil, fmt.Errorf("metrics: %s: %d directions: want at least 1", function, directions)
	}
	if err := errors.Join(a.check(function), b.check(function)); err != nil {
		return nil, err
	}
	normals := kernels.NewMatrix(directions, dim)
	kernels.Noise{Seed: seed, Stream: streams.Directions}.Fill(normals.Data[:directions*dim], 0)
	theta := make([][]float64, directions)
	for d := range theta {
		theta[d] = make([]float64, dim)
		norm := 0.0
		for j, v := range normals.Row(d) {
			theta[d][j] = float64(v)
			norm = math.FMA(theta[d][j], theta[d][j], norm)
		}
		for j := range theta[d] {
			theta[d][j] /= math.Sqrt(norm)
		}
	}
	return theta, nil
}

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

// atom is a point of the line with a weight.
type atom struct{ at, weight float64 }

// project returns the points along a direction in ascending order, with weights that sum to 1.
func project(s Sample, direction []float64) []atom {
	atoms, total := make([]atom, s.X.Rows), 0.0
	for i := range atoms {
		atoms[i] = atom{dot(direction, s.X.Row(i)), 1}
		if s.Weights != nil {
			atoms[i].weight = s.Weights[i]
		}
		total += atoms[i].weight
	}
	for i := range atoms {
		atoms[i].weight /= total
	}
	slices.SortFunc(atoms, func(a, b atom) int { return cmp.Compare(a.at, b.at) })
	return atoms
}

func dot(direction []float64, x []float32) float64 {
	sum := 0.0
	for j, v := range x {
		sum = math.FMA(direction[j], float64(v), sum)
	}
	return sum
}

// transport returns the integral of |F^-1 - G^-1|^order over (0, 1).
func transport(a, b []atom, order int) float64 {
	sum := 0.0
	for i, k, left, right := 0, 0, a[0].weight, b[0].weight; ; {
		moved := min(left, right)
		sum = math.FMA(moved, power(a[i].at-b[k].at, order), sum)
		if left -= moved; left == 0 {
			if i++; i == len(a) {
				return sum
			}
			left = a[i].weight
		}
		if right -= moved; right == 0 {
			if k++; k == len(b) {
				return sum
			}
			right = b[k].weight
		}
	}
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
