package metrics

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

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
