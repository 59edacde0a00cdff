package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/blas"
)

// Dgetrf computes the factorization A = P*L*U of the m by n matrix A with partial pivoting. L, of unit
// diagonal, and U replace A. In step i, row i was exchanged with row ipiv[i]. Dgetrf reports whether no
// diagonal element of U is zero; the factorization is there in either case.
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
	if m <= smallLU && n <= smallLU {
		return factorSmallLU(x, m, n, pivots)
	}
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

const (
	smallLU   = 16 // order of matrices that are not worth products
	columnsLU = 64 // number of columns that are not halved any more
)

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
	const long = 64 // rows that are worth a call
	var f Float64
	for i, p := range pivots {
		switch {
		case p == i:
		case n < long:
			exchangeShort(x.row(i, n), x.row(p, n))
		default:
			f.Dswap(n, x.data[i*x.stride:], 1, x.data[p*x.stride:], 1)
		}
	}
}

func exchangeShort(x, y []float64) {
	y = y[:len(x)]
	for i, v := range x {
		x[i], y[i] = y[i], v
	}
}

// factorSmallLU is factorLU row by row.
func factorSmallLU(x block64, m, n int, pivots []int) (ok bool) {
	ok = true
	for j := range pivots {
		p, most := j, math.Abs(x.data[j*x.stride+j])
		for i := j + 1; i < m; i++ {
			if v := math.Abs(x.data[i*x.stride+j]); v > most {
				p, most = i, v
			}
		}
		pivots[j] = p
		top, other := x.row(j, n), x.row(p, n)
		if other[j] == 0 {
			ok = false
			continue
		}
		if p != j {
			exchangeShort(top, other)
		}
		pivot, inverse := top[j], 1/top[j]
		top = top[j+1:]
		for i := j + 1; i < m; i++ {
			row := x.row(i, n)[j:]
			l := row[0] * inverse
			if most < smallest { // whose inverse may overflow
				l = row[0] / pivot
			}
			row[0] = l
			row = row[1:][:len(top)]
			for c, v := range top {
				row[c] -= float64(l * v)
			}
		}
	}
	return ok
}
