package kernels

import (
	"math"
	"unsafe"
)

// float is a precision in which products are computed.
type float interface{ float32 | float64 }

// sizeOf returns the bytes of an element.
func sizeOf[T float]() int { return int(unsafe.Sizeof(*new(T))) }

// fma is x*y + z, rounded once.
func fma[T float](x, y, z T) T {
	if unsafe.Sizeof(x) == 4 {
		return T(fma32(float32(x), float32(y), float32(z)))
	}
	return T(math.FMA(float64(x), float64(y), float64(z)))
}

// panelCols returns the number of columns of a packed panel.
func panelCols[T float]() int {
	var x T
	return panelBytes / int(unsafe.Sizeof(x))
}

// view is a matrix of either precision.
type view[T float] struct {
	rows, cols, stride int
	data               []T
}

func (v view[T]) row(i int) []T { return v.data[i*v.stride : i*v.stride+v.cols] }

// set assigns all fields. Assigning a whole view is slower on the way into a product, because that copy waits
// for each field to arrive in memory.
func (v *view[T]) set(rows, cols, stride int, data []T) {
	v.rows, v.cols, v.stride, v.data = rows, cols, stride, data
}

// view is m as a view. Their fields are the same, in one order.
func (m *Matrix) view() *view[float32] { return (*view[float32])(unsafe.Pointer(m)) }

func view32(m Matrix) view[float32] { return view[float32]{m.Rows, m.Cols, m.Stride, m.Data} }

// product is a matrix product c = alpha*op(a)*op(b) + c, and what follows it. Its sizes fit.
type product[T float] struct {
	transA, transB bool
	alpha          T
	a, b, c        view[T]
	panels         []T // op(b) in packed panels; nil if b is not packed
	m, n, k        int
	fresh          bool // the chains start at the bias, and c is not read
	bias           []T  // one for each column; nil is zero
	after          after
	y              view[T] // what the step after the product writes or reads
}

// after is the step that follows a product in float32.
type after uint8

const (
	nothingAfter       after = iota
	siluAfter                // y = SiLU(c)
	siluWithSlopeAfter       // y = SiLU(c), then c = the slope of SiLU at c
	hadamardAfter            // c *= y
)

// multiply computes a product and adds it to beta*c.
func multiply[T float](p *product[T], beta T) {
	if p.m == 0 || p.n == 0 {
		return
	}
	p.fresh = beta == 0
	if !p.fresh && beta != 1 {
		for i := range p.m {
			row := p.c.row(i)
			for j := range row {
				row[j] *= beta
			}
		}
	}
	if p.k > 0 && p.alpha != 0 {
		gemm(p)
		return
	}
	for i := range p.m {
		p.begin(i)
		p.finish(i, 0, p.n)
	}
}

// begin sets row i of c to the start of its chains.
func (p *product[T]) begin(i int) {
	if p.fresh {
		row := p.c.row(i)
		clear(row)
		copy(row, p.bias)
	}
}

// finish does the step after the product for columns from to to-1 of row i. Their chains are complete.
func (p *product[T]) finish(i, from, to int) { p.finishRows(i, i+1, from, to) }

// finishRows does the same for rows first to end-1. Rows without a gap between them are done several at a
// time.
func (p *product[T]) finishRows(first, end, from, to int) {
	q, ok := any(p).(*product[float32])
	if !ok || p.after == nothingAfter || from == to {
		return
	}
	together := 1
	if width := to - from; width == p.c.stride && width == p.y.stride {
		together = max(1, sweepChunk/width)
	}
	for i := first; i < end; i += together {
		n := (min(i+together, end)-i-1)*p.c.stride + to - from
		y, c := q.y.data[i*p.y.stride+from:][:n], q.c.data[i*p.c.stride+from:][:n]
		switch p.after {
		case siluAfter:
			siluOfLayer(y, c)
		case siluWithSlopeAfter:
			siluWithSlope(y, c, c)
		case hadamardAfter:
			hadamard(c, y)
		}
	}
}
