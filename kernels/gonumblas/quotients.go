package gonumblas

import "math"

// quotients is a bidiagonal matrix, without its vectors, on the way to its singular values, as the squares q
// and e of its elements: the differential quotient difference algorithm with shifts (Fernando and Parlett,
// "Accurate singular values and differential qd algorithms", 1994), with shifts of LAPACK's Dlasq4. It needs
// a division in each step, where a QR iteration takes square roots too.
type quotients struct {
	q, e             []float64 // what is left when the shift has been subtracted from all squares
	nextQ, nextE     []float64
	low, high        int        // the block that is worked on
	shift, remainder float64    // the sum of all shifts of the block, and what it was rounded by
	d                [3]float64 // in the last three rows of the last step, before the shift of the next one
	least            [3]float64 // the least of all rows, of all but the last, and of all but the last two
	left             int        // steps that may be made
}

// quotientTolerance is the square of the relative accuracy.
const quotientTolerance = (100 * 2 * unitRoundoff) * (100 * 2 * unitRoundoff)

// quotientValues turns d into the singular values, in no order, of the bidiagonal matrix with diagonal d and
// superdiagonal e, and reports whether that was possible. If not, d is what it was.
func quotientValues(d, e []float64) bool {
	n := len(d)
	largest := 0.0
	for i, x := range d {
		largest = max(largest, math.Abs(x))
		if i > 0 {
			largest = max(largest, math.Abs(e[i-1]))
		}
	}
	if !(largest > 0 && largest < math.MaxFloat64) {
		return false
	}
	_, exponent := math.Frexp(largest)
	w := borrow[float64](4 * n)
	defer w.giveBack()
	z := quotients{q: w.data[:n], e: w.data[n:][:n], nextQ: w.data[2*n:][:n], nextE: w.data[3*n:][:n]}
	up := math.Ldexp(1, min(480-exponent, 1000)) // the squares of small elements are not to vanish
	for i, x := range d {
		x *= up
		z.q[i] = float64(x * x)
		z.e[i] = 0
		if i > 0 {
			x = e[i-1] * up
			z.e[i-1] = float64(x * x)
		}
	}
	z.left = 30 * n
	if !z.run() {
		return false
	}
	for i, x := range z.q {
		d[i] = math.Sqrt(x) / up
	}
	return true
}

// run makes e zero, from the last block to the first.
func (z *quotients) run() bool {
	z.high = len(z.q) - 1
	z.least[0] = -1
	for {
		z.deflate()
		switch {
		case z.high >= z.low:
			if z.left <= 0 || !z.step() {
				return false
			}
		case z.low == 0:
			return true
		default:
			z.resume(z.low - 1)
		}
	}
}

// resume goes on with the block that ends with row n, which part has left.
func (z *quotients) resume(n int) {
	z.low, z.high, z.shift, z.remainder = int(z.nextQ[n]), n, z.e[n], z.nextE[n]
	z.least[0] = -1
}

// deflate finishes the values at the end of the block, and parts the block where e is negligible.
func (z *quotients) deflate() {
	before := z.high
	for z.low <= z.high {
		n := z.high
		switch {
		case n == z.low || z.e[n-1] <= quotientTolerance*(z.shift+z.q[n]):
			z.q[n] += z.shift
			z.high--
		case n == z.low+1 || z.e[n-2] <= quotientTolerance*z.shift:
			z.two(n)
			z.high -= 2
		default:
			z.follow(before - z.high)
			z.part()
			return
		}
	}
}

// follow makes what is known of the last step that of a block with so many rows less at its end.
func (z *quotients) follow(done int) {
	switch {
	case done == 0:
	case z.turn() || done > 2:
		z.least[0] = -1
	default:
		z.d[2], z.d[1] = z.d[2-done], -1
		z.least[0] = z.least[done]
	}
}

// part leaves the rows before a negligible e for later. What they need then lies after them.
func (z *quotients) part() {
	for i := z.high - 1; i >= z.low; i-- {
		if z.e[i] <= quotientTolerance*z.shift {
			z.nextQ[i], z.e[i], z.nextE[i] = float64(z.low), z.shift, z.remainder
			z.low = i + 1
			z.least[0] = -1
			return
		}
	}
}

// turn puts the block in the opposite order, if its last value seems to be the larger one, and reports that.
func (z *quotients) turn() bool {
	if 1.5*z.q[z.low] >= z.q[z.high] {
		return false
	}
	for i, j := z.low, z.high; i < j; i, j = i+1, j-1 {
		z.q[i], z.q[j] = z.q[j], z.q[i]
	}
	for i, j := z.low, z.high-1; i < j; i, j = i+1, j-1 {
		z.e[i], z.e[j] = z.e[j], z.e[i]
	}
	return true
}

// two finishes the values of rows n-1 and n.
func (z *quotients) two(n int) {
	x, y, e := z.q[n-1], z.q[n], z.e[n-1]
	if y > x {
		x, y = y, x
	}
	if t := float64(0.5 * ((x - y) + e)); e > y*quotientTolerance && t != 0 {
		s := float64(y * (e / t))
		if s <= t {
			s = float64(y * (e / float64(t*(1+math.Sqrt(1+s/t)))))
		} else {
			s = float64(y * (e / (t + float64(math.Sqrt(t)*math.Sqrt(t+s)))))
		}
		t = x + (s + e)
		y = float64(y * (x / t))
		x = t
	}
	z.q[n-1], z.q[n] = x+z.shift, y+z.shift
}

// step subtracts a shift from all squares.
func (z *quotients) step() bool {
	shift := z.choose()
	for try := 0; ; try++ {
		z.left--
		z.transform(shift)
		if z.least[0] >= 0 {
			break
		}
		switch {
		case shift == 0:
			return false
		case try >= 2:
			shift = 0
		case z.least[1] > 0: // only the last row failed, and says by how much
			shift = (shift + z.d[2]) * (1 - 4*unitRoundoff)
		default:
			shift *= 0.25
		}
		shift = max(shift, 0)
	}
	copy(z.q[z.low:z.high+1], z.nextQ[z.low:])
	copy(z.e[z.low:z.high], z.nextE[z.low:])
	if shift < z.shift {
		z.remainder += shift
		sum := z.shift + z.remainder
		z.remainder -= sum - z.shift
		z.shift = sum
	} else {
		sum := z.shift + shift
		z.remainder += z.shift - (sum - shift)
		z.shift = sum
	}
	return true
}

// transform makes the next q and e of the block, which has three rows or more. least is negative, or not a
// number, where the shift is too large.
func (z *quotients) transform(shift float64) {
	n := z.high - z.low
	q, e, nextQ, nextE := z.q[z.low:], z.e[z.low:], z.nextQ[z.low:], z.nextE[z.low:]
	d := q[0] - shift
	least := d
	for i := range n {
		if i >= n-2 {
			z.d[i-n+2] = d
			z.least[n-i] = least
		}
		nextQ[i] = d + e[i]
		if ratio := q[i+1] / nextQ[i]; ratio >= smallest {
			nextE[i] = e[i] * ratio
			d = math.FMA(d, ratio, -shift)
		} else { // the products may be normal
			nextE[i] = q[i+1] * (e[i] / nextQ[i])
			d = math.FMA(q[i+1], d/nextQ[i], -shift)
		}
		if !(d >= least) {
			least = d
		}
	}
	nextQ[n] = d
	z.d[2], z.least[0] = d, least
}
