package gonumblas

import (
	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/kernels"
)

// Dsteqr turns d into the eigenvalues, in ascending order, of the symmetric tridiagonal matrix with diagonal
// d and other diagonals e. Z becomes the eigenvectors with lapack.EVTridiag, and is multiplied by them on the
// right with lapack.EVOrig. It reports whether the iteration converged.
func (Lapack) Dsteqr(compz lapack.EVComp, n int, d, e, z []float64, ldz int, work []float64) (ok bool) {
	vectors := compz != lapack.EVCompNone
	demand(!vectors || compz == lapack.EVTridiag || compz == lapack.EVOrig, "bad EVComp")
	demand(n >= 0, "n < 0")
	demand(ldz >= 1 && (!vectors || ldz >= n), "bad leading dimension of Z")
	if n == 0 {
		return true
	}
	demand(len(d) >= n, "insufficient length of d")
	demand(len(e) >= n-1, "insufficient length of e")
	demand(!vectors || len(z) >= (n-1)*ldz+n, "insufficient length of z")
	demand(!vectors || len(work) >= max(1, 2*n-2), "insufficient length of work")
	d, e = d[:n], e[:n-1]
	if !vectors {
		return tridiagonalEigen(d, e, kernels.Matrix64{})
	}
	x := block64{z, ldz}
	if compz == lapack.EVTridiag {
		x.identity(n)
	}
	zt, w := x.turned(n, n)
	ok = tridiagonalEigen(d, e, zt.matrix64(n, n))
	x.transpose(zt, n, n)
	w.giveBack()
	return ok
}

// identity sets the n by n block to the unit matrix.
func (x block[T]) identity(n int) {
	for i := range n {
		row := x.row(i, n)
		clear(row)
		row[i] = 1
	}
}
