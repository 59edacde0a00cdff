package gonumblas

import "gonum.org/v1/gonum/blas"

// tridiagonalize reduces the symmetric matrix A of order n, of which both triangles are there and
// overwritten, to Q*T*Qᵀ. T has diagonal d and other diagonals e. Q is H(0)*H(1)*...*H(n-2), and the vector
// of H(i) is row i of vt from column i+1 on.
func tridiagonalize(n int, a block64, d, e, tau []float64, vt block64) {
	if n <= fewRows {
		tridiagonalizeSmall(n, a, d, e, tau, vt)
		return
	}
	p := newTwoSided(n, n, a)
	defer p.giveBack()
	together := twoSidedColumns
	if n*n <= smallReflectors {
		together = 1
	}
	for from := 0; from < n; from += together {
		count := min(together, n-from)
		for i := range count {
			p.tridiagonalStep(from+i, 2*i, d, e, tau, vt)
		}
		p.update(2*count, from+count)
	}
}

// fewRows is the order of symmetric matrices for which loops here are faster than kernels.
const fewRows = 24

// tridiagonalizeSmall is tridiagonalize by one reflector after the other.
func tridiagonalizeSmall(n int, a block64, d, e, tau []float64, vt block64) {
	var memory [fewRows]float64
	for j := range n - 1 {
		k := n - 1 - j
		v, w, rest := vt.row(j, n)[j+1:], memory[:k], a.at(j+1, j+1)
		copy(v, a.row(j, n)[j+1:])
		d[j] = a.data[j*(a.stride+1)]
		e[j], tau[j] = reflector(v[0], v[1:], 1)
		v[0] = 1
		if tau[j] == 0 {
			continue
		}
		dot := 0.0
		for i := range w {
			sum := 0.0
			for p, x := range rest.row(i, k) {
				sum += float64(x * v[p])
			}
			w[i] = tau[j] * sum
			dot += float64(w[i] * v[i])
		}
		dot *= -0.5 * tau[j]
		for i := range w {
			w[i] += float64(dot * v[i])
		}
		for i := range w {
			row, x, y := rest.row(i, k), v[i], w[i]
			for p := range row {
				row[p] -= float64(x*w[p]) + float64(y*v[p])
			}
		}
	}
	d[n-1] = a.data[(n-1)*(a.stride+1)]
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
