package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgeqrf computes the factorization A = Q*R of the m by n matrix A. R replaces the upper triangle, and the
// min(m, n) reflectors whose product is Q, each without its 1, replace the columns below it. Their factors are
// tau. The length of work is n at least, and work[0] becomes the best length. If lwork is -1, Dgeqrf only does
// that.
func (l Lapack) Dgeqrf(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	x, k := block64{a, lda}, min(m, n)
	if !demandFactors(x, m, n, n, work, lwork) {
		return
	}
	if lwork == -1 {
		l.Implementation.Dgeqrf(m, n, a, lda, tau, work, lwork)
		return
	}
	x.demandElements(m, n, "a")
	demand(len(tau) == k, "bad length of tau")
	work[0] = float64(n)
	if k > gonumLevel {
		work[0] *= gonumColumns
	}
	if m*n <= smallReflectors {
		reflectColumns(x, m, n, tau)
		return
	}
	for i := 0; i < k; i += reflectorsAtOnce {
		some := min(reflectorsAtOnce, k-i)
		h := newReflectors(some, m-i)
		h.readColumns(x.at(i, i))
		h.factor(tau[i : i+some])
		h.writeColumns(x.at(i, i))
		if i+some < n {
			h.left(true, n-i-some, x.at(i, i+some))
		}
		h.giveBack()
	}
}

// Dgelqf computes the factorization A = L*Q of the m by n matrix A. L replaces the lower triangle, and the
// min(m, n) reflectors replace the rows right of it, each without its 1. The transpose of their product is Q.
// Their factors are tau. The length of work is m at least, and work[0] becomes the best length. If lwork is -1,
// Dgelqf only does that.
func (l Lapack) Dgelqf(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	x, k := block64{a, lda}, min(m, n)
	if !demandFactors(x, m, n, m, work, lwork) {
		return
	}
	if lwork == -1 {
		l.Implementation.Dgelqf(m, n, a, lda, tau, work, lwork)
		return
	}
	x.demandElements(m, n, "a")
	demand(len(tau) >= k, "insufficient length of tau")
	work[0] = float64(m)
	if k > gonumLevel {
		work[0] *= gonumColumns
	}
	if m*n <= smallReflectors {
		reflectRows(x, m, n, tau[:k])
		return
	}
	for i := 0; i < k; i += reflectorsAtOnce {
		some := min(reflectorsAtOnce, k-i)
		h := newReflectors(some, n-i)
		h.readRows(x.at(i, i))
		h.factor(tau[i : i+some])
		h.writeRows(x.at(i, i))
		if i+some < m {
			h.right(false, m-i-some, x.at(i+some, i))
		}
		h.giveBack()
	}
}

const (
	reflectorsAtOnce = 32 // in one product
	smallReflectors  = 12 * 12

	// Gonum's work has gonumColumns times the least length where a factorization has more than gonumLevel steps.
	gonumColumns = 32
	gonumLevel   = 128
)

// demandFactors checks the arguments of the factorizations of an m by n matrix, and reports whether there are
// elements.
func demandFactors(x block64, m, n, least int, work []float64, lwork int) bool {
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	demandWork(least, work, lwork)
	if m == 0 || n == 0 {
		work[0] = 1
		return false
	}
	return true
}

// writeRows writes what factor left as LAPACK has it.
func (h *reflectors) writeRows(a block64) {
	for i := range h.k {
		row := a.row(i, h.n)
		copy(row, h.r.row(i, i+1))
		copy(row[i+1:], h.v.row(i, h.n)[i+1:])
	}
}

// writeColumns is writeRows for columns.
func (h *reflectors) writeColumns(a block64) {
	a.transpose(h.v, h.k, h.n)
	for i := range h.k {
		for j, v := range h.r.row(i, i+1) {
			a.data[j*a.stride+i] = v
		}
	}
}

// reflectColumns is Dgeqrf for small matrices.
func reflectColumns(x block64, m, n int, tau []float64) {
	for i := range tau {
		d := x.at(i, i)
		d.data[0], tau[i] = reflector(d.data[0], d.below(m-i), x.stride)
		if i+1 < n && tau[i] != 0 {
			reflectLeft(m-i, n-i-1, d.below(m-i), x.stride, tau[i], x.at(i, i+1))
		}
	}
}

// below is the column of n elements without its first.
func (x block[T]) below(n int) []T {
	if n == 1 {
		return nil
	}
	return x.data[x.stride : (n-1)*x.stride+1]
}

// reflectRows is Dgelqf for small matrices.
func reflectRows(x block64, m, n int, tau []float64) {
	for i := range tau {
		row := x.row(i, n)[i:]
		row[0], tau[i] = reflector(row[0], row[1:], 1)
		if i+1 < m && tau[i] != 0 {
			reflectRight(m-i-1, n-i, row[1:], 1, tau[i], x.at(i+1, i))
		}
	}
}

// reflectOn applies a reflector to the m by n block C on the side given. Its vector is 1 and then v.
func reflectOn(s blas.Side, m, n int, v []float64, inc int, tau float64, c block64) {
	if s == blas.Left {
		reflectLeft(m, n, v, inc, tau, c)
		return
	}
	reflectRight(m, n, v, inc, tau, c)
}

// reflectLeft is reflectOn from the left: C loses tau times the product of the vector and vᵀ*C.
func reflectLeft(m, n int, v []float64, inc int, tau float64, c block64) {
	w := borrow[float64](n)
	sums := w.data[:n]
	copy(sums, c.row(0, n))
	for i := 1; i < m; i++ {
		u := v[(i-1)*inc]
		for j, e := range c.row(i, n) {
			sums[j] += float64(u * e)
		}
	}
	for j := range sums {
		sums[j] *= tau
	}
	for j, e := range sums {
		c.data[j] -= e
	}
	for i := 1; i < m; i++ {
		u, row := v[(i-1)*inc], c.row(i, n)
		for j, e := range sums {
			row[j] -= float64(u * e)
		}
	}
	w.giveBack()
}

// reflectRight is reflectOn from the right.
func reflectRight(m, n int, v []float64, inc int, tau float64, c block64) {
	for i := range m {
		row := c.row(i, n)
		sum := row[0]
		for j := 1; j < n; j++ {
			sum += float64(v[(j-1)*inc] * row[j])
		}
		sum *= tau
		row[0] -= sum
		for j := 1; j < n; j++ {
			row[j] -= float64(v[(j-1)*inc] * sum)
		}
	}
}
