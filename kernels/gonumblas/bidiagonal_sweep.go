package gonumblas

import "math"

// rotations are where the two rotations of each step of a sweep go. Downward, the first one is of columns and
// belongs to the right vectors. Upward, it is of rows, and the sines change their sign.
type rotations struct {
	c1, s1, c2, s2 []float64
	low            int
	sign           float64
}

func (b *bidiagonal) rotations() rotations {
	cr, sr := b.right.next(b.low, b.high, b.upward)
	cl, sl := b.left.next(b.low, b.high, b.upward)
	if b.upward {
		return rotations{c1: cl, s1: sl, c2: cr, s2: sr, low: b.low, sign: -1}
	}
	return rotations{c1: cr, s1: sr, c2: cl, s2: sl, low: b.low, sign: 1}
}

func (r *rotations) set(at int, c1, s1, c2, s2 float64) {
	at -= r.low
	r.c1[at], r.s1[at], r.c2[at], r.s2[at] = c1, r.sign*s1, c2, r.sign*s2
}

// sweep chases the bulge that a shift makes from one end of the block to the other.
func (b *bidiagonal) sweep(shift float64) {
	d, e, r := b.d, b.e, b.rotations()
	first, last, step, between := b.path()
	f := (math.Abs(d[first]) - shift) * (math.Copysign(1, d[first]) + shift/d[first])
	g := e[first+between]
	for i := first; i != last; i += step {
		at, next := i+between, i+step
		c1, s1, x := givens(f, g)
		if i != first {
			e[at-step] = x
		}
		here, off := d[i], e[at]
		f = math.FMA(c1, here, s1*off)
		off = math.FMA(c1, off, -(s1 * here))
		g = s1 * d[next]
		after := c1 * d[next]
		c2, s2, x := givens(f, g)
		d[i] = x
		f = math.FMA(c2, off, s2*after)
		d[next] = math.FMA(c2, after, -(s2 * off))
		if next != last {
			g = s2 * e[at+step]
			e[at+step] *= c2
		}
		r.set(at, c1, s1, c2, s2)
	}
	b.close(last-step+between, f)
}

// sweepUnshifted is sweep with shift 0. It has every element to a high relative accuracy.
func (b *bidiagonal) sweepUnshifted() {
	d, e, r := b.d, b.e, b.rotations()
	first, last, step, between := b.path()
	c1, c2, s2 := 1.0, 1.0, 0.0
	for i := first; i != last; i += step {
		at := i + between
		c, s, x := givens(d[i]*c1, e[at])
		if i != first {
			e[at-step] = s2 * x
		}
		c1 = c
		c2, s2, d[i] = givens(c2*x, d[i+step]*s)
		r.set(at, c, s, c2, s2)
	}
	h := d[last] * c1
	d[last] = h * c2
	b.close(last-step+between, h*s2)
}

// close sets the element of e that a sweep makes small.
func (b *bidiagonal) close(at int, x float64) {
	if math.Abs(x) <= b.threshold {
		x = 0
	}
	b.e[at] = x
}
