package gonumblas

import (
	"slices"

	"gonum.org/v1/gonum/blas"
)

// Dsytrd reduces the symmetric matrix A of order n, which is given by one triangle, to Q*T*Qᵀ. T has diagonal
// d and other diagonals e. Q is H(0)*H(1)*...*H(n-2) for the lower triangle, in whose columns the reflectors
// are left, and H(n-2)*...*H(1)*H(0) for the upper one. Their factors are tau. If lwork is -1, work[0]
// becomes the best length of work.
func (Lapack) Dsytrd(
	uplo blas.Uplo, n int, a []float64, lda int, d, e, tau, work []float64, lwork int,
) {
	demandUplo(uplo)
	demand(n >= 0, "n < 0")
	x := block64{a, lda}
	x.demandStride(n, "A")
	demandWork(1, work, lwork)
	work[0] = float64(max(1, n*twoSidedColumns)) // which callers take for Dorgtr too
	if n == 0 || lwork == -1 {
		return
	}
	x.demandElements(n, n, "a")
	demand(len(d) >= n, "insufficient length of d")
	demand(len(e) >= n-1, "insufficient length of e")
	demand(len(tau) >= n-1, "insufficient length of tau")
	s := newTridiagonalSpace(n)
	defer s.w.giveBack()
	d, e, tau = d[:n], e[:n-1], tau[:n-1]
	s.full.readSymmetric(x, uplo, n)
	if uplo == blas.Upper { // a matrix in the opposite order has the other triangle
		s.full.reverse(n)
	}
	tridiagonalize(n, s.full, d, e, tau, s.vt)
	s.full.transpose(s.vt, n, n)
	for i, v := range d {
		s.full.data[i*(s.full.stride+1)] = v
	}
	for i, v := range e {
		s.full.data[i*(s.full.stride+1)+s.full.stride] = v
	}
	if uplo == blas.Lower {
		for i := range n {
			copy(x.row(i, i+1), s.full.row(i, i+1))
		}
		return
	}
	s.full.reverse(n)
	slices.Reverse(d)
	slices.Reverse(e)
	slices.Reverse(tau)
	for i := range n {
		copy(x.row(i, n)[i:], s.full.row(i, n)[i:])
	}
}

// reverse puts the rows and the columns of the n by n block in the opposite order.
func (x block[T]) reverse(n int) {
	for i := range n / 2 {
		swapRows(x.row(i, n), x.row(n-1-i, n))
	}
	for i := range n {
		slices.Reverse(x.row(i, n))
	}
}

// Dorgtr turns what Dsytrd leaves in A into Q. The length of work is n-1 at least. If lwork is -1, work[0]
// becomes that, and nothing else is done.
func (Lapack) Dorgtr(uplo blas.Uplo, n int, a []float64, lda int, tau, work []float64, lwork int) {
	demandUplo(uplo)
	demand(n >= 0, "n < 0")
	x := block64{a, lda}
	x.demandStride(n, "A")
	demandWork(n-1, work, lwork)
	work[0] = float64(max(1, n-1))
	if n == 0 || lwork == -1 {
		return
	}
	x.demandElements(n, n, "a")
	demand(len(tau) >= n-1, "insufficient length of tau")
	s := newTridiagonalSpace(n)
	defer s.w.giveBack()
	copy(s.tau, tau)
	if uplo == blas.Lower {
		s.vt.transpose(x, n, n)
	} else {
		s.full.copy(x, n, n)
		s.full.reverse(n)
		s.vt.transpose(s.full, n, n)
		slices.Reverse(s.tau)
	}
	formTransposed(s.full, n, n, n-1, 1, s.vt, s.tau)
	if uplo == blas.Upper {
		s.full.reverse(n)
	}
	x.transpose(s.full, n, n)
}
