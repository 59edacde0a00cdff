package smld

import (
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// The solvers whose steps differ from sample to sample move each row with a drift of its own.

// rowGrain is how many elements one goroutine takes at a time.
const rowGrain = 4096

// parallelRows calls f for ranges of the rows of an n-column matrix, on all cores.
func parallelRows(rows, cols int, f func(from, to int)) {
	kernels.Parallel(rows, max(1, rowGrain/max(cols, 1)), f)
}

// driftRows sets x[i][j] = fma(drift[i], s[i][j], x[i][j]).
func driftRows(x, s kernels.Matrix, drift []float32) {
	parallelRows(x.Rows, x.Cols, func(from, to int) {
		for i := from; i < to; i++ {
			kernels.Langevin(x.Row(i), s.Row(i), drift[i], 0, kernels.Noise{}, 0)
		}
	})
}

// langevinRows sets x[i][j] = fma(diffusion[i], z(at + i*Cols + j), fma(drift[i], s[i][j], x[i][j])).
func langevinRows(x, s kernels.Matrix, drift, diffusion []float32, noise kernels.Noise, at uint64) {
	driftRows(x, s, drift)
	kernels.AddNoiseRows(x, x, diffusion, noise, at)
}

// squaredNorms sets dst[i] to the square of row i of x, summed in order.
func squaredNorms(dst []float64, x kernels.Matrix) {
	parallelRows(x.Rows, x.Cols, func(from, to int) {
		for i := from; i < to; i++ {
			sum := 0.0
			for _, v := range x.Row(i) {
				sum = math.FMA(float64(v), float64(v), sum)
			}
			dst[i] = sum
		}
	})
}

// copyRows copies src to dst, which has the same shape.
func copyRows(dst, src kernels.Matrix) {
	for i := range src.Rows {
		copy(dst.Row(i), src.Row(i))
	}
}
