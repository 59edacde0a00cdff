package gonumblas

import "gonum.org/v1/gonum/blas"

// tiny is the elements of a matrix, or those of a triangle, that are not worth a call.
const tiny = 16

// gemv is Gemv. With s the product of op(A) and x, where alpha is, an element of y becomes s + beta*y, with
// beta*y rounded first. An element of s is alpha times the kernels' Dot of a row of A and x, or the kernels'
// Gemm of alpha*x, rounded first, and A. The product of a tiny matrix has its terms rounded and added in
// order.
func gemv[T float](
	tA blas.Transpose, m, n int, alpha T, a block[T], x vector[T], beta T, y vector[T],
) {
	mustTranspose(tA)
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	a.mustStride(n, "A")
	x.mustStep("x")
	y.mustStep("y")
	if m == 0 || n == 0 {
		return
	}
	trans := tA != blas.NoTrans
	xs, ys := n, m
	if trans {
		xs, ys = m, n
	}
	x.mustReach(xs, "x")
	y.mustReach(ys, "y")
	a.mustHold(m, n, "a")
	switch {
	case alpha == 0:
		if beta != 1 {
			y.scale(ys, beta)
		}
	case m*n <= tiny && trans:
		var sums [tiny]T
		for i, k := 0, x.first(m); i < m; i, k = i+1, k+x.inc {
			addRow(&sums, alpha*x.data[k], a.row(i, n))
		}
		y.takeFew(sums[:n], beta)
	case m*n <= tiny:
		at, j := x.first(n), y.first(m)
		for i := range m {
			sum := T(alpha * rowTimes(a.row(i, n), x, at))
			y.data[j] = plus(sum, beta, &y.data[j])
			j += y.inc
		}
	case !trans && m <= 3 && x.inc == 1:
		var sums [3]T
		for i := range m {
			sums[i] = alpha * inner(a.row(i, n), x.data[:n])
		}
		y.takeFew(sums[:m], beta)
	default:
		gemvLarge(trans, xs, ys, alpha, a, x, beta, y)
	}
}

// rowTimes is the sum of row[l]*x[l] in order, where x[0] is in a place.
func rowTimes[T float](row []T, x vector[T], place int) (sum T) {
	if x.inc == 1 {
		return gain(0, row, x.data, true)
	}
	for _, v := range row {
		sum += T(v * x.data[place])
		place += x.inc
	}
	return sum
}

// addRow adds a*row to sums.
func addRow[T float](sums *[tiny]T, a T, row []T) {
	for j, v := range row {
		sums[j&(tiny-1)] += T(a * v)
	}
}

// plus is sum + beta*y, and does not read y where beta is 0.
func plus[T float](sum, beta T, y *T) T {
	if beta == 0 {
		return sum
	}
	return sum + T(beta**y)
}

// gemvDirect sets y, which is apart from A and x.
func gemvDirect[T float](trans bool, alpha T, a block[T], x, y []T) {
	if trans {
		rowSums(y, x, a, 0)
		return
	}
	rowDots(y, a, x)
	if alpha != 1 {
		scale(y, alpha)
	}
}

// gemvLarge keeps the product apart from y where y shares elements with A or x, or is added to.
func gemvLarge[T float](
	trans bool, xs, ys int, alpha T, a block[T], x vector[T], beta T, y vector[T],
) {
	if beta == 0 && x.inc == 1 && y.inc == 1 && (alpha == 1 || !trans) {
		u, v := x.data[:xs], y.data[:ys]
		if !overlap(u, v) && !overlap(v, a.data) {
			gemvDirect(trans, alpha, a, u, v)
			return
		}
	}
	w := borrow[T](xs + ys)
	sums, v := w.data[:ys], x.data
	if x.inc != 1 || trans && alpha != 1 {
		v = x.copyInto(w.data[ys : ys+xs])
	}
	v = v[:xs]
	if trans {
		if alpha != 1 {
			scale(v, alpha)
		}
		rowSums(sums, v, a, 0)
	} else {
		rowDots(sums, a, v)
		if alpha != 1 {
			scale(sums, alpha)
		}
	}
	y.takeSum(sums, beta)
	w.giveBack()
}

// ger is Ger: A becomes fma(alpha*x, y, A) with alpha*x rounded first. In a tiny matrix the product is
// rounded too.
func ger[T float](m, n int, alpha T, x, y vector[T], a block[T]) {
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	a.mustStride(n, "A")
	x.mustStep("x")
	y.mustStep("y")
	if m == 0 || n == 0 {
		return
	}
	x.mustReach(m, "x")
	y.mustReach(n, "y")
	a.mustHold(m, n, "a")
	switch {
	case alpha == 0:
	case m*n <= 36:
		k, first := x.first(m), y.first(n)
		for i := range m {
			addRowTo(a.row(i, n), alpha*x.data[k], y, first)
			k += x.inc
		}
	default:
		gerLarge(m, n, alpha, x, y, a)
	}
}

// addRowTo adds a*y to a row, where y[0] is in a place.
func addRowTo[T float](row []T, a T, y vector[T], place int) {
	if y.inc == 1 {
		for l, v := range y.data[place : place+len(row)] {
			row[l] += T(a * v)
		}
		return
	}
	for l := range row {
		row[l] += T(a * y.data[place])
		place += y.inc
	}
}

// gerLarge computes a product with one column in A and one row in B, or goes by rows where the matrix is
// outside the caches.
func gerLarge[T float](m, n int, alpha T, x, y vector[T], a block[T]) {
	const long = 256 // elements of a row that are worth a call
	u, v := x.data, y.data
	w := borrow[T](m + n)
	if y.inc != 1 || a.touches(m, n, v[:n]) {
		v = y.copyInto(w.data[m : m+n])
	}
	v = v[:n]
	if alpha != 1 || x.inc != 1 || a.touches(m, n, u[:m]) {
		u = x.copyInto(w.data[:m])
		if alpha != 1 {
			scale(u, alpha)
		}
	}
	if n >= long {
		for i, b := range u[:m] {
			addMultiple(a.row(i, n), b, v)
		}
	} else {
		multiplyPlain(false, false, m, n, 1, 1, block[T]{u, 1}, block[T]{v, n}, 1, a)
	}
	w.giveBack()
}

// touches reports whether the m by n block shares elements with x.
func (a block[T]) touches(m, n int, x []T) bool {
	return block[T]{x, len(x)}.shares(1, len(x), a, m, n)
}
