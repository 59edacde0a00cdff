package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Dsyev computes the eigenvalues w, in ascending order, of the symmetric matrix A of order n, which is given
// by one triangle. With lapack.EVCompute, A becomes the eigenvectors. It reports whether the iteration
// converged. work[0] becomes the best length of work, and nothing else is done if lwork is -1.
func (Lapack) Dsyev(
	jobz lapack.EVJob, uplo blas.Uplo, n int, a []float64, lda int, w, work []float64, lwork int,
) (ok bool) {
	demand(jobz == lapack.EVNone || jobz == lapack.EVCompute, "bad EVJob")
	demandUplo(uplo)
	demand(n >= 0, "n < 0")
	x := block64{a, lda}
	x.demandStride(n, "A")
	demandWork(3*n-1, work, lwork)
	if n == 0 {
		return true
	}
	work[0] = float64(max(1, 3*n-1))
	if lwork == -1 {
		return false
	}
	x.demandElements(n, n, "a")
	demand(len(w) >= n, "insufficient length of w")
	if n == 1 {
		w[0] = a[0]
		if jobz == lapack.EVCompute {
			a[0] = 1
		}
		return true
	}
	return symmetricEigen(jobz == lapack.EVCompute, uplo, n, x, w[:n])
}

// scalingOf scales the m by n block where squares of its elements could overflow or be subnormal.
func scalingOf(m, n int, x block64) rescaling {
	const low = 0x1p-458 // the square root of smallest, over unitRoundoff
	largest, scale := 0.0, rescaling{}
	for i := range m {
		for _, e := range x.row(i, n) {
			if e = math.Abs(e); e > largest {
				largest = e
			}
		}
	}
	switch {
	case largest > 0 && largest < low:
		scale = rescaling{largest, low}
	case largest > 1/low:
		scale = rescaling{largest, 1 / low}
	}
	if scale.from != scale.to {
		gonum.Implementation{}.Dlascl(lapack.General, 0, 0, scale.from, scale.to, m, n, x.data, x.stride)
	}
	return scale
}

// tridiagonalSpace is memory for a symmetric matrix on the way to its eigenvalues.
type tridiagonalSpace struct {
	full, vt block64
	e, tau   []float64
	w        *buffer[float64]
}

func newTridiagonalSpace(n int) tridiagonalSpace {
	stride := paddedStride(n)
	w := borrow[float64](2*n*stride + 2*n)
	s := tridiagonalSpace{w: w, full: block64{w.data[:n*stride], stride}}
	s.vt = block64{w.data[n*stride:][:n*stride], stride}
	rest := w.data[2*n*stride:]
	s.e, s.tau = rest[:n-1], rest[n:][:n-1]
	return s
}

// symmetricEigen turns a symmetric matrix into its eigenvectors, where these are wanted, and w into the
// eigenvalues.
func symmetricEigen(vectors bool, uplo blas.Uplo, n int, a block64, w []float64) bool {
	if n == 2 && symmetricEigen2(vectors, uplo, a, w) {
		return true
	}
	s := newTridiagonalSpace(n)
	defer s.w.giveBack()
	s.full.readSymmetric(a, uplo, n)
	scale := scalingOf(n, n, s.full)
	tridiagonalize(n, s.full, w, s.e, s.tau, s.vt)
	var ok bool
	if vectors {
		formTransposed(s.full, n, n, n-1, 1, s.vt, s.tau)
		ok = tridiagonalEigen(w, s.e, s.full.matrix64(n, n))
		a.transpose(s.full, n, n)
	} else {
		ok = tridiagonalValues(w, s.e)
	}
	scale.undo(w)
	return ok
}

// symmetricEigen2 is symmetricEigen of order 2. It does nothing, and reports false, where the matrix needs
// scaling.
func symmetricEigen2(vectors bool, uplo blas.Uplo, a block64, w []float64) bool {
	const most = 0x1p500
	b := a.data[1]
	if uplo == blas.Lower {
		b = a.data[a.stride]
	}
	first, second, x, y := eigen2(a.data[0], b, a.data[a.stride+1])
	if m := max(math.Abs(first), math.Abs(second)); !(m == 0 || 1/most < m && m < most) {
		return false
	}
	if first > second {
		first, second, x, y = second, first, -y, x
	}
	w[0], w[1] = first, second
	if vectors {
		a.data[0], a.data[1], a.data[a.stride], a.data[a.stride+1] = x, -y, y, x
	}
	return true
}

// readSymmetric reads a symmetric matrix of order n from one triangle.
func (x block[T]) readSymmetric(a block[T], uplo blas.Uplo, n int) {
	if uplo == blas.Upper {
		for i := range n {
			copy(x.row(i, n)[i:], a.row(i, n)[i:])
		}
	} else {
		for i := range n {
			copy(x.row(i, i+1), a.row(i, i+1))
		}
	}
	x.mirror(uplo, n)
}

// mirror sets the other triangle of a symmetric matrix, by small squares as transpose does.
func (x block[T]) mirror(uplo blas.Uplo, n int) {
	const side = 8
	for i := 0; i < n; i += side {
		for j := 0; j <= i; j += side {
			for r := i; r < min(i+side, n); r++ {
				for c := j; c < min(j+side, r); c++ {
					low, high := &x.data[r*x.stride+c], &x.data[c*x.stride+r]
					if uplo == blas.Upper {
						*low = *high
					} else {
						*high = *low
					}
				}
			}
		}
	}
}
