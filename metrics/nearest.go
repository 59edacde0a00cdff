package metrics

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Neighbours are the nearest rows of a data set to some points.
type Neighbours struct {
	Rows      []int     // the number of the nearest row, the first of equally near ones
	Distances []float64 // to that row

	// Ratios are the distances to the nearest row over those to the second nearest, one where both are zero or there is
	// none. A sample that repeats a training point is much nearer to it than to any other (Yoon, Choi, Kwon and Ryu 2023,
	// "Diffusion probabilistic models generalize when they fail to memorize", who draw the line at 1/3).
	Ratios []float64
}

// Nearest returns the neighbours of the rows of x in data. Samples that are nearer to the training data than new points of
// the true distribution are have memorised it.
func Nearest(x, data kernels.Matrix) Neighbours {
	if x.Cols != data.Cols || data.Rows < 1 {
		panic(fmt.Sprintf("metrics: Nearest: points %dx%d, data %dx%d", x.Rows, x.Cols, data.Rows, data.Cols))
	}
	n := Neighbours{make([]int, x.Rows), make([]float64, x.Rows), make([]float64, x.Rows)}
	kernels.Parallel(x.Rows, 8, func(_, from, to int) {
		for i := from; i < to; i++ {
			least, second := math.Inf(1), math.Inf(1)
			for k := range data.Rows {
				switch d := detmath.SquaredDistance(x.Row(i), data.Row(k)); {
				case d < least:
					n.Rows[i], least, second = k, d, least
				case d < second:
					second = d
				}
			}
			n.Distances[i], n.Ratios[i] = math.Sqrt(least), 1
			if second > 0 && !math.IsInf(second, 1) {
				n.Ratios[i] = math.Sqrt(least / second)
			}
		}
	})
	return n
}
