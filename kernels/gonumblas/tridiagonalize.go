package gonumblas

import "gonum.org/v1/gonum/blas"

// tridiagonalize reduces the symmetric matrix A of order n, of which both triangles are there and overwritten,
// to Q*T*Qᵀ. T has diagonal d and other diagonals e. Q is H(0)*H(1)*...*H(n-2), and the vector of H(i) is row i
// of vt from column i+1 on.
func tridiagonalize(n int, a block64, d, e, tau []float64, vt block64) {
	p := newTwoSided(n, n, a)
	defer p.giveBack()
	for from := 0; from < n; from += twoSidedColumns {
		count := min(twoSidedColumns, n-from)
		for i := range count {
			p.tridiagonalStep(from+i, 2*i, d, e, tau, vt)
		}
		p.update(2*count, from+count)
	}
}

// tridiagonalStep reduces row and column j. L and R have so many rows before.
func (p *twoSided) tridiagonalStep(j, rows int, d, e, tau []float64, vt block64) {
	row := vt.row(j, p.n)[j:]
	copy(row, p.a.row(j, p.n)[j:])
	subtract(rows, p.r, j, p.l, j, row)
	d[j] = row[0]
	row[0] = 0
	if j == p.n-1 {
		return
	}
	v := row[1:]
	e[j], tau[j] = reflector(v[0], v[1:], 1)
	v[0] = 1
	var f Float64
	w, k := p.l.row(rows+1, p.n)[j+1:], len(v)
	a := p.a.at(j+1, j+1)
	f.Dgemv(blas.NoTrans, k, k, 1, a.data, a.stride, v, 1, 0, w, 1)
	p.correct(rows, p.r, j+1, v, p.l, j+1, w)
	f.Dscal(k, tau[j], w, 1)
	f.Daxpy(k, -0.5*tau[j]*f.Ddot(k, w, 1, v, 1), v, 1, w, 1)
	copy(p.l.row(rows, p.n)[j+1:], v)
	copy(p.r.row(rows, p.n)[j+1:], w)
	copy(p.r.row(rows+1, p.n)[j+1:], v)
}
