package gonumblas

import "math"

// rot turns each pair (x[i], y[i]) to (c*x + s*y, c*y - s*x), where the product with s is rounded first.
func rot[T float](n int, x, y vector[T], c, s T) {
	if !mustFit(n, x, y) {
		return
	}
	const some = 8 // elements of float32 that are worth a buffer
	if n > some && is32[T]() {
		b := borrow[T](2 * n)
		p, q := x.copyInto(b.data[:n]), y.copyInto(b.data[n:2*n])
		rotate(p, q, c, s)
		x.scatter(p)
		y.scatter(q)
		b.giveBack()
		return
	}
	rotateStrided(n, x.data, x.first(n), x.inc, y.data, y.first(n), y.inc, c, s)
}

// rotg returns the rotation with c*a + s*b = r and c*b - s*a = 0, which is scaled so that squares neither
// overflow nor vanish (Anderson, "Algorithm 978: Safe scaling in the level 1 BLAS", 2017). z tells c and s in
// one number.
func rotg[T float](a, b, smallest T) (c, s, r, z T) {
	p, q := abs(a), abs(b)
	switch {
	case q == 0:
		return 1, 0, a, 0
	case p == 0:
		return 0, 1, b, 1
	}
	size := min(max(smallest, max(p, q)), 1/smallest)
	sign := b
	if p > q {
		sign = a
	}
	x, y := a/size, b/size
	r = T(size * T(math.Sqrt(float64(T(x*x)+T(y*y)))))
	if math.Signbit(float64(sign)) {
		r = -r
	}
	c, s = a/r, b/r
	switch {
	case p > q:
		z = s
	case c != 0:
		z = 1 / c
	default:
		z = 1
	}
	return c, s, r, z
}
