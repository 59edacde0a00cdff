package gonumblas

import "github.com/seed964deb49/langevin/kernels"

// sweepsTogether is how many sweeps wait for each other. A matrix goes through the cache once for them.
const sweepsTogether = 32

// sweeps are sweeps of rotations of an iteration that wait to be applied to the rows of matrices (Van Zee,
// van de Geijn and Quintana-Ortí, "Restructuring the tridiagonal and bidiagonal QR algorithms for
// performance", 2014). All of a batch have one direction and rotate the same rows; those of fewer rows leave
// the others.
type sweeps struct {
	x, y      kernels.Matrix64 // of n rows, or of none
	w         *buffer[float64]
	c, s      []float64
	n         int
	low, high int // the first row and the last
	count     int
	backward  bool
	limit     int
}

// newSweeps returns sweeps for matrices of n rows, n > 1. end ends their use.
func newSweeps(n int, x, y kernels.Matrix64) sweeps {
	r := sweeps{x: x, y: y, n: n, limit: sweepsTogether}
	if x.Cols == 0 && y.Cols == 0 {
		r.limit = 1
	}
	half := r.limit * (n - 1)
	r.w = borrow[float64](2 * half)
	r.c, r.s = r.w.data[:half], r.w.data[half:2*half]
	return r
}

// next returns where a sweep that rotates rows low to high has its cosines and sines, one for each two rows.
func (r *sweeps) next(low, high int, backward bool) (c, s []float64) {
	const few, most = 16, 8 // a batch of many rows has sweeps of more than 7/8 of them
	together := r.count > 0 && r.count < r.limit && r.backward == backward &&
		r.low <= low && high <= r.high &&
		(r.high-r.low <= few || most*(high-low) >= (most-1)*(r.high-r.low))
	if !together {
		r.flush()
		r.low, r.high, r.backward = low, high, backward
	}
	width := r.high - r.low
	c, s = r.c[r.count*width:][:width], r.s[r.count*width:][:width]
	r.count++
	from, to := low-r.low, high-r.low
	rest(c[:from], s[:from])
	rest(c[to:], s[to:])
	return c[from:to], s[from:to]
}

// rest sets rotations to those that leave rows as they are.
func rest(c, s []float64) {
	for i := range c {
		c[i], s[i] = 1, 0
	}
}

// flush applies the sweeps that wait.
func (r *sweeps) flush() {
	width := r.high - r.low
	c := kernels.Matrix64{Rows: r.count, Cols: width, Stride: width, Data: r.c}
	s := kernels.Matrix64{Rows: r.count, Cols: width, Stride: width, Data: r.s}
	if r.count > 0 && r.x.Cols > 0 {
		kernels.RotateRows64(r.x.Slice(r.low, r.high+1), c, s, r.backward)
	}
	if r.count > 0 && r.y.Cols > 0 {
		kernels.RotateRows64(r.y.Slice(r.low, r.high+1), c, s, r.backward)
	}
	r.count = 0
}

// end applies the sweeps that wait, and ends the use of r.
func (r *sweeps) end() {
	r.flush()
	r.w.giveBack()
}
