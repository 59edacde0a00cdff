//go:build !purego

package kernels

const (
	swapRows  = 32      // of C, which a chunk transposes
	swapBytes = 1 << 21 // of B, from which on it comes from beyond the second-level cache
)

// swappedProduct is a product that is computed as the transpose of op(B)^T * op(A)^T, which has the same chains. The rows of a
// transposed B are then those of the left operand, which need not be packed, and A and C are transposed instead.
type swappedProduct struct {
	fork
	product[float32]
	turned []float32 // C^T, row by row
}

var swappedProducts = newFreelist[swappedProduct]()

// swaps reports whether the product is faster that way: if A and C are small next to B.
func (p *product[T]) swaps() bool {
	return active == avx512 && p.size() == 4 && p.transB && p.alpha == 1 && p.fresh && p.bias == nil &&
		p.m >= 2*panelCols[T]() && 2*p.m*(p.n+p.k) <= p.n*p.k && p.size()*p.n*p.k >= swapBytes
}

// multiplySwapped computes a product that swaps, and reports whether it does.
func (p *product[T]) multiplySwapped(cores int) bool {
	q, ok := any(p).(*product[float32])
	if !ok || !q.swaps() {
		return false
	}
	s := swappedProducts.get()
	s.product = *q
	s.turned = resize(s.turned, s.n*s.m)
	gemmTiled(&product[float32]{
		transB: !s.transA, alpha: 1, a: s.b, b: s.a, m: s.n, n: s.m, k: s.k, fresh: true,
		c: view[float32]{rows: s.n, cols: s.m, stride: s.m, data: s.turned},
	})
	s.run(s, ceilDiv(s.m, swapRows), cores)
	s.product = product[float32]{}
	swappedProducts.put(s, sliceBytes(s.turned))
	return true
}

// chunk sets some rows of C and does what follows.
func (s *swappedProduct) chunk(i, _ int) {
	from, to := i*swapRows, min((i+1)*swapRows, s.m)
	whole, done := (to-from)&^3, 0
	for ; whole > 0 && done+16 <= s.n; done += 16 {
		transpose16AVX512(&s.c.data[from*s.c.stride+done], s.c.stride, &s.turned[done*s.m+from], s.m, whole)
	}
	for i := from; i < to; i++ {
		row, first := s.c.row(i), done
		if i >= from+whole {
			first = 0
		}
		for j := first; j < s.n; j++ {
			row[j] = s.turned[j*s.m+i]
		}
	}
	s.finishRows(from, to, 0, s.n)
}
