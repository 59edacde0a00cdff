package gonumblas

import (
	"gonum.org/v1/gonum/blas"

	"github.com/seed964deb49/langevin/internal/ceil"
)

const (
	leaf = 8  // order of the triangles that are not halved any more
	turn = 64 // largest order of those on the right for which B is turned
)

// triangle is op(A) of Trmm and Trsm next to B, which has others rows or columns beside those that A has.
type triangle[T float] struct {
	block[T]
	left   bool // of B
	lower  bool // A has its elements below the diagonal
	trans  bool // op is the transpose
	unit   bool // the diagonal is 1, and is not read
	others int
}

// checkTriangle returns A of order k for Trmm and Trsm. It is to be used with B only if work is set: if not,
// the result is already there, or gonum's method is to be called if shared is set.
func checkTriangle[T float](
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a, b block[T],
) (t triangle[T], k int, work, shared bool) {
	mustSide(s)
	mustUplo(ul)
	mustTranspose(tA)
	mustDiag(d)
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	k, others := n, m
	if s == blas.Left {
		k, others = m, n
	}
	a.mustStride(k, "A")
	b.mustStride(n, "B")
	if m == 0 || n == 0 {
		return t, k, false, false
	}
	a.mustHold(k, k, "a")
	b.mustHold(m, n, "b")
	if alpha != 0 && b.shares(m, n, a, k, k) {
		return t, k, false, true
	}
	b.scale(m, n, alpha)
	t = triangle[T]{a, s == blas.Left, ul == blas.Lower, tA != blas.NoTrans, d == blas.Unit, others}
	return t, k, alpha != 0, false
}

// ascends reports whether a product with the inverse goes from the first row or column of B to the last. A
// product with the triangle itself goes the other way.
func (t *triangle[T]) ascends() bool { return t.left == (t.lower != t.trans) }

// steps are the distances in memory between rows and between columns of op(A).
func (t *triangle[T]) steps() (row, col int) {
	if t.trans {
		return 1, t.stride
	}
	return t.stride, 1
}

// half is the order of the first of the two triangles that one of order k is cut into.
func half(k int) int { return ceil.Div(k/2, leaf) * leaf }

// below is the triangle that begins at (i, i).
func (t *triangle[T]) below(i int) *triangle[T] {
	u := *t
	u.block = t.at(i, i)
	return &u
}

// part is the block of B that belongs to rows or columns of A from i on.
func (t *triangle[T]) part(b block[T], i int) block[T] {
	if t.left {
		return b.at(i, 0)
	}
	return b.at(0, i)
}

// across adds alpha times the product of the square between the two halves and the half of B that it is
// multiplied by to the other half. The halves have the orders i and k-i. The second is the target if forward.
func (t *triangle[T]) across(i, k int, alpha T, b block[T], forward bool) {
	square := t.at(0, i)
	if t.lower {
		square = t.at(i, 0)
	}
	from, to, inner, outer := t.part(b, 0), t.part(b, i), i, k-i
	if !forward {
		from, to, inner, outer = to, from, outer, inner
	}
	if t.left {
		multiply(t.trans, false, outer, t.others, inner, alpha, square, from, 1, to)
		return
	}
	multiply(false, t.trans, t.others, outer, inner, alpha, from, square, 1, to)
}

// addMultiples adds to row i of B alpha times the sum of the rows that op(A) multiplies for it, but for row i
// itself, where A has order k.
func (t *triangle[T]) addMultiples(alpha T, i, k int, b block[T]) {
	from, to := 0, i
	if !t.ascends() {
		from, to = i+1, k
	}
	if from == to {
		return
	}
	const long = 64 // rows for which a product is worth its call
	row, col := t.steps()
	x := b.row(i, t.others)
	if len(x) >= long {
		a := block[T]{t.data[i*row+from*col:], t.stride}
		multiply(t.trans, false, 1, len(x), to-from, alpha, a, b.at(from, 0), 1, b.at(i, 0))
		return
	}
	for j := from; j < to; j++ {
		a, y := alpha*t.data[i*row+j*col], b.row(j, len(x))
		for l := range x {
			x[l] += T(a * y[l])
		}
	}
}

// alone multiplies B by the triangle or its inverse where B is one row or column, as level 2 does.
func (t *triangle[T]) alone(k int, b block[T], inverse bool) {
	x, trans := vector[T]{b.data, b.stride}, t.trans
	if !t.left {
		x.inc, trans = 1, !trans
	}
	triangularStrided(t.block, t.lower, trans, t.unit, k, x, inverse)
}

// turned multiplies B by a triangle on its right, or by the inverse, as the transpose of B is multiplied by
// the transpose on its left. Rows are then long enough for fast loops. B is turned in pieces that fit the
// cache.
func (t *triangle[T]) turned(k int, b block[T], inverse bool) {
	const long = 128
	w := borrow[T](turn * long)
	defer w.giveBack()
	u := *t
	u.left, u.trans = true, !t.trans
	for i := 0; i < t.others; i += long {
		u.others = min(long, t.others-i)
		x, y := block[T]{w.data, u.others}, b.at(i, 0)
		x.transpose(y, u.others, k)
		if inverse {
			u.solve(k, x)
		} else {
			u.times(k, x)
		}
		y.transpose(x, k, u.others)
	}
}

// transpose sets x to the transpose of the m by n block y. It goes by small squares, because the elements of
// a column may compete for few places in the cache.
func (x block[T]) transpose(y block[T], m, n int) {
	const side = 8
	for i := 0; i < m; i += side {
		rows := min(side, m-i)
		for j := 0; j < n; j += side {
			for l := range min(side, n-j) {
				to, from := x.row(j+l, i+rows)[i:], y.at(i, j+l)
				for r := range to {
					to[r] = from.data[r*from.stride]
				}
			}
		}
	}
}
