package gonumblas

import "gonum.org/v1/gonum/blas"

// Dormqr multiplies the m by n matrix C by op(Q) on the side given. Q is the product of the k reflectors of
// Dgeqrf. The length of work is that of a row of C at least on the left side and that of a column on the right,
// and work[0] becomes the best length. If lwork is -1, Dormqr only does that.
func (l Lapack) Dormqr(
	s blas.Side, tA blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int,
	work []float64, lwork int,
) {
	x, y, left := block64{a, lda}, block64{c, ldc}, s == blas.Left
	order := demandProduct(s, tA, m, n, k)
	x.demandStride(k, "A")
	y.demandStride(n, "C")
	demandWork(m+n-order, work, lwork)
	if m == 0 || n == 0 || k == 0 {
		work[0] = 1
		return
	}
	if lwork == -1 {
		l.Implementation.Dormqr(s, tA, m, n, k, a, lda, tau, c, ldc, work, lwork)
		return
	}
	x.demandElements(order, k, "a")
	demand(len(tau) == k, "bad length of tau")
	y.demandElements(m, n, "c")
	work[0] = bestForProduct(m + n - order)
	p := reflected{s, x, false, order, tau, tA == blas.Trans, left == (tA == blas.Trans)}
	p.apply(m, n, y)
}

// Dormlq multiplies the m by n matrix C by op(Q) on the side given. Q is the transpose of the product of the k
// reflectors of Dgelqf. The length of work is that of a row of C at least on the left side and that of a column
// on the right, and work[0] becomes the best length. If lwork is -1, Dormlq only does that.
func (l Lapack) Dormlq(
	s blas.Side, tA blas.Transpose, m, n, k int, a []float64, lda int, tau, c []float64, ldc int,
	work []float64, lwork int,
) {
	x, y, left := block64{a, lda}, block64{c, ldc}, s == blas.Left
	order := demandProduct(s, tA, m, n, k)
	x.demandStride(order, "A")
	demandWork(m+n-order, work, lwork)
	if m == 0 || n == 0 || k == 0 {
		work[0] = 1
		return
	}
	if lwork == -1 {
		l.Implementation.Dormlq(s, tA, m, n, k, a, lda, tau, c, ldc, work, lwork)
		return
	}
	x.demandElements(k, order, "a")
	demand(len(tau) >= k, "insufficient length of tau")
	y.demandElements(m, n, "c")
	y.demandStride(n, "C")
	work[0] = bestForProduct(m + n - order)
	p := reflected{s, x, true, order, tau[:k], tA == blas.NoTrans, left == (tA == blas.NoTrans)}
	p.apply(m, n, y)
}

// bestForProduct is gonum's best length of work, where the least is that given.
func bestForProduct(least int) float64 { return float64(max(1, least)*32 + 64*64) }

// demandProduct checks the first arguments of products with k reflectors, and returns their order.
func demandProduct(s blas.Side, tA blas.Transpose, m, n, k int) (order int) {
	demand(s == blas.Left || s == blas.Right, "bad Side")
	demand(tA == blas.NoTrans || tA == blas.Trans, "bad Trans")
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	demand(k >= 0, "k < 0")
	if s == blas.Left {
		demand(k <= m, "k > m")
		return m
	}
	demand(k <= n, "k > n")
	return n
}

// reflected is a product with the reflectors of a factorization.
type reflected struct {
	side      blas.Side
	a         block64
	rows      bool // of A have the reflectors
	order     int
	tau       []float64
	transpose bool // of the product of the reflectors
	ascends   bool // from the first reflector to the last
}

func (p *reflected) apply(m, n int, c block64) {
	k, step := len(p.tau), atOnce(len(p.tau))
	small := m*n <= smallReflectors
	if small {
		step = 1
	}
	for done := 0; done < k; done += step {
		i := done
		if !p.ascends {
			i = (k - 1 - done) / step * step
		}
		rows, cols, d := m, n, c
		if p.side == blas.Left {
			rows, d = m-i, c.at(i, 0)
		} else {
			cols, d = n-i, c.at(0, i)
		}
		if small {
			p.applyOne(i, rows, cols, d)
		} else {
			p.applySome(i, min(step, k-i), rows, cols, d)
		}
	}
}

func (p *reflected) applyOne(i, m, n int, c block64) {
	w := borrow[float64](p.order)
	v := w.data[:p.order-i]
	if p.rows {
		copy(v, p.a.row(i, p.order)[i:])
	} else {
		p.a.at(i, i).gather(v)
	}
	v[0] = 1
	reflectOn(p.side, m, n, v, p.tau[i], c)
	w.giveBack()
}

func (p *reflected) applySome(i, some, m, n int, c block64) {
	h := newReflectors(some, p.order-i)
	if p.rows {
		h.readRows(p.a.at(i, i))
	} else {
		h.readColumns(p.a.at(i, i))
	}
	h.trim(p.tau[i : i+some])
	h.apply(p.side, p.transpose, m, n, c)
	h.giveBack()
}
