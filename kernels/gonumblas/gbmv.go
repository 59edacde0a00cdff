package gonumblas

import "gonum.org/v1/gonum/blas"

// gbmv is Gbmv by rows of the band. Its sums are apart from y, as in gemv.
func gbmv[T float](
	tA blas.Transpose, m, n, kL, kU int, alpha T, a block[T], x vector[T], beta T, y vector[T],
) {
	mustTranspose(tA)
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	must(kL >= 0, "kL < 0")
	must(kU >= 0, "kU < 0")
	a.mustStride(kL+kU+1, "A")
	if !mustPair(min(m, n), x, y) {
		return
	}
	a.mustHold(min(m, n+kL), kL+kU+1, "a")
	xs, ys := m, n
	if tA == blas.NoTrans {
		xs, ys = n, m
	}
	x.mustReach(xs, "x")
	y.mustReach(ys, "y")
	if alpha == 0 {
		if beta != 1 {
			y.scale(ys, beta)
		}
		return
	}
	w := borrow[T](xs + ys)
	sums, v := w.data[:ys], x.copyInto(w.data[ys:xs+ys])
	clear(sums)
	for i := range min(m, n+kL) {
		from, to := max(0, i-kL), min(n, i+kU+1)
		row := a.row(i, kL+kU+1)[from-i+kL : to-i+kL]
		if tA == blas.NoTrans {
			sums[i] = T(alpha * addInner(0, row, v[from:to]))
		} else {
			addTo(sums[from:to], alpha*v[i], row)
		}
	}
	y.takeSum(sums, beta)
	w.giveBack()
}
