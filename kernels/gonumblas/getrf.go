package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgetrf computes the factorization A = P*L*U of the m by n matrix A with partial pivoting. L, of unit diagonal,
// and U replace A. In step i, row i was exchanged with row ipiv[i]. Dgetrf reports whether no diagonal element
// of U is zero; the factorization is there in either case.
func (Lapack) Dgetrf(m, n int, a []float64, lda int, ipiv []int) (ok bool) {
	x := block64{a, lda}
	demand(m >= 0, "m < 0")
	demand(n >= 0, "n < 0")
	x.demandStride(n, "A")
	if m == 0 || n == 0 {
		return true
	}
	x.demandElements(m, n, "a")
	demand(len(ipiv) == min(m, n), "bad length of ipiv")
	return factorLU(x, m, n, ipiv)
}

// factorLU is Dgetrf. It factors the left half of the columns, brings the right half up to date and factors
// that (Toledo, "Locality of reference in LU decomposition with partial pivoting", 1997).
func factorLU(x block64, m, n int, pivots []int) (ok bool) {
	steps := len(pivots)
	if steps <= columnsLU {
		ok = factorColumns(x, m, pivots)
		followLU(x, m, n, pivots)
		return ok
	}
	middle := (steps/2 + 7) &^ 7
	ok = factorLU(x, m, middle, pivots[:middle])
	followLU(x, m, n, pivots[:middle])
	ok = factorLU(x.at(middle, middle), m-middle, n-middle, pivots[middle:]) && ok
	exchangeRows(x.at(middle, 0), middle, pivots[middle:])
	for i := middle; i < steps; i++ {
		pivots[i] += middle
	}
	return ok
}

// columnsLU is the number of columns that are not halved any more.
const columnsLU = 48

// followLU does the first steps, which are those of pivots, to the columns after them.
func followLU(x block64, m, n int, pivots []int) {
	k := len(pivots)
	if n == k {
		return
	}
	right := x.at(0, k)
	exchangeRows(right, n-k, pivots)
	var f Float64
	f.Dtrsm(blas.Left, blas.Lower, blas.NoTrans, blas.Unit, k, n-k, 1, x.data, x.stride, right.data, x.stride)
	if m > k {
		multiply(false, false, m-k, n-k, k, -1, x.at(k, 0), right, 1, x.at(k, k))
	}
}

// exchangeRows exchanges each row i of n elements with row pivots[i], in ascending order.
func exchangeRows(x block64, n int, pivots []int) {
	var f Float64
	for i, p := range pivots {
		if p != i {
			f.Dswap(n, x.data[i*x.stride:], 1, x.data[p*x.stride:], 1)
		}
	}
}
