package gonumblas

import "github.com/seed964deb49/langevin/kernels"

// Sdot returns the sum of x[i]*y[i].
func (Float32) Sdot(n int, x []float32, incX int, y []float32, incY int) float32 {
	if n > 8 && beside(n, x, incX) && beside(n, y, incY) {
		return kernels.Dot(x[:n], y[:n])
	}
	return dot(n, vector32{x, incX}, vector32{y, incY})
}

// Snrm2 returns the Euclidean norm of x, or 0 if incX is negative.
func (Float32) Snrm2(n int, x []float32, incX int) float32 {
	if n > 1 && beside(n, x, incX) {
		return kernels.Norm(x[:n])
	}
	return nrm2(n, vector32{x, incX})
}

// Sasum returns the sum of the magnitudes of x, or 0 if incX is negative.
func (Float32) Sasum(n int, x []float32, incX int) float32 {
	if n > 4 && beside(n, x, incX) {
		return kernels.Asum(x[:n])
	}
	return asum(n, vector32{x, incX})
}

// Isamax returns the place of the first largest magnitude of x, or -1 if n is 0 or incX negative.
func (Float32) Isamax(n int, x []float32, incX int) int { return iamax(n, vector32{x, incX}) }

// Sswap exchanges x and y.
func (Float32) Sswap(n int, x []float32, incX int, y []float32, incY int) {
	swap(n, vector32{x, incX}, vector32{y, incY})
}

// Scopy sets y to x.
func (Float32) Scopy(n int, x []float32, incX int, y []float32, incY int) {
	copyVector(n, vector32{x, incX}, vector32{y, incY})
}

// Saxpy adds alpha*x to y. The product and the sum are rounded once.
func (Float32) Saxpy(n int, alpha float32, x []float32, incX int, y []float32, incY int) {
	if n > few && alpha != 0 && beside(n, x, incX) && beside(n, y, incY) && !overlap(x[:n], y[:n]) {
		kernels.Axpy(y[:n], alpha, x[:n])
		return
	}
	axpy(n, alpha, vector32{x, incX}, vector32{y, incY})
}

// Srot sets each x[i] to c*x[i] + s*y[i] and y[i] to c*y[i] - s*x[i].
func (Float32) Srot(n int, x []float32, incX int, y []float32, incY int, c, s float32) {
	if beside(n, x, incX) && beside(n, y, incY) && !overlap(x[:n], y[:n]) {
		kernels.Rotate(x[:n], y[:n], c, s)
		return
	}
	rot(n, vector32{x, incX}, vector32{y, incY}, c, s)
}

// Srotg returns the rotation that turns (a, b) into (r, 0), and z, from which c and s can be had.
func (Float32) Srotg(a, b float32) (c, s, r, z float32) { return rotg(a, b, 0x1p-126) }

// Sscal multiplies x by alpha. It does nothing if incX is negative.
func (Float32) Sscal(n int, alpha float32, x []float32, incX int) {
	if n >= 12 && alpha != 0 && beside(n, x, incX) {
		kernels.Scale(x[:n], alpha, x[:n])
		return
	}
	scal(n, alpha, vector32{x, incX})
}

// Dsdot returns the sum of x[i]*y[i], in float64.
func (Float32) Dsdot(n int, x []float32, incX int, y []float32, incY int) float64 {
	return dsdot(n, vector32{x, incX}, vector32{y, incY})
}

// Sdsdot returns alpha plus the sum of x[i]*y[i], which is summed in float64 and rounded.
func (Float32) Sdsdot(n int, alpha float32, x []float32, incX int, y []float32, incY int) float32 {
	if n == 0 {
		alpha = 0 // as gonum returns
	}
	return alpha + float32(dsdot(n, vector32{x, incX}, vector32{y, incY}))
}
