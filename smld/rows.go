package smld

import "github.com/seed964deb49/langevin/kernels"

// rowGrain is how many elements one goroutine takes at a time.
const rowGrain = 4096

// parallelRows calls f for ranges of the rows of an n-column matrix, on all cores.
func parallelRows(rows, cols int, f func(slot, from, to int)) {
	kernels.Parallel(rows, max(1, rowGrain/max(cols, 1)), f)
}

// copyRows copies src to dst, which has the same shape.
func copyRows(dst, src kernels.Matrix) {
	for i := range src.Rows {
		copy(dst.Row(i), src.Row(i))
	}
}
