package gonumblas

// Dgeqrf computes the factorization A = Q*R of the m by n matrix A. R replaces the upper triangle, and the
// min(m, n) reflectors whose product is Q, each without its 1, replace the columns below it. Their factors
// are tau. The length of work is n at least, and work[0] becomes the best length. If lwork is -1, Dgeqrf
// only does that.
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
	for i, most := 0, atOnce(k); i < k; i += most {
		some := min(most, k-i)
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
// min(m, n) reflectors replace the rows right of it, each without its 1. The transpose of their product is
// Q. Their factors are tau. The length of work is m at least, and work[0] becomes the best length. If lwork
// is -1, Dgelqf only does that.
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
	for i, most := 0, atOnce(k); i < k; i += most {
		some := min(most, k-i)
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
	smallReflectors = 64 * 64 // elements of matrices that are worth one reflector after the other

	// Gonum's work has gonumColumns times the least length where a factorization has more than gonumLevel
	// steps.
	gonumColumns = 32
	gonumLevel   = 128
)

// atOnce returns how many of k reflectors to apply in one product.
func atOnce(k int) int {
	if k <= 200 {
		return 16
	}
	return 32
}

// demandFactors checks the arguments of the factorizations of an m by n matrix, and reports whether there
// are elements.
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
