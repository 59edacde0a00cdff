//go:build amd64 && !purego

package kernels

// multiplyBlocks computes a product with B as it lies, or in panels, block of columns by block of columns. q has the
// operands, and m rows; n is the number of columns.
func (q *blockProduct[T]) multiplyBlocks(n int, b *blocks) {
	lanes := b.lanes
	if sizeOf[T]() == 8 {
		lanes /= 2
	}
	vectors := (n + lanes - 1) / lanes
	most := b.width(q.m, vectors)
	if vectors <= most {
		q.width = n - (vectors-1)*lanes
		q.rows = b.height(q.m, vectors, q.width < lanes)
		q.multiply(vectors)
		return
	}
	q.multiplyEach(n, vectors, most, lanes, b)
}

// multiplyEach computes several blocks, of as many vectors each as can be, or one less.
func (q *blockProduct[T]) multiplyEach(n, vectors, most, lanes int, b *blocks) {
	all := *q
	blocks, column := ceilDiv(vectors, most), 0
	for i := range blocks {
		v := (i+1)*vectors/blocks - i*vectors/blocks
		*q = all
		q.b, q.c = q.bColumn(column), offset(q.c, column)
		if q.start != nil {
			q.start = offset(q.start, column)
		}
		q.width = min(lanes, n-column-(v-1)*lanes)
		q.rows = b.height(q.m, v, q.width < lanes)
		q.multiply(v)
		column += v * lanes
	}
}

// bColumn is where column j of B begins. Where B is in panels and vectors are half as wide, j may be in the middle of one.
func (q *blockProduct[T]) bColumn(j int) *T {
	wide := panelCols[T]()
	return offset(q.b, j/wide*q.bPanel+j%wide)
}
