package gonumblas

import "gonum.org/v1/gonum/blas"

// trmm is Trmm, and reports false where b shares elements with a, and nothing was done.
func trmm[T float](
	s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a, b block[T],
) bool {
	t, k, work, shared := checkTriangle(s, ul, tA, d, m, n, alpha, a, b)
	if work {
		t.times(k, b)
	}
	return !shared
}

// times multiplies B by a triangle of order k.
func (t *triangle[T]) times(k int, b block[T]) {
	if k <= leaf {
		if t.left {
			t.timesRows(k, b)
		} else {
			t.timesColumns(k, b)
		}
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
		for before := range step {
			j := t.place(before, k)
			a, y := t.data[i*row+j*col], b.row(j, t.others)
			for l := range x {
				x[l] += T(a * y[l])
			}
		}
	}
}

// timesColumns is times for a small triangle on the right. Rows of B are independent.
func (t *triangle[T]) timesColumns(k int, b block[T]) {
	var a [leaf][leaf]T
	t.pack(k, &a)
	var x [leaf]T
	ascends := t.ascends()
	for i := range t.others {
		y := b.row(i, k)
		copyOrdered(x[:k], y, ascends)
		for j := k - 1; j >= 0; j-- {
			sum := x[j]
			if !t.unit {
				sum *= a[j][j]
			}
			for l, v := range a[j][:j] {
				sum += T(v * x[l])
			}
			x[j] = sum
		}
		copyOrdered(y, x[:k], ascends)
	}
}
