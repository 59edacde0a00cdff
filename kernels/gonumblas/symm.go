package gonumblas

import "gonum.org/v1/gonum/blas"

// symm is Symm, and reports false where c shares elements with a or b, and nothing was done.
func symm[T float](s blas.Side, ul blas.Uplo, m, n int, alpha T, a, b block[T], beta T, c block[T]) bool {
	mustSide(s)
	mustUplo(ul)
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	k := n
	if s == blas.Left {
		k = m
	}
	a.mustStride(k, "A")
	b.mustStride(n, "B")
	c.mustStride(n, "C")
	if m == 0 || n == 0 {
		return true
	}
	a.mustHold(k, k, "a")
	b.mustHold(m, n, "b")
	c.mustHold(m, n, "c")
	if alpha == 0 {
		c.scale(m, n, beta)
		return true
	}
	if c.shares(m, n, a, k, k) || c.shares(m, n, b, m, n) {
		return false
	}
	const tall = 128 // rows of A that are put together at a time
	w := borrow[T](min(k, tall) * k)
	defer w.giveBack()
	strip := block[T]{w.data, k}
	for i := 0; i < k; i += tall {
		rows := min(tall, k-i)
		strip.symmetric(a, ul, i, rows, k)
		if s == blas.Left {
			multiply(false, false, rows, n, k, alpha, strip, b, beta, c.at(i, 0))
			continue
		}
		multiply(false, false, m, n, rows, alpha, b.at(0, i), strip, beta, c)
		beta = 1
	}
	return true
}

// symmetric sets x to rows from to from+rows-1 of the symmetric matrix of order k whose triangle ul is in a.
func (x block[T]) symmetric(a block[T], ul blas.Uplo, from, rows, k int) {
	for i := range rows {
		row, d := x.row(i, k), from+i // d is the column of the diagonal
		if ul == blas.Lower {
			copy(row[:d+1], a.row(d, d+1))
			for j := d + 1; j < k; j++ {
				row[j] = a.data[j*a.stride+d]
			}
			continue
		}
		copy(row[d:], a.row(d, k)[d:])
		for j := range d {
			row[j] = a.data[j*a.stride+d]
		}
	}
}
