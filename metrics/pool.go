package metrics

import "github.com/seed964deb49/langevin/kernels"

// pool returns the rows of a and then those of b.
func pool(a, b kernels.Matrix) kernels.Matrix {
	all := kernels.NewMatrix(a.Rows+b.Rows, a.Cols)
	for i := range a.Rows {
		copy(all.Row(i), a.Row(i))
	}
	for i := range b.Rows {
		copy(all.Row(a.Rows+i), b.Row(i))
	}
	return all
}

// divide returns the sets of a division.
func divide(pool kernels.Matrix, inFirst []bool, size int) (first, second kernels.Matrix) {
	first, second = kernels.NewMatrix(size, pool.Cols), kernels.NewMatrix(pool.Rows-size, pool.Cols)
	i, k := 0, 0
	for p, in := range inFirst {
		if in {
			copy(first.Row(i), pool.Row(p))
			i++
		} else {
			copy(second.Row(k), pool.Row(p))
			k++
		}
	}
	return first, second
}
