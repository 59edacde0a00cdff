package gonumblas

import (
	"gonum.org/v1/gonum/blas"

	"github.com/seed964deb49/langevin/kernels"
)

// tallSVD is memory for the singular value decomposition of an m by n matrix, m >= n.
type tallSVD struct {
	m, n                int
	a                   block64 // the matrix, and then what makes the left vectors of those of its triangle
	ut, pt              block64 // left and right vectors, as rows
	vectors, rows       block64 // of the reflectors
	e, tauQ, tauP, tauR []float64
	work                []float64
	w                   *buffer[float64]
}

func newTallSVD(m, n, left int) tallSVD {
	long, wide := paddedStride(m), paddedStride(n)
	t := tallSVD{m: m, n: n, w: borrow[float64](m*wide + (left+n)*long + 2*n*wide + 4*n + max(n, left))}
	rest := t.w.data
	take := func(size int) []float64 {
		part := rest[:size:size]
		rest = rest[size:]
		return part
	}
	t.a, t.pt = block64{take(m * wide), wide}, block64{take(n * wide), wide}
	t.rows = block64{take(n * wide), wide}
	t.ut, t.vectors = block64{take(left * long), long}, block64{take(n * long), long}
	t.e, t.tauQ, t.tauP, t.tauR = take(n), take(n), take(n), take(n)
	t.work = take(max(n, left))
	return t
}

// svd computes the values s of an m by n matrix, m >= n, in descending order, as many left vectors as said,
// which are none, n or m, and n right vectors or none. The matrix is A, left vectors are columns of U, and
// right ones rows of VT. Where it is flipped, the matrix is Aᵀ, left vectors are rows of U and right ones
// columns of VT.
func svd(m, n int, flipped bool, a block64, s []float64, left int, u block64, right int, vt block64) bool {
	t := newTallSVD(m, n, left)
	defer t.w.giveBack()
	if flipped {
		t.a.transpose(a, n, m)
	} else {
		t.a.copy(a, m, n)
	}
	scale := scalingOf(m, n, t.a)
	ok := t.decompose(s[:n], left, right > 0)
	scale.undo(s[:n])
	if flipped {
		u.copy(t.ut, left, m)
		vt.transpose(t.pt, right, n)
	} else {
		u.transpose(t.ut, left, m)
		vt.copy(t.pt, right, n)
	}
	return ok
}

// copy sets the m by n block x to y.
func (x block[T]) copy(y block[T], m, n int) {
	for i := range m {
		copy(x.row(i, n), y.row(i, n))
	}
}

// decompose makes the vectors and values. A matrix that is much taller than wide is first made a triangle,
// and the left vectors are those of the triangle, multiplied by the reflectors that made it.
func (t *tallSVD) decompose(s []float64, left int, right bool) bool {
	m, n, square := t.m, t.n, t.a
	triangle := float64(m) >= 1.6*float64(n)
	if triangle {
		Lapack{}.Dgeqrf(m, n, t.a.data, t.a.stride, t.tauR, t.work, n)
		m, square = n, t.pt
		for i := range n {
			row := square.row(i, n)
			clear(row[:i])
			copy(row[i:], t.a.row(i, n)[i:])
		}
	}
	bidiagonalize(m, n, square, s, t.e, t.tauQ, t.tauP, t.vectors, t.rows)
	var ut, pt kernels.Matrix64
	if left > 0 {
		formTransposed(t.ut, min(left, m), m, n, 0, t.vectors, t.tauQ)
		ut = t.ut.matrix64(n, m)
	}
	if right {
		formTransposed(t.pt, n, n, n-1, 1, t.rows, t.tauP)
		pt = t.pt.matrix64(n, n)
	}
	ok := bidiagonalSVD(true, s, t.e[:n-1], pt, ut, kernels.Matrix64{})
	if triangle && left > 0 {
		for i := range left {
			clear(t.ut.row(i, t.m)[n:])
		}
		for i := n; i < left; i++ {
			row := t.ut.row(i, t.m)
			clear(row[:n])
			row[i] = 1
		}
		Lapack{}.Dormqr(blas.Right, blas.Trans, left, t.m, n, t.a.data, t.a.stride, t.tauR,
			t.ut.data, t.ut.stride, t.work, left)
	}
	return ok
}
