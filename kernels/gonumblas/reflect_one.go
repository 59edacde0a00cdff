package gonumblas

import "gonum.org/v1/gonum/blas"

// fewElements is the size of matrices for which loops here are faster than products.
const fewElements = 48

// reflectOn applies the reflector I - tau*v*vᵀ to the m by n block C on the side given.
func reflectOn(s blas.Side, m, n int, v []float64, tau float64, c block64) {
	switch {
	case m == 0 || n == 0 || tau == 0:
	case s == blas.Left:
		reflectLeft(m, n, v[:m], tau, c)
	default:
		reflectRight(m, n, v[:n], tau, c)
	}
}

// reflectLeft takes tau*v times vᵀ*C off C.
func reflectLeft(m, n int, v []float64, tau float64, c block64) {
	w := borrow[float64](m + n)
	defer w.giveBack()
	sums, factors := w.data[:n], w.data[n:n+m]
	for i, e := range v {
		factors[i] = -tau * e
	}
	if m*n > fewElements {
		multiply(false, false, 1, n, m, 1, block64{v, m}, c, 0, block64{sums, n})
		multiply(false, false, m, n, 1, 1, block64{factors, 1}, block64{sums, n}, 1, c)
		return
	}
	clear(sums)
	for i, e := range v {
		for j, u := range c.row(i, n) {
			sums[j] += float64(e * u)
		}
	}
	for i, e := range factors {
		row := c.row(i, n)
		for j, u := range sums {
			row[j] += float64(e * u)
		}
	}
}

// reflectRight takes tau*C*v times vᵀ off C.
func reflectRight(m, n int, v []float64, tau float64, c block64) {
	if m*n > fewElements {
		w := borrow[float64](m)
		sums := w.data[:m]
		Float64{}.Dgemv(blas.NoTrans, m, n, -tau, c.data, c.stride, v, 1, 0, sums, 1)
		multiply(false, false, m, n, 1, 1, block64{sums, 1}, block64{v, n}, 1, c)
		w.giveBack()
		return
	}
	for i := range m {
		row := c.row(i, n)
		sum := 0.0
		for j, e := range v {
			sum += float64(e * row[j])
		}
		sum *= -tau
		for j, e := range v {
			row[j] += float64(sum * e)
		}
	}
}

// gather copies n elements of the column that begins x to v.
func (x block[T]) gather(v []T) {
	for i := range v {
		v[i] = x.data[i*x.stride]
	}
}

// scatter copies v to the column that begins x.
func (x block[T]) scatter(v []T) {
	for i, e := range v {
		x.data[i*x.stride] = e
	}
}

// reflectColumns is Dgeqrf for small matrices.
func reflectColumns(x block64, m, n int, tau []float64) {
	w := borrow[float64](m)
	for i := range tau {
		v, d := w.data[:m-i], x.at(i, i)
		d.gather(v)
		v[0], tau[i] = reflector(v[0], v[1:], 1)
		d.scatter(v)
		v[0] = 1
		if i+1 < n {
			reflectOn(blas.Left, m-i, n-i-1, v, tau[i], x.at(i, i+1))
		}
	}
	w.giveBack()
}

// reflectRows is Dgelqf for small matrices.
func reflectRows(x block64, m, n int, tau []float64) {
	for i := range tau {
		v := x.row(i, n)[i:]
		var d float64
		d, tau[i] = reflector(v[0], v[1:], 1)
		v[0] = 1
		if i+1 < m {
			reflectOn(blas.Right, m-i-1, n-i, v, tau[i], x.at(i+1, i))
		}
		v[0] = d
	}
}

// formColumns is Dorgqr for small matrices, whose columns after the reflectors are those of the unit matrix.
func formColumns(x block64, m, n int, tau []float64) {
	w := borrow[float64](m)
	for i := len(tau) - 1; i >= 0; i-- {
		v, d := w.data[:m-i], x.at(i, i)
		d.gather(v)
		v[0] = 1
		if i+1 < n {
			reflectOn(blas.Left, m-i, n-i-1, v, tau[i], x.at(i, i+1))
		}
		for j := range v {
			v[j] *= -tau[i]
		}
		v[0]++
		d.scatter(v)
		for j := range i {
			x.data[j*x.stride+i] = 0
		}
	}
	w.giveBack()
}

// formRows is Dorglq for small matrices, whose rows after the reflectors are those of the unit matrix.
func formRows(x block64, m, n int, tau []float64) {
	for i := len(tau) - 1; i >= 0; i-- {
		v := x.row(i, n)[i:]
		v[0] = 1
		if i+1 < m {
			reflectOn(blas.Right, m-i-1, n-i, v, tau[i], x.at(i+1, i))
		}
		for j := range v {
			v[j] *= -tau[i]
		}
		v[0]++
		clear(x.row(i, i))
	}
}
