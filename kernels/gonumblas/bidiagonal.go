package gonumblas

import (
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// bidiagonal is an upper bidiagonal matrix on the way to its singular values, by LAPACK's Dbdsqr: the
// implicit QR iteration, which has no shift where a shift would cost small values their accuracy (Demmel and
// Kahan, "Accurate singular values of bidiagonal matrices", 1990).
type bidiagonal struct {
	d, e        []float64
	right, left sweeps
	tolerance   float64 // of a value, relative
	threshold   float64 // elements of e as small as this are 0
	low, high   int     // the first and last row of the block that is worked on
	upward      bool    // the block is swept from its last row to its first
}

// bidiagonalSVD turns d into the singular values, in descending order, of the bidiagonal matrix with diagonal
// d and other diagonal e, and reports whether the iteration converged. With Q and P the singular vectors, vt
// becomes PᵀVT, ut becomes QᵀUT and c becomes QᵀC. Any of these may be empty.
func bidiagonalSVD(upper bool, d, e []float64, vt, ut, c kernels.Matrix64) bool {
	alone := upper && vt.Cols == 0 && ut.Cols == 0 && c.Cols == 0
	if len(d) > 1 && !(alone && quotientValues(d, e)) {
		b := bidiagonal{d: d, e: e}
		b.right, b.left = newSweeps(len(d), vt, kernels.Matrix64{}), newSweeps(len(d), ut, c)
		if !upper {
			b.makeUpper()
		}
		ok := b.iterate()
		b.right.end()
		b.left.end()
		if !ok {
			return false
		}
	}
	for i, x := range d {
		if x < 0 {
			d[i] = -x
			negate(rowOf(vt, i))
		}
	}
	for i := range d {
		top := i
		for j := i + 1; j < len(d); j++ {
			if d[j] > d[top] {
				top = j
			}
		}
		if top != i {
			d[i], d[top] = d[top], d[i]
			for _, x := range [...]kernels.Matrix64{vt, ut, c} {
				swapRows(rowOf(x, i), rowOf(x, top))
			}
		}
	}
	return true
}

// makeUpper makes a lower bidiagonal matrix an upper one, by rotations of its rows.
func (b *bidiagonal) makeUpper() {
	c, s := b.left.next(0, len(b.d)-1, false)
	for i := range c {
		c[i], s[i], b.d[i] = givens(b.d[i], b.e[i])
		b.e[i] = s[i] * b.d[i+1]
		b.d[i+1] *= c[i]
	}
}

// rowOf is row i of x, or no elements where x is empty.
func rowOf(x kernels.Matrix64, i int) []float64 {
	if x.Cols == 0 {
		return nil
	}
	return x.Row(i)
}

func negate(x []float64) {
	for i := range x {
		x[i] = -x[i]
	}
}

func swapRows[T float](x, y []T) {
	for i := range x {
		x[i], y[i] = y[i], x[i]
	}
}

// iterate makes e zero.
func (b *bidiagonal) iterate() bool {
	const most = 6 // passes over the matrix, for each row
	n := len(b.d)
	b.tolerance = 98.7 * unitRoundoff
	b.threshold = max(b.tolerance*b.lowestValue(), float64(most*n*n)*smallest)
	if !(b.threshold <= math.MaxFloat64) || !finite(b.d) || !finite(b.e) {
		return false
	}
	oldLow, oldHigh := -1, -1
	for steps, end := 0, n; end > 1; {
		if steps > most*n*n {
			return false
		}
		largest := b.findBlock(end)
		switch {
		case b.low == b.high:
			end--
			continue
		case b.low == b.high-1:
			b.finishTwo()
			end -= 2
			continue
		}
		if b.low > oldHigh || b.high < oldLow { // another block is swept from its larger end
			b.upward = math.Abs(b.d[b.low]) < math.Abs(b.d[b.high])
		}
		lowest, split := b.splits()
		if split {
			steps++
			continue
		}
		oldLow, oldHigh = b.low, b.high
		shift := b.shift(lowest / largest)
		steps += b.high - b.low + 2
		if shift == 0 {
			b.sweepUnshifted()
		} else {
			b.sweep(shift)
		}
	}
	return true
}

// finite reports whether all numbers are finite.
func finite(x []float64) bool {
	for _, v := range x {
		if !(math.Abs(v) <= math.MaxFloat64) {
			return false
		}
	}
	return true
}

// lowestValue is a lower bound of the singular values, over the square root of n.
func (b *bidiagonal) lowestValue() float64 {
	lowest := math.Abs(b.d[0])
	mu := lowest
	for i := 1; i < len(b.d) && lowest != 0; i++ {
		mu = math.Abs(b.d[i]) * (mu / (mu + math.Abs(b.e[i-1])))
		lowest = min(lowest, mu)
	}
	return lowest / math.Sqrt(float64(len(b.d)))
}

// findBlock finds the block that ends before row end, and returns the largest magnitude in it.
func (b *bidiagonal) findBlock(end int) float64 {
	largest := math.Abs(b.d[end-1])
	b.high = end - 1
	for b.low = end - 1; b.low > 0; b.low-- {
		off := math.Abs(b.e[b.low-1])
		if off == 0 || off <= b.threshold {
			b.e[b.low-1] = 0
			break
		}
		largest = max(largest, math.Abs(b.d[b.low-1]), off)
	}
	return largest
}

// finishTwo finishes a block of two rows.
func (b *bidiagonal) finishTwo() {
	low, high, sr, cr, sl, cl := svd2(b.d[b.low], b.e[b.low], b.d[b.high])
	b.d[b.low], b.e[b.low], b.d[b.high] = high, 0, low
	c, s := b.right.next(b.low, b.high, b.right.backward)
	c[0], s[0] = cr, sr
	c, s = b.left.next(b.low, b.high, b.left.backward)
	c[0], s[0] = cl, sl
}

// path returns the first row and the last of a sweep, the step from row to row, and where the element of e
// between a row and the next lies, counted from the row.
func (b *bidiagonal) path() (first, last, step, between int) {
	if b.upward {
		return b.high, b.low, -1, -1
	}
	return b.low, b.high, 1, 0
}

// splits reports whether an element of e was small enough to be made 0. If none was, it returns a lower bound
// of the values of the block.
func (b *bidiagonal) splits() (lowest float64, split bool) {
	first, last, step, between := b.path()
	if e := &b.e[last-step+between]; math.Abs(*e) <= b.tolerance*math.Abs(b.d[last]) {
		*e = 0
		return 0, true
	}
	mu := math.Abs(b.d[first])
	lowest = mu
	for i := first; i != last; i += step {
		off := math.Abs(b.e[i+between])
		if off <= b.tolerance*mu {
			b.e[i+between] = 0
			return 0, true
		}
		mu = math.Abs(b.d[i+step]) * (mu / (mu + off))
		lowest = min(lowest, mu)
	}
	return lowest, false
}

// shift returns the shift of a sweep. ratio is that of the block's lowest value to its largest magnitude.
func (b *bidiagonal) shift(ratio float64) float64 {
	if float64(len(b.d))*b.tolerance*ratio <= max(unitRoundoff, 0.01*b.tolerance) {
		return 0
	}
	first, last, step, between := b.path()
	shift, _ := singular2(b.d[last-step], b.e[last-step+between], b.d[last])
	if x := math.Abs(b.d[first]); x > 0 && (shift/x)*(shift/x) < unitRoundoff {
		return 0
	}
	return shift
}
