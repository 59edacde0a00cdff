package gonumblas

import "gonum.org/v1/gonum/blas"

// Dbdsqr computes the singular value decomposition Q*S*Pᵀ of an n by n bidiagonal matrix with diagonal d and
// other diagonal e. d gets the values in descending order. The n by ncvt matrix VT becomes Pᵀ*VT, the nru by
// n matrix U becomes U*Q, and the n by ncc matrix C becomes Qᵀ*C. It reports whether the iteration converged.
func (Lapack) Dbdsqr(
	uplo blas.Uplo, n, ncvt, nru, ncc int, d, e, vt []float64, ldvt int, u []float64, ldu int,
	c []float64, ldc int, work []float64,
) (ok bool) {
	demandUplo(uplo)
	demand(n >= 0, "n < 0")
	demand(ncvt >= 0, "ncvt < 0")
	demand(nru >= 0, "nru < 0")
	demand(ncc >= 0, "ncc < 0")
	right, left, other := block64{vt, ldvt}, block64{u, ldu}, block64{c, ldc}
	right.demandStride(ncvt, "VT")
	left.demandStride(min(nru, 1)*n, "U")
	other.demandStride(ncc, "C")
	if n == 0 {
		return true
	}
	demand(ncvt == 0 || len(vt) >= (n-1)*ldvt+ncvt, "insufficient length of vt")
	demand(nru == 0 || len(u) >= (nru-1)*ldu+n, "insufficient length of u")
	demand(ncc == 0 || len(c) >= (n-1)*ldc+ncc, "insufficient length of c")
	demand(len(d) >= n, "insufficient length of d")
	demand(len(e) >= n-1, "insufficient length of e")
	demand(len(work) >= 4*(n-1), "insufficient length of work")
	ut, w := left.turned(nru, n)
	ok = bidiagonalSVD(uplo == blas.Upper, d[:n], e[:n-1], right.matrix64(n, ncvt), ut.matrix64(n, nru),
		other.matrix64(n, ncc))
	left.transpose(ut, n, nru)
	w.giveBack()
	return ok
}

// turned returns the transpose of the m by n block in a buffer.
func (x block[T]) turned(m, n int) (block[T], *buffer[T]) {
	stride := paddedStride(m)
	w := borrow[T](n * stride)
	y := block[T]{w.data, stride}
	y.transpose(x, m, n)
	return y, w
}

// paddedStride is a stride for rows of n elements, of which columns do not compete for few places in the
// cache.
func paddedStride(n int) int {
	if n < 64 {
		return max(n, 1)
	}
	return (n+7)&^7 + 8
}
