package gonumblas

import "github.com/seed964deb49/langevin/internal/ceil"

// Dorgqr replaces the k reflectors of Dgeqrf by the first n columns of their product Q, which has m rows.
// The length of work is n at least, and work[0] becomes the best length. If lwork is -1, Dorgqr only does
// that.
func (l Lapack) Dorgqr(m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	x := block64{a, lda}
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	demand(n <= m, "n > m")
	demand(k >= 0, "k < 0")
	demand(k <= n, "k > n")
	if lwork != -1 {
		x.demandStride(n, "A")
	}
	demandWork(n, work, lwork)
	if n == 0 {
		work[0] = 1
		return
	}
	if lwork == -1 {
		l.Implementation.Dorgqr(m, n, k, a, lda, tau, work, lwork)
		return
	}
	x.demandElements(m, n, "a")
	demand(len(tau) == k, "bad length of tau")
	work[0] = float64(n)
	if k > gonumLevel {
		work[0] *= gonumColumns
	}
	for i := range m { // the columns that no reflector begins
		row := x.row(i, n)
		clear(row[k:])
		if i >= k && i < n {
			row[i] = 1
		}
	}
	if m*n <= smallReflectors {
		formColumns(x, m, n, tau)
		return
	}
	most := atOnce(k)
	for i := (ceil.Div(k, most) - 1) * most; i >= 0; i -= most {
		some := min(most, k-i)
		h := newReflectors(some, m-i)
		h.readColumns(x.at(i, i))
		h.trim(tau[i : i+some])
		if i+some < n {
			h.left(false, n-i-some, x.at(i, i+some))
		}
		h.formColumns(x.at(i, i))
		h.giveBack()
		for j := range i {
			clear(x.row(j, i+some)[i:])
		}
	}
}

// formColumns sets the n by k block C to the first columns of the product of the reflectors.
func (h *reflectors) formColumns(c block64) {
	w := borrow[float64](h.k * h.k)
	y := block64{w.data, h.k}
	multiply(false, false, h.k, h.k, h.k, -1, h.t, h.v, 0, y)
	multiply(true, false, h.n, h.k, h.k, 1, h.v, y, 0, c)
	w.giveBack()
	for i := range h.k {
		c.data[i*(c.stride+1)]++
	}
}

// Dorglq replaces the k reflectors of Dgelqf by the first m rows of Q, the transpose of their product,
// which has n columns. The length of work is m at least, and work[0] becomes the best length. If lwork is
// -1, Dorglq only does that.
func (l Lapack) Dorglq(m, n, k int, a []float64, lda int, tau, work []float64, lwork int) {
	x := block64{a, lda}
	demand(m >= 0, "m < 0")
	demand(n >= m, "n < m")
	demand(k >= 0, "k < 0")
	demand(k <= m, "k > m")
	x.demandStride(n, "A")
	demandWork(m, work, lwork)
	if m == 0 {
		work[0] = 1
		return
	}
	if lwork == -1 {
		l.Implementation.Dorglq(m, n, k, a, lda, tau, work, lwork)
		return
	}
	x.demandElements(m, n, "a")
	demand(len(tau) >= k, "insufficient length of tau")
	work[0] = float64(m)
	if k > gonumLevel {
		work[0] *= gonumColumns
	}
	for i := k; i < m; i++ { // the rows that no reflector begins
		clear(x.row(i, n))
		x.data[i*(x.stride+1)] = 1
	}
	if m*n <= smallReflectors {
		formRows(x, m, n, tau[:k])
		return
	}
	most := atOnce(k)
	for i := (ceil.Div(k, most) - 1) * most; i >= 0; i -= most {
		some := min(most, k-i)
		h := newReflectors(some, n-i)
		h.readRows(x.at(i, i))
		h.trim(tau[i : i+some])
		if i+some < m {
			h.right(true, m-i-some, x.at(i+some, i))
		}
		h.formRows(x.at(i, i))
		h.giveBack()
		for j := i; j < i+some; j++ {
			clear(x.row(j, i))
		}
	}
}

// formRows sets the k by n block C to the first rows of the transpose of the product of the reflectors.
func (h *reflectors) formRows(c block64) {
	w := borrow[float64](h.k * h.k)
	y := block64{w.data, h.k}
	multiply(false, false, h.k, h.k, h.k, -1, h.t, h.v, 0, y)
	multiply(true, false, h.k, h.n, h.k, 1, y, h.v, 0, c)
	w.giveBack()
	for i := range h.k {
		c.data[i*(c.stride+1)]++
	}
}
