package gonumblas

import "github.com/seed964deb49/langevin/kernels"

// Ddot returns the sum of x[i]*y[i].
func (Float64) Ddot(n int, x []float64, incX int, y []float64, incY int) float64 {
	if n > 8 && beside(n, x, incX) && beside(n, y, incY) {
		return kernels.Dot64(x[:n], y[:n])
	}
	return dot(n, vector64{x, incX}, vector64{y, incY})
}

// Dnrm2 returns the Euclidean norm of x, or 0 if incX is negative.
func (Float64) Dnrm2(n int, x []float64, incX int) float64 {
	if n > 1 && beside(n, x, incX) {
		return kernels.Norm64(x[:n])
	}
	return nrm2(n, vector64{x, incX})
}

// Dasum returns the sum of the magnitudes of x, or 0 if incX is negative.
func (Float64) Dasum(n int, x []float64, incX int) float64 {
	if n > 4 && beside(n, x, incX) {
		return kernels.Asum64(x[:n])
	}
	return asum(n, vector64{x, incX})
}

// Idamax returns the place of the first largest magnitude of x, or -1 if n is 0 or incX negative.
func (Float64) Idamax(n int, x []float64, incX int) int { return iamax(n, vector64{x, incX}) }

// Dswap exchanges x and y.
func (Float64) Dswap(n int, x []float64, incX int, y []float64, incY int) {
	swap(n, vector64{x, incX}, vector64{y, incY})
}

// Dcopy sets y to x.
func (Float64) Dcopy(n int, x []float64, incX int, y []float64, incY int) {
	copyVector(n, vector64{x, incX}, vector64{y, incY})
}

// Daxpy adds alpha*x to y. The product and the sum are rounded once.
func (Float64) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	if n > few && alpha != 0 && beside(n, x, incX) && beside(n, y, incY) && !overlap(x[:n], y[:n]) {
		kernels.Axpy64(y[:n], alpha, x[:n])
		return
	}
	axpy(n, alpha, vector64{x, incX}, vector64{y, incY})
}

// Drot sets each x[i] to c*x[i] + s*y[i] and y[i] to c*y[i] - s*x[i].
func (Float64) Drot(n int, x []float64, incX int, y []float64, incY int, c, s float64) {
	if beside(n, x, incX) && beside(n, y, incY) && !overlap(x[:n], y[:n]) {
		kernels.Rotate64(x[:n], y[:n], c, s)
		return
	}
	rot(n, vector64{x, incX}, vector64{y, incY}, c, s)
}

// Drotg returns the rotation that turns (a, b) into (r, 0), and z, from which c and s can be had.
func (Float64) Drotg(a, b float64) (c, s, r, z float64) { return rotg(a, b, 0x1p-1022) }

// Dscal multiplies x by alpha. It does nothing if incX is negative.
func (Float64) Dscal(n int, alpha float64, x []float64, incX int) {
	if n >= 12 && alpha != 0 && beside(n, x, incX) {
		kernels.Scale64(x[:n], alpha, x[:n])
		return
	}
	scal(n, alpha, vector64{x, incX})
}
