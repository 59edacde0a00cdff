package gonumblas

import "gonum.org/v1/gonum/blas"

// bidiagonalize reduces the m by n block A, m >= n, which is overwritten, to Q*B*Pᵀ. B has diagonal d and
// superdiagonal e. Q is H(0)*H(1)*...*H(n-1), and the vector of H(i) is row i of vt from column i on. P is
// G(0)*G(1)*...*G(n-2), and the vector of G(i) is row i of ut from column i+1 on.
func bidiagonalize(m, n int, a block64, d, e, tauQ, tauP []float64, vt, ut block64) {
	const small = 128 * 128 // elements that a cache close to the core holds
	if m*n <= small {
		bidiagonalizeSmall(m, n, a, d, e, tauQ, tauP, vt, ut)
		return
	}
	p := newTwoSided(m, n, a)
	defer p.giveBack()
	for from := 0; from < n; from += twoSidedColumns {
		count := min(twoSidedColumns, n-from)
		for i := range count {
			j := from + i
			d[j], tauQ[j] = p.reduceColumn(j, 2*i, vt)
			if j < n-1 {
				p.followColumn(j, 2*i, tauQ[j])
				e[j], tauP[j] = p.reduceRow(j, 2*i+1, ut)
			}
		}
		p.update(2*count, from+count)
	}
}

// bidiagonalizeSmall is bidiagonalize by one reflector after the other.
func bidiagonalizeSmall(m, n int, a block64, d, e, tauQ, tauP []float64, vt, ut block64) {
	for j := range n {
		v := vt.row(j, m)[j:]
		a.at(j, j).gather(v)
		d[j], tauQ[j] = reflector(v[0], v[1:], 1)
		v[0] = 1
		if j == n-1 {
			break
		}
		reflectOn(blas.Left, m-j, n-j-1, v, tauQ[j], a.at(j, j+1))
		u := ut.row(j, n)[j+1:]
		copy(u, a.row(j, n)[j+1:])
		e[j], tauP[j] = reflector(u[0], u[1:], 1)
		u[0] = 1
		reflectOn(blas.Right, m-j-1, n-j-1, u, tauP[j], a.at(j+1, j+1))
	}
}

// reduceColumn makes the reflector of column j. L and R have so many rows before, and L gets its vector.
func (p *twoSided) reduceColumn(j, rows int, vt block64) (d, tau float64) {
	v, a := vt.row(j, p.m)[j:], p.a.at(j, j)
	for i := range v {
		v[i] = a.data[i*a.stride]
	}
	subtract(rows, p.l, j, p.r, j, v)
	d, tau = reflector(v[0], v[1:], 1)
	v[0] = 1
	copy(p.l.row(rows, p.m)[j:], v)
	return d, tau
}

// followColumn gives R the row that belongs to the reflector of column j.
func (p *twoSided) followColumn(j, rows int, tau float64) {
	v, y, a := p.l.row(rows, p.m)[j:], p.r.row(rows, p.n)[j+1:], p.a.at(j, j+1)
	Float64{}.Dgemv(blas.Trans, len(v), len(y), 1, a.data, a.stride, v, 1, 0, y, 1)
	p.correct(rows, p.l, j, v, p.r, j+1, y)
	Float64{}.Dscal(len(y), tau, y, 1)
}

// reduceRow makes the reflector of row j, and gives L and R their rows for it.
func (p *twoSided) reduceRow(j, rows int, ut block64) (e, tau float64) {
	u := ut.row(j, p.n)[j+1:]
	copy(u, p.a.row(j, p.n)[j+1:])
	subtract(rows, p.r, j+1, p.l, j, u)
	e, tau = reflector(u[0], u[1:], 1)
	u[0] = 1
	copy(p.r.row(rows, p.n)[j+1:], u)
	x, a := p.l.row(rows, p.m)[j+1:], p.a.at(j+1, j+1)
	Float64{}.Dgemv(blas.NoTrans, len(x), len(u), 1, a.data, a.stride, u, 1, 0, x, 1)
	p.correct(rows, p.r, j+1, u, p.l, j+1, x)
	Float64{}.Dscal(len(x), tau, x, 1)
	return e, tau
}
