package gonumblas

import "gonum.org/v1/gonum/blas"

// rowsCholesky is the number of rows of U that are found at a time.
const rowsCholesky = 8

// factorUpperRows is factorCholesky for an upper triangle. Some rows at a time lose the product of the rows
// before them, and are then divided by the factor of their own triangle.
func factorUpperRows(x block64, n int) (ok bool) {
	w := borrow[float64](n * rowsCholesky)
	defer w.giveBack()
	for i := 0; i < n; i += rowsCholesky {
		k := min(rowsCholesky, n-i)
		if i > 0 {
			var below [rowsCholesky * rowsCholesky]float64
			square, kept := x.at(i, i), block64{below[:], rowsCholesky}
			kept.copyTriangle(square, blas.Lower, k)
			negateBlock(w.data, x.at(0, i), i, k)
			multiply(true, false, k, n-i, i, 1, block64{w.data, k}, x.at(0, i), 1, square)
			for r := 1; r < k; r++ {
				copy(square.row(r, r), kept.row(r, r))
			}
		}
		if !factorSmallUpper(x.at(i, i), k) {
			return false
		}
		if rest := n - i - k; rest > 0 {
			solveUpperRows(x.at(i, i), x.at(i, i+k), k, rest)
		}
	}
	return true
}

// negateBlock sets dst, m rows of k elements, to minus the block x.
func negateBlock(dst []float64, x block64, m, k int) {
	for i := range m {
		row := dst[i*k : (i+1)*k]
		for j, v := range x.row(i, k) {
			row[j] = -v
		}
	}
}

// solveUpperRows solves Uᵀ*X = B for k rows B of n elements.
func solveUpperRows(u, b block64, k, n int) {
	for i := range k {
		row := b.row(i, n)
		for j := range i {
			axpyRow(row, -u.data[j*u.stride+i], b.row(j, n))
		}
		inverse := 1 / u.data[i*(u.stride+1)]
		for j := range row {
			row[j] *= inverse
		}
	}
}
