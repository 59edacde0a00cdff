package gonumblas

import "gonum.org/v1/gonum/blas"

// trsm is Trsm, and reports false where b shares elements with a, and nothing was done.
func trsm[T float](
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a, b block[T],
) bool {
	t, k, work, shared := checkTriangle(s, ul, tA, d, m, n, alpha, a, b)
	switch {
	case !work:
	case t.others == 1:
		t.alone(k, b, true)
	default:
		t.solve(k, b)
	}
	return !shared
}

// solve multiplies B by the inverse of a triangle of order k.
func (t *triangle[T]) solve(k int, b block[T]) {
	switch {
	case !t.left && k <= turn:
		t.turned(k, b, true)
		return
	case k <= leaf:
		t.solveRows(k, b)
		return
	}
	i := half(k)
	if t.ascends() {
		t.solve(i, b)
		t.across(i, k, -1, b, true)
		t.below(i).solve(k-i, t.part(b, i))
		return
	}
	t.below(i).solve(k-i, t.part(b, i))
	t.across(i, k, -1, b, false)
	t.solve(i, b)
}

// solveRows is solve for a small triangle on the left: a row of B loses its multiples of the rows before it.
func (t *triangle[T]) solveRows(k int, b block[T]) {
	row, col := t.steps()
	for step := range k {
		i := t.place(step, k)
		x := b.row(i, t.others)
		t.addMultiples(-1, i, k, b)
		if !t.unit {
			divide(x, t.data[i*row+i*col])
		}
	}
}

// place is the row or column of B that is solved for in a step.
func (t *triangle[T]) place(step, k int) int {
	if t.ascends() {
		return step
	}
	return k - 1 - step
}

// divide divides x by a, by its inverse where that is far from overflow and underflow.
func divide[T float](x []T, a T) {
	const far = 1 << 100
	if size := max(a, -a); size < far && size > 1.0/far {
		inverse := 1 / a
		for i := range x {
			x[i] *= inverse
		}
		return
	}
	for i := range x {
		x[i] /= a
	}
}
