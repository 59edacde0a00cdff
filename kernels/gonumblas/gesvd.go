package gonumblas

import "gonum.org/v1/gonum/lapack"

// Dgesvd computes the singular value decomposition U*S*Vᵀ of the m by n matrix A. s gets the values in
// descending order, U all m left vectors with lapack.SVDAll or the first min(m, n) with lapack.SVDStore, and
// VT right ones as rows. It reports whether the iteration converged. A is kept; overwriting it is not coded,
// as it is not in gonum. work[0] becomes the best length of work, and nothing else is done if lwork is -1.
func (Lapack) Dgesvd(
	jobU, jobVT lapack.SVDJob, m, n int, a []float64, lda int, s, u []float64, ldu int,
	vt []float64, ldvt int, work []float64, lwork int,
) (ok bool) {
	if jobU == lapack.SVDOverwrite || jobVT == lapack.SVDOverwrite {
		panic("dgesvd: not coded for overwrite")
	}
	demandSVDJob(jobU)
	demandSVDJob(jobVT)
	least := min(m, n)
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	x := block64{a, lda}
	x.demandStride(n, "A")
	left, right := vectorsOf(jobU, m, least), vectorsOf(jobVT, n, least)
	block64{u, ldu}.demandStride(left, "U")
	if jobVT != lapack.SVDNone {
		block64{vt, ldvt}.demandStride(n, "VT")
	} else {
		block64{vt, ldvt}.demandStride(1, "VT")
	}
	best := 1
	if least > 0 {
		best = max(3*least+max(m, n), 5*least)
	}
	demandWork(best, work, lwork)
	work[0] = float64(best)
	if least == 0 || lwork == -1 {
		return true
	}
	x.demandElements(m, n, "a")
	demand(len(s) >= least, "insufficient length of s")
	demand(left == 0 || len(u) >= (m-1)*ldu+left, "insufficient length of u")
	demand(right == 0 || len(vt) >= (right-1)*ldvt+n, "insufficient length of vt")
	if m < n {
		return svd(n, m, true, x, s, right, block64{vt, ldvt}, left, block64{u, ldu})
	}
	return svd(m, n, false, x, s, left, block64{u, ldu}, right, block64{vt, ldvt})
}

func demandSVDJob(job lapack.SVDJob) {
	demand(job == lapack.SVDAll || job == lapack.SVDStore || job == lapack.SVDNone, "bad SVDJob")
}

// vectorsOf returns how many vectors of n elements a job makes.
func vectorsOf(job lapack.SVDJob, n, least int) int {
	switch job {
	case lapack.SVDAll:
		return n
	case lapack.SVDStore:
		return least
	}
	return 0
}
