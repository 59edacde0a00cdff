package gonumblas

import "gonum.org/v1/gonum/blas"

// mustPair checks the increments of two vectors of n elements, and reports whether there are any.
func mustPair[T float](n int, x, y vector[T]) bool {
	x.mustStep("x")
	y.mustStep("y")
	return n > 0
}

// symv is Symv. Its sums are apart from y, which becomes alpha times the sum, rounded, plus beta*y, rounded.
func symv[T float](
	ul blas.Uplo, n int, alpha T, a block[T], x vector[T], beta T, y vector[T],
) {
	mustUplo(ul)
	must(n >= 0, "n < 0")
	a.mustStride(n, "A")
	if !mustPair(n, x, y) {
		return
	}
	a.mustHold(n, n, "a")
	x.mustReach(n, "x")
	y.mustReach(n, "y")
	switch {
	case alpha == 0:
		if beta != 1 {
			y.scale(n, beta)
		}
		return
	case n == 1:
		y.data[0] = plus(T(alpha*T(a.data[0]*x.data[0])), beta, &y.data[0])
		return
	case n <= small:
		symvSmall(a.data, rowsOf(ul == blas.Lower, n, a.stride, false), alpha, x, beta, y)
		return
	}
	w := borrow[T](3 * n)
	sums, v := w.data[:n], x.data
	if x.inc != 1 {
		v = x.copyInto(w.data[n : 2*n])
	}
	clear(sums)
	symmetric(a, ul == blas.Lower, n, sums, v[:n], w.data[2*n:])
	if alpha != 1 {
		scale(sums, alpha)
	}
	y.takeSum(sums, beta)
	w.giveBack()
}

// symmetric adds to y the product of x and the symmetric matrix of order n whose triangle is in a. A
// rectangle beside a triangle on the diagonal serves twice, while it is in the cache. free has room for a
// side of it.
func symmetric[T float](a block[T], lower bool, n int, y, x, free []T) {
	square := 16
	if n <= 32 {
		square = n
	}
	for i := 0; i < n; i += square {
		size := min(square, n-i)
		r := wholeRows(a.at(i, i), lower, size)
		r.symmetricFew(y[i:i+size], x[i:i+size])
		from, to := 0, i
		if !lower {
			from, to = i+size, n
		}
		if from == to {
			continue
		}
		beside, t := a.at(i, from), free[:size]
		rowDots(t, beside, x[from:to])
		addMultiple(y[i:i+size], 1, t)
		rowSums(y[from:to], x[i:i+size], beside, 1)
	}
}

// symvStrided is symv of a band or packed triangle.
func (r *rows[T]) symvStrided(alpha T, x vector[T], beta T, y vector[T]) {
	if alpha == 0 {
		if beta != 1 {
			y.scale(r.n, beta)
		}
		return
	}
	w := borrow[T](2 * r.n)
	sums, v := w.data[:r.n], x.data
	if x.inc != 1 {
		v = x.copyInto(w.data[r.n : 2*r.n])
	}
	clear(sums)
	r.symmetric(sums, v[:r.n])
	if alpha != 1 {
		scale(sums, alpha)
	}
	y.takeSum(sums, beta)
	w.giveBack()
}

// sbmv is Sbmv.
func sbmv[T float](
	ul blas.Uplo, n, k int, alpha T, a block[T], x vector[T], beta T, y vector[T],
) {
	mustUplo(ul)
	must(n >= 0, "n < 0")
	must(k >= 0, "k < 0")
	a.mustStride(k+1, "A")
	if !mustPair(n, x, y) {
		return
	}
	a.mustHold(n, k+1, "a")
	x.mustReach(n, "x")
	y.mustReach(n, "y")
	r := bandRows(a, ul == blas.Lower, n, k)
	r.symvStrided(alpha, x, beta, y)
}

// spmv is Spmv.
func spmv[T float](ul blas.Uplo, n int, alpha T, ap []T, x vector[T], beta T, y vector[T]) {
	mustUplo(ul)
	must(n >= 0, "n < 0")
	if !mustPair(n, x, y) {
		return
	}
	mustPack(ap, n)
	x.mustReach(n, "x")
	y.mustReach(n, "y")
	if n <= small && alpha != 0 {
		symvSmall(ap, rowsOf(ul == blas.Lower, n, 0, true), alpha, x, beta, y)
		return
	}
	r := packedRows(ap, ul == blas.Lower, n)
	r.symvStrided(alpha, x, beta, y)
}
