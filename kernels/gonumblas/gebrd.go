package gonumblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// Dgebrd reduces the m by n matrix A to Q*B*Pᵀ. B is bidiagonal with diagonal d and other diagonal e, above
// it where m >= n and below it else. Q and P are products of reflectors, which are left in the columns and
// rows of A, with factors tauQ and tauP. The length of work is max(m, n) at least. If lwork is -1,
// work[0] becomes the best length of gonum, and nothing else is done.
func (Lapack) Dgebrd(m, n int, a []float64, lda int, d, e, tauQ, tauP, work []float64, lwork int) {
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	x, k := block64{a, lda}, min(m, n)
	x.demandStride(n, "A")
	demandWork(max(m, n), work, lwork)
	work[0] = float64(max(1, (m+n)*twoSidedColumns)) // gonum's
	if k == 0 {
		work[0] = 1
	}
	if k == 0 || lwork == -1 {
		return
	}
	x.demandElements(m, n, "a")
	demand(len(d) >= k, "insufficient length of d")
	demand(len(e) >= k-1, "insufficient length of e")
	demand(len(tauQ) >= k, "insufficient length of tauQ")
	demand(len(tauP) >= k, "insufficient length of tauP")
	if m >= n {
		t := newTallSVD(m, n, 0)
		t.a.copy(x, m, n)
		t.reduce(d, e, tauQ, tauP)
		x.copy(t.a, m, n)
		t.w.giveBack()
		return
	}
	t := newTallSVD(n, m, 0)
	t.a.transpose(x, m, n)
	t.reduce(d, e, tauP, tauQ)
	x.transpose(t.a, n, m)
	t.w.giveBack()
}

// reduce is Dgebrd of the matrix.
func (t *tallSVD) reduce(d, e, tauQ, tauP []float64) {
	bidiagonalize(t.m, t.n, t.a, d, e, tauQ, tauP, t.vectors, t.rows)
	tauP[t.n-1] = 0
	t.a.transpose(t.vectors, t.n, t.m)
	for i := range t.n {
		row := t.a.row(i, t.n)
		row[i] = d[i]
		if i+1 < t.n {
			row[i+1] = e[i]
			copy(row[i+2:], t.rows.row(i, t.n)[i+2:])
		}
	}
}

// Dorgbr turns what Dgebrd leaves in A into the m by n matrix Q or Pᵀ. Dgebrd had k columns for Q and k rows
// for Pᵀ. The length of work is min(m, n) at least. If lwork is -1, work[0] becomes that, and nothing else is
// done.
func (l Lapack) Dorgbr(
	vect lapack.GenOrtho, m, n, k int, a []float64, lda int, tau, work []float64, lwork int,
) {
	columns := vect == lapack.GenerateQ
	demand(columns || vect == lapack.GeneratePT, "bad GenOrtho")
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	demand(k >= 0, "k < 0")
	demand(!columns || n <= m, "n > m")
	demand(!columns || n >= min(m, k), "n < min(m,k)")
	demand(columns || m <= n, "m > n")
	demand(columns || m >= min(n, k), "m < min(n,k)")
	x := block64{a, lda}
	if lwork != -1 {
		x.demandStride(n, "A")
	}
	demandWork(min(m, n), work, lwork)
	work[0] = float64(max(1, min(m, n)))
	if m == 0 || n == 0 || lwork == -1 {
		return
	}
	x.demandElements(m, n, "a")
	switch {
	case columns:
		demand(len(tau) >= min(m, k), "insufficient length of tau")
	default:
		demand(len(tau) >= min(n, k), "insufficient length of tau")
	}
	switch {
	case columns && m >= k:
		l.Dorgqr(m, n, k, a, lda, tau[:k], work, lwork)
	case columns:
		x.shiftColumns(m)
		if m > 1 {
			l.Dorgqr(m-1, m-1, m-1, a[lda+1:], lda, tau[:m-1], work, lwork)
		}
	case k < n:
		l.Dorglq(m, n, k, a, lda, tau, work, lwork)
	default:
		x.shiftRows(n)
		if n > 1 {
			l.Dorglq(n-1, n-1, n-1, a[lda+1:], lda, tau, work, lwork)
		}
	}
	work[0] = float64(max(1, min(m, n)))
}

// shiftColumns moves the vectors of reflectors in the n by n block one column to the right, and sets the
// first row and column to those of the unit matrix.
func (x block[T]) shiftColumns(n int) {
	for i := range n {
		row := x.row(i, n)
		copy(row[1:], row[:i])
		row[0] = 0
	}
	clear(x.row(0, n))
	x.data[0] = 1
}

// shiftRows is shiftColumns for rows, which move down.
func (x block[T]) shiftRows(n int) {
	for i := n - 1; i > 0; i-- {
		row := x.row(i, n)
		copy(row[i:], x.row(i-1, n)[i:])
		row[0] = 0
	}
	clear(x.row(0, n))
	x.data[0] = 1
}

// Dormbr multiplies the m by n matrix C by op(Q) or op(P) on the side given, with what Dgebrd left in A.
// Dgebrd had k columns for Q and k rows for P. The length of work is that of a row of C at least on the left
// side and that of a column on the right. If lwork is -1, work[0] becomes that, and nothing else is done.
func (l Lapack) Dormbr(
	vect lapack.ApplyOrtho, s blas.Side, tA blas.Transpose, m, n, k int, a []float64, lda int,
	tau, c []float64, ldc int, work []float64, lwork int,
) {
	order, columns := n, vect == lapack.ApplyQ
	if s == blas.Left {
		order = m
	}
	demand(columns || vect == lapack.ApplyP, "bad ApplyOrtho")
	demand(s == blas.Left || s == blas.Right, "bad Side")
	demand(tA == blas.NoTrans || tA == blas.Trans, "bad Trans")
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	demand(k >= 0, "k < 0")
	x, y, some := block64{a, lda}, block64{c, ldc}, min(order, k)
	if columns {
		x.demandStride(some, "A")
	} else {
		x.demandStride(order, "A")
	}
	y.demandStride(n, "C")
	demandWork(m+n-order, work, lwork)
	best := float64(max(1, m+n-order))
	if m == 0 || n == 0 {
		best = 1
	}
	work[0] = best
	if m == 0 || n == 0 || lwork == -1 {
		return
	}
	if columns {
		x.demandElements(order, some, "a")
	} else {
		x.demandElements(some, order, "a")
	}
	demand(len(tau) >= some, "insufficient length of tau")
	y.demandElements(m, n, "c")
	first := 0 // row and column of a that the reflectors begin in
	if columns && order < k || !columns && order <= k {
		first, some = 1, order-1
		if s == blas.Left {
			m, y = m-1, block64{c[min(ldc, len(c)):], ldc}
		} else {
			n, y = n-1, block64{c[1:], ldc}
		}
	}
	if some > 0 && columns {
		l.Dormqr(s, tA, m, n, some, a[first*lda:], lda, tau[:some], y.data, ldc, work, lwork)
	} else if some > 0 {
		opposite := blas.Trans // the rows are reflectors of Pᵀ
		if tA == blas.Trans {
			opposite = blas.NoTrans
		}
		l.Dormlq(s, opposite, m, n, some, a[first:], lda, tau, y.data, ldc, work, lwork)
	}
	work[0] = best
}
