package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Measure is a distance between two sets of points that is known for every other division of the same points, too. So it
// tells how large it is by chance: where both sets are of one distribution, the division that is there is as good as any
// other. Measures are made by SlicedMeasure, WassersteinMeasure, MMDMeasure, FrechetMeasure, CorrelationMeasure and
// MeanMeasure.
type Measure struct {
	first, second int
	strata        []int                    // see newSplits
	on            func(s splits) []float64 // the distance of each division
}

// Value returns the distance of the sets.
func (m Measure) Value() float64 { return m.on(newSplits(m.first, m.second, 0, m.strata, 0))[0] }

// random returns the distance of the sets and those of random divisions of the same points.
func (m Measure) random(divisions int, seed uint64) (value float64, others []float64) {
	all := m.on(newSplits(m.first, m.second, divisions, m.strata, seed))
	return all[0], all[1:]
}

// each is a Measure's function that looks at one division after another, on all cores.
func each(distance func(inFirst []bool) float64) func(s splits) []float64 {
	return func(s splits) []float64 {
		distances := make([]float64, len(s.inFirst))
		kernels.Parallel(len(distances), 1, func(_, i, _ int) { distances[i] = distance(s.inFirst[i]) })
		return distances
	}
}

// SlicedMeasure is the sliced Wasserstein distance of order 1 of equally weighted points; see SlicedWasserstein.
func SlicedMeasure(a, b kernels.Matrix, directions int, seed uint64) (Measure, error) {
	return slicedMeasure(Sample{X: a}, Sample{X: b}, nil, directions, seed)
}

// BalancedMeasure is the sliced Wasserstein distance of order 1 between points whose modes all have their exact share;
// see Balanced. Divisions exchange points of the same mode only.
func BalancedMeasure(a, b kernels.Matrix, ofA, ofB Modes, directions int, seed uint64) (Measure, error) {
	var weights [2][]float64
	for side, m := range []Modes{ofA, ofB} {
		if m.Covered < len(m.Counts) {
			_, err := Balanced(a, m)
			return Measure{}, err
		}
		// A point weighs what its mode's points do in the set that it is in.
		for _, labels := range [][]int{ofA.Labels, ofB.Labels} {
			for _, l := range labels {
				weights[side] = append(weights[side], m.Expected[l]/float64(m.Counts[l]))
			}
		}
	}
	m, err := slicedMeasure(Sample{X: a}, Sample{X: b}, &weights, directions, seed)
	m.strata = append(append([]int(nil), ofA.Labels...), ofB.Labels...)
	return m, err
}

func slicedMeasure(a, b Sample, weights *[2][]float64, directions int, seed uint64) (Measure, error) {
	theta, err := newDirections("SlicedMeasure", a, b, directions, seed)
	if err != nil {
		return Measure{}, err
	}
	pool := pool(a.X, b.X)
	return Measure{first: a.X.Rows, second: b.X.Rows, on: func(s splits) []float64 {
		along := make([][]float64, directions)
		kernels.Parallel(directions, 1, func(_, d, _ int) {
			at := make([]float64, pool.Rows)
			for i := range at {
				at[i] = dot(theta[d], pool.Row(i))
			}
			l := newLine(at)
			along[d] = make([]float64, len(s.inFirst))
			for i, inFirst := range s.inFirst {
				along[d][i] = l.wasserstein(inFirst, s.first, s.second, weights)
			}
		})
		means := make([]float64, len(s.inFirst))
		for _, distances := range along {
			for i, d := range distances {
				means[i] += d / float64(directions)
			}
		}
		return means
	}}, nil
}

// WassersteinMeasure is the Wasserstein distance of order 2 of two sets of equal size; see Wasserstein. It keeps the
// distances of all pairs of the pooled points.
func WassersteinMeasure(a, b kernels.Matrix) (Measure, error) {
	n := a.Rows
	if b.Rows != n || a.Cols != b.Cols || n < 1 {
		panic(fmt.Sprintf("metrics: WassersteinMeasure: points %dx%d and %dx%d", a.Rows, a.Cols, b.Rows, b.Cols))
	}
	if err := checkPoints("WassersteinMeasure", a, b); err != nil {
		return Measure{}, err
	}
	pool := pool(a, b)
	square := pairs(pool, func(_, _ int, d float64) float64 { return d })
	return Measure{first: n, second: n, on: each(func(inFirst []bool) float64 {
		var rows, cols []int
		for i, in := range inFirst {
			if in {
				rows = append(rows, i)
			} else {
				cols = append(cols, i)
			}
		}
		cost := make([]float64, n*n)
		for i, r := range rows {
			for k, c := range cols {
				cost[i*n+k] = square[r*2*n+c]
			}
		}
		sum := 0.0
		for i, k := range assign(cost, n) {
			sum += cost[i*n+k]
		}
		return math.Sqrt(sum / float64(n))
	})}, nil
}

// pairs returns a function of the squared distance of each two points, row-major, and zero for a point and itself.
func pairs(x kernels.Matrix, of func(i, k int, square float64) float64) []float64 {
	n := x.Rows
	all := make([]float64, n*n)
	kernels.Parallel(n, 8, func(_, from, to int) {
		for i := from; i < to; i++ {
			for k := range n {
				if k != i {
					all[i*n+k] = of(i, k, detmath.SquaredDistance(x.Row(i), x.Row(k)))
				}
			}
		}
	})
	return all
}

// MMDMeasure is the unbiased squared maximum mean discrepancy; see MMD. It keeps the kernel of all pairs of the pooled
// points.
func MMDMeasure(a, b kernels.Matrix, bandwidth float64) (Measure, error) {
	if err := checkMMD("MMDMeasure", a, b, bandwidth); err != nil {
		return Measure{}, err
	}
	pool := pool(a, b)
	kernel := newMMDKernel(bandwidth)
	of := pairs(pool, func(_, _ int, d float64) float64 { return kernel.at(d) })
	m, n := float64(a.Rows), float64(b.Rows)
	return Measure{first: a.Rows, second: b.Rows, on: each(func(inFirst []bool) float64 {
		var within [2]float64 // sums over the pairs in the first set and in the second
		between := 0.0
		for i, in := range inFirst {
			same, other := 0.0, 0.0
			for k, v := range of[i*pool.Rows : i*pool.Rows+i] {
				if inFirst[k] == in {
					same += v
				} else {
					other += v
				}
			}
			if in {
				within[0] += same
			} else {
				within[1] += same
			}
			between += other
		}
		return 2*within[0]/(m*(m-1)) + 2*within[1]/(n*(n-1)) - 2*between/(m*n)
	})}, nil
}

// FrechetMeasure is Frechet's distance; see Frechet.
func FrechetMeasure(a, b kernels.Matrix) (Measure, error) {
	if _, err := Frechet(a, b); err != nil {
		return Measure{}, err
	}
	pool := pool(a, b)
	return Measure{first: a.Rows, second: b.Rows, on: each(func(inFirst []bool) float64 {
		first, second := divide(pool, inFirst, a.Rows)
		d, err := Frechet(first, second)
		if err != nil {
			return math.NaN() // the same points divided otherwise: only the eigenvalues can be at fault
		}
		return d
	})}, nil
}

// MeanMeasure is the difference of the means of two samples, the first less the second.
func MeanMeasure(a, b []float64) (Measure, error) {
	if _, _, err := pooled("MeanMeasure", a, b); err != nil {
		return Measure{}, err
	}
	all := append(append([]float64(nil), a...), b...)
	return Measure{first: len(a), second: len(b), on: each(func(inFirst []bool) float64 {
		var sums [2]float64
		for i, v := range all {
			if inFirst[i] {
				sums[0] += v
			} else {
				sums[1] += v
			}
		}
		return sums[0]/float64(len(a)) - sums[1]/float64(len(b))
	})}, nil
}
