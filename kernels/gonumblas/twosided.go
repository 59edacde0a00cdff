package gonumblas

import "gonum.org/v1/gonum/blas"

// twoSidedColumns is how many columns, or rows and columns, are reduced between two updates of the others.
const twoSidedColumns = 32

// twoSided reduces the m by n block A from both sides by reflectors (Dongarra, Sorensen and Hammarling,
// "Block reduction of matrices to condensed forms for eigenvalue computations", 1989). Of A, what is left
// after some steps is A - LᵀR, where L and R get two rows in each step. After some steps the product is
// subtracted.
type twoSided struct {
	m, n int
	a    block64
	l, r block64
	t    []float64
	w    *buffer[float64]
}

// newTwoSided returns a reduction. giveBack ends its use.
func newTwoSided(m, n int, a block64) twoSided {
	const rows = 2 * twoSidedColumns
	long, wide := paddedStride(m), paddedStride(n)
	w := borrow[float64](rows * (long + wide + 1))
	p := twoSided{m: m, n: n, a: a, w: w}
	p.l = block64{w.data[:rows*long], long}
	p.r = block64{w.data[rows*long:][:rows*wide], wide}
	p.t = w.data[rows*(long+wide):][:rows]
	return p
}

func (p *twoSided) giveBack() { p.w.giveBack() }

// update subtracts the product of so many rows of L and R from what is left of A after the first done rows
// and columns.
func (p *twoSided) update(rows, done int) {
	if done < p.m && done < p.n {
		multiply(true, false, p.m-done, p.n-done, rows, -1, p.l.at(0, done), p.r.at(0, done), 1,
			p.a.at(done, done))
	}
}

// subtract subtracts the combination of so many rows of x by the elements of column j of y from v, whose
// first element belongs to column from of x.
func subtract(rows int, x block64, from int, y block64, j int, v []float64) {
	if rows > 0 {
		Float64{}.Dgemv(blas.Trans, rows, len(v), -1, x.data[from:], x.stride, y.data[j:], y.stride, 1, v, 1)
	}
}

// correct subtracts XᵀYu from v, of so many rows of X and Y. The first elements of u and v belong to columns
// at and to of Y and X.
func (p *twoSided) correct(rows int, y block64, at int, u []float64, x block64, to int, v []float64) {
	if rows > 0 {
		t := p.t[:rows]
		Float64{}.Dgemv(blas.NoTrans, rows, len(u), 1, y.data[at:], y.stride, u, 1, 0, t, 1)
		Float64{}.Dgemv(blas.Trans, rows, len(v), -1, x.data[to:], x.stride, t, 1, 1, v, 1)
	}
}

// formTransposed sets X to the first rows of the transpose of H0*H1*...*H(k-1), of order n. The vector of a
// reflector is a row of vt, and that of H(i) begins in column i+shift.
func formTransposed(x block64, rows, n, k, shift int, vt block64, tau []float64) {
	for i := range rows {
		row := x.row(i, n)
		clear(row)
		row[i] = 1
	}
	if rows*n <= smallReflectors {
		for i := k - 1; i >= 0; i-- {
			at := i + shift
			v := vt.row(i, n)[at:]
			v[0] = 1
			reflectOn(blas.Right, rows-at, n-at, v, tau[i], x.at(at, at))
		}
		return
	}
	const together = 32
	for from := (k - 1) / together * together; from >= 0 && k > 0; from -= together {
		at := from + shift
		h := newReflectors(min(together, k-from), n-at)
		h.readRows(vt.at(from, at))
		h.trim(tau[from:])
		h.right(true, rows-at, x.at(at, at))
		h.giveBack()
	}
}
