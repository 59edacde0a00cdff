package gonumblas

import "gonum.org/v1/gonum/blas"

// syr is Syr, and Spr where packed is set.
func syr[T float](ul blas.Uplo, n int, alpha T, x vector[T], a block[T], packed bool) {
	mustUplo(ul)
	must(n >= 0, "n < 0")
	if !packed {
		a.mustStride(n, "A")
	}
	x.mustStep("x")
	if n == 0 {
		return
	}
	x.mustReach(n, "x")
	if packed {
		mustPack(a.data, n)
	} else {
		a.mustHold(n, n, "a")
	}
	switch {
	case alpha == 0:
		return
	case n <= square:
		syrSmall(a.data, rowsOf(ul == blas.Lower, n, a.stride, packed), alpha, x)
		return
	case x.inc == 1 && !overlap(x.data[:n], a.data):
		r := triangleRows(ul, n, a, packed)
		r.addProduct(alpha, x.data[:n])
		return
	}
	r := triangleRows(ul, n, a, packed)
	w := borrow[T](n)
	r.addProduct(alpha, x.copyInto(w.data[:n]))
	w.giveBack()
}

// syr2 is Syr2, and Spr2 where packed is set.
func syr2[T float](ul blas.Uplo, n int, alpha T, x, y vector[T], a block[T], packed bool) {
	mustUplo(ul)
	must(n >= 0, "n < 0")
	if !packed {
		a.mustStride(n, "A")
	}
	if !mustPair(n, x, y) {
		return
	}
	x.mustReach(n, "x")
	y.mustReach(n, "y")
	if packed {
		mustPack(a.data, n)
	} else {
		a.mustHold(n, n, "a")
	}
	switch {
	case alpha == 0:
		return
	case n <= square:
		syr2Small(a.data, rowsOf(ul == blas.Lower, n, a.stride, packed), alpha, x, y)
		return
	case x.inc == 1 && y.inc == 1 && !overlap(x.data[:n], a.data) && !overlap(y.data[:n], a.data):
		r := triangleRows(ul, n, a, packed)
		r.addProducts(alpha, x.data[:n], y.data[:n])
		return
	}
	r := triangleRows(ul, n, a, packed)
	w := borrow[T](2 * n)
	r.addProducts(alpha, x.copyInto(w.data[:n]), y.copyInto(w.data[n:2*n]))
	w.giveBack()
}

func triangleRows[T float](ul blas.Uplo, n int, a block[T], packed bool) rows[T] {
	if packed {
		return packedRows(a.data, ul == blas.Lower, n)
	}
	return wholeRows(a, ul == blas.Lower, n)
}
