package gonumblas

import "gonum.org/v1/gonum/blas"

// syrk is Syrk, and reports false where c shares elements with a, and nothing was done.
func syrk[T float](ul blas.Uplo, tA blas.Transpose, n, k int, alpha T, a block[T], beta T, c block[T]) bool {
	rows, cols := checkRank(ul, tA, n, k)
	a.mustStride(cols, "A")
	c.mustStride(n, "C")
	if n == 0 {
		return true
	}
	a.mustHold(rows, cols, "a")
	c.mustHold(n, n, "c")
	if alpha == 0 || k == 0 {
		c.scaleTriangle(ul, n, beta)
		return true
	}
	if c.shares(n, n, a, rows, cols) {
		return false
	}
	if n*n*k <= 64 {
		rankFew(ul == blas.Lower, tA != blas.NoTrans, n, k, alpha, a, beta, c)
		return true
	}
	rankUpdate(ul, tA != blas.NoTrans, n, k, alpha, a, a, false, beta, c)
	return true
}

// syr2k is Syr2k, and reports false where c shares elements with a or b, and nothing was done.
func syr2k[T float](
	ul blas.Uplo, tA blas.Transpose, n, k int, alpha T, a, b block[T], beta T, c block[T],
) bool {
	rows, cols := checkRank(ul, tA, n, k)
	a.mustStride(cols, "A")
	b.mustStride(cols, "B")
	c.mustStride(n, "C")
	if n == 0 {
		return true
	}
	a.mustHold(rows, cols, "a")
	b.mustHold(rows, cols, "b")
	c.mustHold(n, n, "c")
	if alpha == 0 || k == 0 {
		c.scaleTriangle(ul, n, beta)
		return true
	}
	if c.shares(n, n, a, rows, cols) || c.shares(n, n, b, rows, cols) {
		return false
	}
	rankUpdate(ul, tA != blas.NoTrans, n, k, alpha, a, b, true, beta, c)
	return true
}

// checkRank returns the size of A as it lies in memory.
func checkRank(ul blas.Uplo, tA blas.Transpose, n, k int) (rows, cols int) {
	mustUplo(ul)
	mustTranspose(tA)
	must(n >= 0, "n < 0")
	must(k >= 0, "k < 0")
	if tA == blas.NoTrans {
		return n, k
	}
	return k, n
}

// scaleTriangle is scale for a triangle of order n.
func (x block[T]) scaleTriangle(ul blas.Uplo, n int, beta T) {
	if beta == 1 {
		return
	}
	for i := range n {
		scale(x.triangleRow(ul, i, n), beta)
	}
}

// triangleRow is row i of a triangle of order n.
func (x block[T]) triangleRow(ul blas.Uplo, i, n int) []T {
	if ul == blas.Lower {
		return x.row(i, i+1)
	}
	return x.row(i, n)[i:]
}

// rankUpdate computes a triangle of C = alpha*op(A)*op(B)ᵀ + beta*C, to which twice adds
// alpha*op(B)*op(A)ᵀ. A strip of C is a square on the diagonal, which is computed apart, and the rectangle
// beside it.
func rankUpdate[T float](
	ul blas.Uplo, trans bool, n, k int, alpha T, a, b block[T], twice bool, beta T, c block[T],
) {
	const side = 64
	w := borrow[T](side * side)
	defer w.giveBack()
	part := func(x block[T], i int) block[T] { // rows of op(x) from i on
		if trans {
			return x.at(0, i)
		}
		return x.at(i, 0)
	}
	product := func(i, rows, j, cols int, to block[T]) {
		multiply(trans, !trans, rows, cols, k, alpha, part(a, i), part(b, j), beta, to)
		if twice {
			multiply(trans, !trans, rows, cols, k, alpha, part(b, i), part(a, j), 1, to)
		}
	}
	for i := 0; i < n; i += side {
		rows := min(side, n-i)
		square, diagonal := block[T]{w.data, rows}, c.at(i, i)
		if beta != 0 {
			clear(w.data[:rows*rows])
			square.copyTriangle(diagonal, ul, rows)
		}
		product(i, rows, i, rows, square)
		diagonal.copyTriangle(square, ul, rows)
		switch end := i + rows; {
		case ul == blas.Lower && i > 0:
			product(i, rows, 0, i, c.at(i, 0))
		case ul == blas.Upper && end < n:
			product(i, rows, end, n-end, c.at(i, end))
		}
	}
}

// rankFew is rankUpdate of a tiny product of A and its transpose, with the same chains.
func rankFew[T float](lower, trans bool, n, k int, alpha T, a block[T], beta T, c block[T]) {
	row, col := a.stride, 1
	if trans {
		row, col = 1, a.stride
	}
	for i := range n {
		from, to := 0, i+1
		if !lower {
			from, to = i, n
		}
		target := c.row(i, n)
		for j := from; j < to; j++ {
			var sum T
			if beta != 0 {
				sum = beta * target[j]
			}
			target[j] = chain(sum, alpha, a.data[i*row:], col, a.data[j*row:], col, k)
		}
	}
}

// copyTriangle copies a triangle of order n from y to x.
func (x block[T]) copyTriangle(y block[T], ul blas.Uplo, n int) {
	for i := range n {
		copy(x.triangleRow(ul, i, n), y.triangleRow(ul, i, n))
	}
}
