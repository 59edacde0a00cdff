//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// swapRows is the rows of C that a chunk transposes.
const swapRows = 32

// swappedProduct is a product that is computed as the transpose of op(B)^T * op(A)^T, which has the same
// chains. The rows of a transposed B are then those of the left operand, which need not be packed, and A and
// C are transposed instead.
type swappedProduct struct {
	fork
	product[float32]
	turned []float32 // C^T, row by row
}

var swappedProducts = newFreelist[swappedProduct]()

// multiplySwapped computes a product with a transposed B, no bias, and fresh chains.
func multiplySwapped(p *product[float32], cores int) {
	s := swappedProducts.get()
	s.product = *p
	s.turned = resize(s.turned, s.n*s.m)
	gemmTiled(&product[float32]{
		transB: !s.transA, alpha: 1, a: s.b, b: s.a, m: s.n, n: s.m, k: s.k, fresh: true,
		c: view[float32]{rows: s.n, cols: s.m, stride: s.m, data: s.turned},
	})
	s.run(s, ceil.Div(s.m, swapRows), cores)
	s.product = product[float32]{}
	swappedProducts.put(s, sliceBytes(s.turned))
}

// chunk sets some rows of C and does what follows.
func (s *swappedProduct) chunk(i, _ int) {
	from, to := i*swapRows, min((i+1)*swapRows, s.m)
	rows, cols := transposeBlocks(s.c.data[from*s.c.stride:], s.c.stride, s.turned[from:], s.m, to-from, s.n)
	for i := from; i < to; i++ {
		row, first := s.c.row(i), cols
		if i >= from+rows {
			first = 0
		}
		for j := first; j < s.n; j++ {
			row[j] = s.turned[j*s.m+i]
		}
	}
	s.finishRows(from, to, 0, s.n)
}
