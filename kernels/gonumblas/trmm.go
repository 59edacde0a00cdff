package gonumblas

import "gonum.org/v1/gonum/blas"

// trmm is Trmm, and reports false where b shares elements with a, and nothing was done.
func trmm[T float](
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a, b block[T],
) bool {
	t, k, work, shared := checkTriangle(s, ul, tA, d, m, n, alpha, a, b)
	switch {
	case !work:
	case t.others == 1:
		t.alone(k, b, false)
	default:
		t.times(k, b)
	}
	return !shared
}

// times multiplies B by a triangle of order k.
func (t *triangle[T]) times(k int, b block[T]) {
	switch {
	case !t.left && k <= turn:
		t.turned(k, b, false)
		return
	case k <= leaf:
		t.timesRows(k, b)
		return
	}
	i := half(k)
	if t.ascends() { // the first half is needed as it was
		t.below(i).times(k-i, t.part(b, i))
		t.across(i, k, 1, b, true)
		t.times(i, b)
		return
	}
	t.times(i, b)
	t.across(i, k, 1, b, false)
	t.below(i).times(k-i, t.part(b, i))
}

// timesRows is times for a small triangle on the left, from the row that needs all others to the one that
// needs none.
func (t *triangle[T]) timesRows(k int, b block[T]) {
	row, col := t.steps()
	for step := k - 1; step >= 0; step-- {
		i := t.place(step, k)
		x := b.row(i, t.others)
		if !t.unit {
			a := t.data[i*row+i*col]
			for l := range x {
				x[l] *= a
			}
		}
		t.addMultiples(1, i, k, b)
	}
}
