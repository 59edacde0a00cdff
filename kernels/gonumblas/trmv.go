package gonumblas

import "gonum.org/v1/gonum/blas"

// square is the order of the triangles on the diagonal that are worked on alone. What lies beside them goes
// through products.
const square = 2 * small

// mustTriangle checks the flags and the order of a triangle of level 2.
func mustTriangle(ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int) {
	mustUplo(ul)
	mustTranspose(tA)
	mustDiag(d)
	must(n >= 0, "n < 0")
}

// trmv is Trmv, or Trsv where inverse is set.
func trmv[T float](
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, a block[T], x vector[T], inverse bool,
) {
	mustTriangle(ul, tA, d, n)
	a.mustStride(n, "A")
	x.mustStep("x")
	if n == 0 {
		return
	}
	a.mustHold(n, n, "a")
	x.mustReach(n, "x")
	lower, trans, unit := ul == blas.Lower, tA != blas.NoTrans, d == blas.Unit
	triangularStrided(a, lower, trans, unit, n, x, inverse)
}

// triangularStrided is triangular for a vector of any increment, which may share elements with A.
func triangularStrided[T float](a block[T], lower, trans, unit bool, n int, x vector[T], inverse bool) {
	switch {
	case n == 1:
		applyOne(&x.data[0], a.data[0], unit, inverse)
	case n <= square:
		triangularSmall(a, false, lower, trans, unit, n, x, inverse)
	case x.inc == 1 && !a.touches(n, n, x.data[:n]):
		triangular(a, lower, trans, unit, n, x.data[:n], inverse)
	default:
		w := borrow[T](n)
		v := x.copyInto(w.data[:n])
		triangular(a, lower, trans, unit, n, v, inverse)
		x.scatter(v)
		w.giveBack()
	}
}

// applyOne multiplies x by a or its inverse.
func applyOne[T float](x *T, a T, unit, inverse bool) {
	switch {
	case unit:
	case inverse:
		*x /= a
	default:
		*x *= a
	}
}

// triangular multiplies x by a triangle of order n, its transpose, or the inverse of either.
func triangular[T float](a block[T], lower, trans, unit bool, n int, x []T, inverse bool) {
	w := borrow[T](square)
	defer w.giveBack()
	ascends := (lower != trans) == inverse
	for step := 0; step < n; step += square {
		i := step
		if !ascends {
			i = (n - 1 - step) / square * square
		}
		size := min(square, n-i)
		corner, v := a.at(i, i), x[i:i+size]
		// The rest are the elements of x beside v that A ties to it, by the rectangle beside the triangle.
		rest, beside := x[:i], a.at(i, 0)
		if !lower {
			rest = x[i+size:]
			beside = block[T]{a.data[i*a.stride+min(i+size, n-1):], a.stride}
		}
		if len(rest) == 0 {
			triangularSmall(corner, false, lower, trans, unit, size, vector[T]{v, 1}, inverse)
			continue
		}
		t := w.data[:size]
		switch {
		case !trans && inverse:
			rowDots(t, beside, rest)
			addMultiple(v, -1, t)
			triangularSmall(corner, false, lower, false, unit, size, vector[T]{v, 1}, inverse)
		case !trans:
			rowDots(t, beside, rest)
			triangularSmall(corner, false, lower, false, unit, size, vector[T]{v, 1}, inverse)
			addMultiple(v, 1, t)
		case inverse:
			triangularSmall(corner, false, lower, true, unit, size, vector[T]{v, 1}, inverse)
			multiples(t, -1, v)
			rowSums(rest, t, beside, 1)
		default:
			rowSums(rest, v, beside, 1)
			triangularSmall(corner, false, lower, true, unit, size, vector[T]{v, 1}, inverse)
		}
	}
}

// apply multiplies x by the triangle, its transpose, or the inverse of either.
func (r *rows[T]) apply(trans, unit bool, x []T, inverse bool) {
	if inverse {
		r.solve(trans, unit, x)
	} else {
		r.times(trans, unit, x)
	}
}

// applyStrided is apply to a vector of any increment, and of a band or packed triangle.
func (r *rows[T]) applyStrided(trans, unit bool, x vector[T], inverse bool) {
	if x.inc == 1 && !overlap(x.data[:r.n], r.data) {
		r.apply(trans, unit, x.data[:r.n], inverse)
		return
	}
	w := borrow[T](r.n)
	v := x.copyInto(w.data[:r.n])
	r.apply(trans, unit, v, inverse)
	x.scatter(v)
	w.giveBack()
}

// tbmv is Tbmv, or Tbsv where inverse is set.
func tbmv[T float](
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n, k int, a block[T], x vector[T], inverse bool,
) {
	mustTriangle(ul, tA, d, n)
	must(k >= 0, "k < 0")
	a.mustStride(k+1, "A")
	x.mustStep("x")
	if n == 0 {
		return
	}
	a.mustHold(n, k+1, "a")
	x.mustReach(n, "x")
	r := bandRows(a, ul == blas.Lower, n, k)
	r.applyStrided(tA != blas.NoTrans, d == blas.Unit, x, inverse)
}

// tpmv is Tpmv, or Tpsv where inverse is set.
func tpmv[T float](
	ul blas.Uplo, tA blas.Transpose, d blas.Diag, n int, ap []T, x vector[T], inverse bool,
) {
	mustTriangle(ul, tA, d, n)
	x.mustStep("x")
	if n == 0 {
		return
	}
	mustPack(ap, n)
	x.mustReach(n, "x")
	if n <= square {
		lower, trans := ul == blas.Lower, tA != blas.NoTrans
		triangularSmall(block[T]{data: ap}, true, lower, trans, d == blas.Unit, n, x, inverse)
		return
	}
	r := packedRows(ap, ul == blas.Lower, n)
	r.applyStrided(tA != blas.NoTrans, d == blas.Unit, x, inverse)
}

func mustPack[T float](ap []T, n int) { must(len(ap) >= n*(n+1)/2, "insufficient length of ap") }
