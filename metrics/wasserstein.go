package metrics

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
)

// Sample is points, one a row, and the weight of each; nil weights are equal ones.
type Sample struct {
	X       kernels.Matrix
	Weights []float64
}

func (s Sample) check(function string) {
	if s.X.Rows < 1 || s.Weights != nil && len(s.Weights) != s.X.Rows {
		panic(fmt.Sprintf("metrics: %s: %d points with %d weights", function, s.X.Rows, len(s.Weights)))
	}
}

// SlicedWasserstein returns the sliced Wasserstein distance of order 1 or 2 (Bonneel et al. 2015): the Wasserstein
// distance of the points' projections on a direction, W_p = (integral |F^-1 - G^-1|^p)^(1/p), of which the mean of the
// p-th powers over random directions is taken, and of that the p-th root. The directions follow from seed; 128 or more
// serve.
func SlicedWasserstein(a, b Sample, order, directions int, seed uint64) float64 {
	a.check("SlicedWasserstein")
	b.check("SlicedWasserstein")
	checkOrder("SlicedWasserstein", order)
	dim := a.X.Cols
	if b.X.Cols != dim || directions < 1 {
		panic(fmt.Sprintf("metrics: SlicedWasserstein: points of dimension %d and %d, %d directions", dim, b.X.Cols, directions))
	}
	theta := kernels.NewMatrix(directions, dim)
	kernels.Noise{Seed: seed, Stream: streamDirections}.Fill(theta.Data[:directions*dim], 0)
	distances := make([]float64, directions)
	kernels.Parallel(directions, 1, func(_, from, _ int) {
		direction, norm := make([]float64, dim), 0.0
		for j, v := range theta.Row(from) {
			direction[j] = float64(v)
			norm = math.FMA(direction[j], direction[j], norm)
		}
		for j := range direction {
			direction[j] /= math.Sqrt(norm)
		}
		distances[from] = transport(project(a, direction), project(b, direction), order)
	})
	sum := 0.0
	for _, d := range distances {
		sum += d
	}
	return root(sum/float64(directions), order)
}

// streamDirections is apart from the streams of package smld, whose purpose is in the bits from 48 on.
const streamDirections = 1 << 40

func checkOrder(function string, order int) {
	if order != 1 && order != 2 {
		panic(fmt.Sprintf("metrics: %s: order %d, want 1 or 2", function, order))
	}
}

func root(x float64, order int) float64 {
	if order == 2 {
		return math.Sqrt(x)
	}
	return x
}

func power(d float64, order int) float64 {
	if order == 2 {
		return float64(d * d)
	}
	return math.Abs(d)
}

// atom is a point of the line with a weight.
type atom struct{ at, weight float64 }

// project returns the points along a direction in ascending order, with weights that sum to 1.
func project(s Sample, direction []float64) []atom {
	atoms, total := make([]atom, s.X.Rows), 0.0
	for i := range atoms {
		sum := 0.0
		for j, v := range s.X.Row(i) {
			sum = math.FMA(direction[j], float64(v), sum)
		}
		atoms[i] = atom{sum, 1}
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
// cube of the number of points, and memory with its square; 2000 take about a second.
func Wasserstein(a, b kernels.Matrix, order int) float64 {
	checkOrder("Wasserstein", order)
	n := a.Rows
	if b.Rows != n || a.Cols != b.Cols || n < 1 {
		panic(fmt.Sprintf("metrics: Wasserstein: points %dx%d and %dx%d", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	cost := make([]float64, n*n)
	kernels.Parallel(n, 16, func(_, from, to int) {
		for i := from; i < to; i++ {
			for k := range n {
				square := squaredDistance(a.Row(i), b.Row(k))
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
	return root(sum/float64(n), order)
}

func squaredDistance(a, b []float32) float64 {
	sum := 0.0
	for j, b := range b {
		d := float64(a[j]) - float64(b)
		sum = math.FMA(d, d, sum)
	}
	return sum
}
