package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/seed964deb49/langevin/kernels"
)

// Magnitudes between these have squares that neither overflow nor lose accuracy.
const (
	largestSquared  = 0x1p511 / 3
	smallestSquared = 0x1p-511 / (unitRoundoff * unitRoundoff)
)

// tridiagonal is a symmetric tridiagonal matrix on the way to its eigenvalues, by the implicit QL and QR
// iteration of LAPACK's Dsteqr.
type tridiagonal struct {
	d, e    []float64
	sweeps  sweeps
	left    int  // sweeps that may be made
	squared bool // e has squares, and there are no vectors
}

// tridiagonalEigen turns d into the eigenvalues, in ascending order, of the tridiagonal matrix with diagonal
// d and other diagonals e, and reports whether the iteration converged. With Q the eigenvectors, zt becomes
// QᵀZT. It may be empty.
func tridiagonalEigen(d, e []float64, zt kernels.Matrix64) bool {
	n := len(d)
	t := tridiagonal{d: d, e: e, left: 30 * n}
	t.sweeps = newSweeps(n, zt, kernels.Matrix64{})
	ok := t.blocks()
	t.sweeps.end()
	if !ok {
		return false
	}
	for i := range d {
		first := i
		for j := i + 1; j < n; j++ {
			if d[j] < d[first] {
				first = j
			}
		}
		if first != i {
			d[i], d[first] = d[first], d[i]
			swapRows(rowOf(zt, i), rowOf(zt, first))
		}
	}
	return true
}

// blocks makes e zero.
func (t *tridiagonal) blocks() bool {
	for low := 0; low < len(t.d); {
		high := low
		for high < len(t.d)-1 && !t.splits(high) {
			high++
		}
		if !t.block(low, high) {
			return false
		}
		low = high + 1
	}
	return true
}

// splits reports whether the matrix falls apart after row i.
func (t *tridiagonal) splits(i int) bool {
	small := math.Sqrt(math.Abs(t.d[i])) * math.Sqrt(math.Abs(t.d[i+1])) * unitRoundoff
	if x := math.Abs(t.e[i]); x == 0 || x <= small {
		t.e[i] = 0
		return true
	}
	return false
}

// block makes e zero between two rows, at magnitudes whose squares are accurate.
func (t *tridiagonal) block(low, high int) bool {
	if low == high {
		return true
	}
	d, e := t.d[low:high+1], t.e[low:high]
	scale := scaling(d, e, smallestSquared, largestSquared)
	scale.apply(d, e)
	if t.squared {
		for i, x := range e {
			e[i] = float64(x * x)
		}
	}
	ok := t.iterate(low, high)
	scale.undo(d)
	if !t.squared {
		scale.undo(e)
	}
	return ok
}

// rescaling is a factor that was from one magnitude to another, or none.
type rescaling struct{ from, to float64 }

// scaling returns what brings the largest magnitude in d and e between low and high.
func scaling(d, e []float64, low, high float64) rescaling {
	largest := 0.0
	for _, x := range d {
		largest = max(largest, math.Abs(x))
	}
	for _, x := range e {
		largest = max(largest, math.Abs(x))
	}
	switch {
	case largest > high:
		return rescaling{largest, high}
	case largest < low && largest > 0:
		return rescaling{largest, low}
	}
	return rescaling{}
}

func (r rescaling) apply(vectors ...[]float64) {
	var l gonum.Implementation
	for _, x := range vectors {
		if r.from != r.to && len(x) > 0 {
			l.Dlascl(lapack.General, 0, 0, r.from, r.to, len(x), 1, x, 1)
		}
	}
}

func (r rescaling) undo(vectors ...[]float64) { rescaling{r.to, r.from}.apply(vectors...) }

// iterate chases from the end with the smaller magnitude on the diagonal. Where the matrix is graded the
// other way, by hundreds of orders of magnitude, the bulge vanishes before it comes to the end, and a sweep
// leaves that end as it was. The iteration then goes on from the other end.
func (t *tridiagonal) iterate(low, high int) bool {
	at, end, step := low, high, 1
	if math.Abs(t.d[high]) < math.Abs(t.d[low]) {
		at, end, step = high, low, -1
	}
	for (end-at)*step >= 0 {
		m := t.findSmall(at, end, step)
		switch {
		case m == at:
			at += step
		case m == at+step:
			t.finishTwo(min(at, m))
			at += 2 * step
		case t.left == 0:
			return false
		default:
			t.left--
			d, e := &t.d[at], &t.e[min(at, at+step)]
			before := [2]float64{*d, *e}
			if t.squared {
				t.sweepSquared(at, m, -step)
			} else {
				t.sweep(at, m, -step)
			}
			if before == [2]float64{*d, *e} {
				at, end, step = end, at, -step
			}
		}
	}
	return true
}

// findSmall returns the first row, on the way from one to another, after which the matrix falls apart.
func (t *tridiagonal) findSmall(from, to, step int) int {
	const square = unitRoundoff * unitRoundoff
	for m := from; m != to; m += step {
		x := &t.e[min(m, m+step)]
		weight := float64(float64(square*math.Abs(t.d[m])) * math.Abs(t.d[m+step]))
		if t.squared && *x <= weight || !t.squared && float64(*x**x) <= weight+smallest {
			*x = 0
			return m
		}
	}
	return to
}

// finishTwo finishes the block of rows low and low+1.
func (t *tridiagonal) finishTwo(low int) {
	if t.squared {
		t.d[low], t.d[low+1], _ = eigenvalues2(t.d[low], math.Sqrt(t.e[low]), t.d[low+1])
		t.e[low] = 0
		return
	}
	c, s := t.sweeps.next(low, low+1, t.sweeps.backward)
	t.d[low], t.d[low+1], c[0], s[0] = eigen2(t.d[low], t.e[low], t.d[low+1])
	t.e[low] = 0
}

// sweep chases the bulge that a shift for row at makes from row m to row at.
func (t *tridiagonal) sweep(at, m, step int) {
	d, e, low, between, sign := t.d, t.e, m, 0, 1.0
	if step < 0 {
		low, between, sign = at, -1, -1
	}
	cosines, sines := t.sweeps.next(low, max(at, m), step < 0)
	p, last := d[at], at-step+between
	g := (d[at-step] - p) / (2 * e[last])
	g = d[m] - p + e[last]/withRightAngle(g)
	c, s := 1.0, 1.0
	p = 0
	for i := m; i != at; i += step {
		k := i + between
		f, b, r := s*e[k], c*e[k], 0.0
		c, s, r = givens(g, f)
		if i != m {
			e[k-step] = r
		}
		g = d[i] - p
		r = math.FMA(d[i+step]-g, s, 2*c*b)
		p = float64(s * r)
		d[i] = g + p
		g = math.FMA(c, r, -b)
		cosines[k-low], sines[k-low] = c, sign*s
	}
	d[at] -= p
	e[last] = g
}
