package gonumblas

import (
	"math"

	"gonum.org/v1/gonum/blas"

	"github.com/seed964deb49/langevin/internal/ceil"
)

// reflector returns the Householder reflector H = I - tau*v*vᵀ that turns (alpha, x) into (beta, 0). v
// begins with 1, and its other elements replace x. H is I, with tau = 0, where x is 0 already. It is
// LAPACK's Dlarfg.
func reflector(alpha float64, x []float64, inc int) (beta, tau float64) {
	n := ceil.Div(len(x), inc)
	if n == 0 {
		return alpha, 0
	}
	const least, most = 0x1p-900, 0x1p900 // between which squares neither overflow nor lose digits
	sum := squares(x, inc)
	total := sum + float64(alpha*alpha)
	if !(sum > least && total < most) {
		return reflectorScaled(alpha, x, inc, n)
	}
	beta = -math.Copysign(math.Sqrt(total), alpha)
	multiplyBy(x, inc, 1/(alpha-beta))
	return beta, (beta - alpha) / beta
}

// shortVector is the number of elements that are not worth a call.
const shortVector = 16

// squares is the sum of the squares of x.
func squares(x []float64, inc int) (sum float64) {
	if inc == 1 && len(x) >= shortVector {
		return Float64{}.Ddot(len(x), x, 1, x, 1)
	}
	for i := 0; i < len(x); i += inc {
		sum += float64(x[i] * x[i])
	}
	return sum
}

// multiplyBy multiplies x by a.
func multiplyBy(x []float64, inc int, a float64) {
	if inc == 1 && len(x) >= shortVector {
		Float64{}.Dscal(len(x), a, x, 1)
		return
	}
	for i := 0; i < len(x); i += inc {
		x[i] *= a
	}
}

// reflectorScaled is reflector for n elements of any magnitude.
func reflectorScaled(alpha float64, x []float64, inc, n int) (beta, tau float64) {
	var f Float64
	norm := f.Dnrm2(n, x, inc)
	if norm == 0 {
		return alpha, 0
	}
	const safe = 0x1p-969 // 1/safe does not overflow, and safe times the unit roundoff is normal
	beta = -math.Copysign(hypotenuse(alpha, norm), alpha)
	scaled := 0
	for ; math.Abs(beta) < safe; scaled++ {
		f.Dscal(n, 1/safe, x, inc)
		alpha /= safe
		norm = f.Dnrm2(n, x, inc)
		beta = -math.Copysign(hypotenuse(alpha, norm), alpha)
	}
	tau = (beta - alpha) / beta
	f.Dscal(n, 1/(alpha-beta), x, inc)
	for range scaled {
		beta *= safe
	}
	return beta, tau
}

// hypotenuse is sqrt(x^2 + y^2) without overflow on the way.
func hypotenuse(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	long, short := max(x, y), min(x, y)
	if short == 0 || long > math.MaxFloat64 {
		return long
	}
	short /= long
	return float64(long * math.Sqrt(1+float64(short*short)))
}

// reflectors are k reflectors of order n, whose product H1*H2*...*Hk is I - Vᵀ*T*V (Schreiber and Van Loan,
// "A storage-efficient WY representation for products of Householder transformations", 1989). V is k by n:
// row i is 0 before column i, and 1 there. T is upper triangular. Zeros and ones are there to be
// multiplied.
type reflectors struct {
	k, n int
	v, t block64
	r    block64 // lower triangle that factor leaves beside V
	w    *buffer[float64]
}

// newReflectors returns k reflectors, k <= n, whose rows are to be read. giveBack ends their use.
func newReflectors(k, n int) reflectors {
	stride := (n+7)&^7 + 8 // columns of one of 1024 or so would compete for fewReflectors places in the cache
	w := borrow[float64](k*stride + 2*k*k)
	h := reflectors{k: k, n: n, w: w}
	h.v = block64{w.data[:k*stride], stride}
	h.t = block64{w.data[k*stride:][:k*k], k}
	h.r = block64{w.data[k*stride+k*k:][:k*k], k}
	clear(h.t.data)
	return h
}

func (h *reflectors) giveBack() { h.w.giveBack() }

// part is the reflectors from the one to the other, without the columns before theirs.
func (h *reflectors) part(from, to int) reflectors {
	return reflectors{k: to - from, n: h.n - from, v: h.v.at(from, from), t: h.t.at(from, from)}
}

// readRows reads k rows of n elements.
func (h *reflectors) readRows(a block64) {
	for i := range h.k {
		copy(h.v.row(i, h.n), a.row(i, h.n))
	}
}

// readColumns reads k columns of n elements.
func (h *reflectors) readColumns(a block64) { h.v.transpose(a, h.n, h.k) }

// trim sets the zeros and ones of V, and T for factors tau. The rows that were read are those of LAPACK,
// with other elements in these places.
func (h *reflectors) trim(tau []float64) {
	for i := range h.k {
		clear(h.v.row(i, i))
		h.v.data[i*h.v.stride+i] = 1
	}
	h.join(0, h.k, tau)
}

// fewReflectors is the number of those that are made and joined one by one.
const fewReflectors = 4

// join sets the square of T between two reflectors.
func (h *reflectors) join(from, to int, tau []float64) {
	if to-from > fewReflectors {
		middle := from + (to-from+1)/2
		h.join(from, middle, tau)
		h.join(middle, to, tau)
		h.link(from, middle, to)
		return
	}
	for i := from; i < to; i++ {
		v := h.v.row(i, h.n)[i:]
		var dots [fewReflectors]float64
		for j := from; j < i; j++ {
			dots[j-from] = Float64{}.Ddot(len(v), h.v.row(j, h.n)[i:], 1, v, 1)
		}
		for j := from; j < i; j++ {
			sum := 0.0
			for l := j; l < i; l++ {
				sum += float64(h.t.data[j*h.t.stride+l] * dots[l-from])
			}
			h.t.data[j*h.t.stride+i] = -tau[i] * sum
		}
		h.t.data[i*h.t.stride+i] = tau[i]
	}
}

// link sets the rectangle of T for reflectors from to middle-1 and middle to to-1 to -T1*V1*V2ᵀ*T2.
func (h *reflectors) link(from, middle, to int) {
	k, l := middle-from, to-middle
	w := borrow[float64](2 * k * l)
	x, y := block64{w.data[:k*l], l}, block64{w.data[k*l : 2*k*l], l}
	multiply(false, true, k, l, h.n-middle, 1, h.v.at(from, middle), h.v.at(middle, middle), 0, x)
	multiply(false, false, k, l, k, -1, h.t.at(from, from), x, 0, y)
	multiply(false, false, k, l, l, 1, y, h.t.at(middle, middle), 0, h.t.at(from, middle))
	w.giveBack()
}

// factor makes the reflectors that turn the rows of V, one after the other, into a lower triangle, which r
// gets. That is the LQ factorization of the rows that were read, or the QR factorization of the columns.
func (h *reflectors) factor(tau []float64) { h.factorRows(0, h.k, tau) }

// factorRows is factor for some of the rows, which the reflectors before them have been applied to. It takes
// halves, so that most work is in products of matrices (Elmroth and Gustavson, "Applying recursion to serial
// and parallel QR factorization leads to better performance", 2000).
func (h *reflectors) factorRows(from, to int, tau []float64) {
	if to-from <= fewReflectors {
		for i := from; i < to; i++ {
			h.reflectRow(i, to, tau)
		}
		h.join(from, to, tau)
		return
	}
	middle := from + (to-from+1)/2
	h.factorRows(from, middle, tau)
	first := h.part(from, middle)
	first.right(false, to-middle, h.v.at(middle, from))
	h.factorRows(middle, to, tau)
	h.link(from, middle, to)
}

// reflectRow makes reflector i and applies it to the rows after it up to row to-1.
func (h *reflectors) reflectRow(i, to int, tau []float64) {
	var f Float64
	row, r := h.v.row(i, h.n), h.r.row(i, i+1)
	copy(r, row[:i])
	clear(row[:i])
	row = row[i:]
	r[i], tau[i] = reflector(row[0], row[1:], 1)
	row[0] = 1
	for j := i + 1; j < to; j++ {
		x := h.v.row(j, h.n)[i:]
		f.Daxpy(len(x), -tau[i]*f.Ddot(len(x), row, 1, x, 1), row, 1, x, 1)
	}
}

// left multiplies the n by cols block C by the product of the reflectors, or its transpose.
func (h *reflectors) left(transpose bool, cols int, c block64) {
	if cols == 0 {
		return
	}
	w := borrow[float64](2 * h.k * cols)
	x, y := block64{w.data[:h.k*cols], cols}, block64{w.data[h.k*cols : 2*h.k*cols], cols}
	multiply(false, false, h.k, cols, h.n, 1, h.v, c, 0, x)
	multiply(transpose, false, h.k, cols, h.k, 1, h.t, x, 0, y)
	multiply(true, false, h.n, cols, h.k, -1, h.v, y, 1, c)
	w.giveBack()
}

// right multiplies the rows by n block C by the product of the reflectors, or its transpose.
func (h *reflectors) right(transpose bool, rows int, c block64) {
	if rows == 0 {
		return
	}
	w := borrow[float64](2 * h.k * rows)
	x, y := block64{w.data[:h.k*rows], h.k}, block64{w.data[h.k*rows : 2*h.k*rows], h.k}
	multiply(false, true, rows, h.k, h.n, 1, c, h.v, 0, x)
	multiply(false, transpose, rows, h.k, h.k, 1, x, h.t, 0, y)
	multiply(false, false, rows, h.n, h.k, -1, y, h.v, 1, c)
	w.giveBack()
}

// apply multiplies C, which is m by n, on the side given.
func (h *reflectors) apply(s blas.Side, transpose bool, m, n int, c block64) {
	if s == blas.Left {
		h.left(transpose, n, c)
		return
	}
	h.right(transpose, m, c)
}
