package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// Where nothing but Go computes, a product in float32 is made eight chains at a time. A link of a chain is
// the float64 sum of an exact product and the chain so far, rounded to float32. It equals fma32, and
// gemmRowsGeneric, unless
//
//   - the sum lands midway between two float32 values: link8 tells, and then linkExactly does those links;
//   - the sum lies below the normal range of float32 and is not a multiple of its least value. All products
//     are such multiples where no factor is small, and then all sums are.

const (
	chainRows  = 64  // rows that are worth the copy of all columns in float64
	chainDepth = 256 // links that are made together
	chainCols  = 256 // columns whose links are copied together

	// A float32 of exponent e is a multiple of 2^(e-23). Products are multiples of 2^-149, the least float32,
	// where the exponents of both factors sum to this at least.
	leastExponents = -149 + 2*23
)

// side is one operand of a product: element l of row (or column) i is at i*step + l*deep. In panels of width
// columns each, these are panels*(i/width) + i%width + l*deep.
type side struct {
	data       []float32
	n          int // rows or columns
	step, deep int
	factor     float32
	panel      int // elements of a panel; 0 where there are none
}

// from returns the elements from row or column i, link l on.
func (s *side) from(i, l int) []float32 {
	if wide := panelCols[float32](); s.panel > 0 {
		return s.data[i/wide*s.panel+i%wide+l*s.deep:]
	}
	return s.data[i*s.step+l*s.deep:]
}

// leastExponent is the least exponent of some float64, zeros left out.
type leastExponent uint64

// exponents of no number yet.
const noExponent leastExponent = math.MaxUint64

func (e leastExponent) with(x float64) leastExponent {
	return min(e, leastExponent(math.Float64bits(x)<<1-1)) // zero becomes the greatest
}

// exponent returns it, or one less.
func (e leastExponent) exponent() int { return int(e>>53) - 1023 }

// chains is some rows of a product: pairs of rows by fours of columns.
type chains struct {
	rows, cols side
	c          []float32
	row, col   int // c's elements from row to row, and from column to column

	pair  [chainDepth][2]float64
	fours [][4]float64  // chainDepth at most for each four
	least leastExponent // of pair
	bound []leastExponent
}

var chainMemory = newFreelist[chains]()

// multiplyChains computes rows from to to-1 of c, which hold what their chains start from.
func multiplyChains(p *product[float32], from, to int) {
	w := chainMemory.get()
	w.rows = side{data: p.a.data, n: to - from, step: p.a.stride, deep: 1, factor: p.alpha}
	if p.transA {
		w.rows.step, w.rows.deep = 1, p.a.stride
	}
	w.rows.data = w.rows.data[from*w.rows.step:]
	w.cols = side{data: p.b.data, n: p.n, step: 1, deep: p.b.stride, factor: 1}
	if p.transB {
		w.cols.step, w.cols.deep = p.b.stride, 1
	}
	if p.panels != nil {
		wide := panelCols[float32]()
		w.cols = side{data: p.panels, n: p.n, step: 1, deep: wide, factor: 1, panel: p.k * wide}
	}
	w.c, w.row, w.col = p.c.data[from*p.c.stride:], p.c.stride, 1
	if p.n <= 2 { // which make one pair
		w.rows, w.cols, w.row, w.col = w.cols, w.rows, w.col, w.row
	}
	for j := 0; j < w.cols.n; j += chainCols {
		for l := 0; l < p.k; l += chainDepth {
			w.multiplyBlock(j, min(chainCols, w.cols.n-j), l, min(chainDepth, p.k-l))
		}
	}
	w.rows, w.cols, w.c = side{}, side{}, nil
	chainMemory.put(w, cap(w.fours)*32)
}

// multiplyBlock makes links from l on, depth of them, of the chains of some columns.
func (w *chains) multiplyBlock(j, cols, l, depth int) {
	groups := ceil.Div(cols, 4)
	if cap(w.fours) < groups*depth {
		w.fours = make([][4]float64, groups*depth)
	}
	w.fours, w.bound = w.fours[:groups*depth], w.bound[:0]
	for g := range groups {
		n := min(4, cols-4*g)
		w.bound = append(w.bound, copyFour(w.fours[g*depth:][:depth], &w.cols, j+4*g, n, l))
	}
	for i := 0; i < w.rows.n; i += 2 {
		rows := min(2, w.rows.n-i)
		w.copyPair(w.pair[:depth], i, rows, l)
		for g := range groups {
			n := min(4, cols-4*g)
			w.multiplyEight(i, rows, j+4*g, n, w.fours[g*depth:][:depth], w.bound[g])
		}
	}
}

// copyFour copies the elements of columns j to j+n-1 and zeros for others, from link l on.
func copyFour(to [][4]float64, s *side, j, n, l int) leastExponent {
	least := noExponent
	if n < 4 {
		clear(to)
	}
	for r := range n {
		x, at := s.from(j+r, l), 0
		for l := range to {
			v := float64(s.factor * x[at])
			to[l][r], at = v, at+s.deep
			least = least.with(v)
		}
	}
	return least
}

// copyPair copies the elements of rows i to i+n-1, and zeros for another.
func (w *chains) copyPair(to [][2]float64, i, n, l int) {
	w.least = noExponent
	if n < 2 {
		clear(to)
	}
	for r := range n {
		x, at := w.rows.from(i+r, l), 0
		for l := range to {
			v := float64(w.rows.factor * x[at])
			to[l][r], at = v, at+w.rows.deep
			w.least = w.least.with(v)
		}
	}
}

// multiplyEight makes the links of a pair of rows by four columns, of which some may not be there.
func (w *chains) multiplyEight(i, rows, j, cols int, fours [][4]float64, bound leastExponent) {
	var c [8]float64
	pair, at := w.pair[:len(fours)], i*w.row+j*w.col
	w.load(&c, at, rows, cols)
	if bound.exponent()+w.least.exponent() < leastExponents || !link8(&c, pair, fours) {
		w.load(&c, at, rows, cols)
		linkExactly(&c, pair, fours)
	}
	if rows == 2 && cols == 4 && w.col == 1 {
		to := (*[4]float32)(w.c[at:])
		to[0], to[1], to[2], to[3] = float32(c[0]), float32(c[1]), float32(c[2]), float32(c[3])
		to = (*[4]float32)(w.c[at+w.row:])
		to[0], to[1], to[2], to[3] = float32(c[4]), float32(c[5]), float32(c[6]), float32(c[7])
		return
	}
	for r := range rows {
		for s := range cols {
			w.c[at+r*w.row+s*w.col] = float32(c[4*r+s])
		}
	}
}

// load sets c to so many rows and columns from element at on.
func (w *chains) load(c *[8]float64, at, rows, cols int) {
	if rows == 2 && cols == 4 && w.col == 1 {
		x, y := (*[4]float32)(w.c[at:]), (*[4]float32)(w.c[at+w.row:])
		c[0], c[1], c[2], c[3] = float64(x[0]), float64(x[1]), float64(x[2]), float64(x[3])
		c[4], c[5], c[6], c[7] = float64(y[0]), float64(y[1]), float64(y[2]), float64(y[3])
		return
	}
	for r := range rows {
		for s := range cols {
			c[4*r+s] = float64(w.c[at+r*w.row+s*w.col])
		}
	}
}

// linkExactly is link8 by fma32.
func linkExactly(c *[8]float64, pair [][2]float64, fours [][4]float64) {
	for l, a := range pair {
		for r, a := range a {
			for s, b := range fours[l] {
				c[4*r+s] = float64(fma32(float32(a), float32(b), float32(c[4*r+s])))
			}
		}
	}
}
