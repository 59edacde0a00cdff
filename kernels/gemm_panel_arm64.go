//go:build !purego

package kernels

// multiplyPacking computes the first tile of a panel of c and packs the panel of B that the tile reads. It
// returns the number of rows of the tile.
func (q *panelProduct[T]) multiplyPacking(packed *T) int {
	q.firstTile(packed, 0)
	return tileRows
}

// multiplyNarrow computes up to four float32 columns of c; q.m is at least narrowRows. If transposed,
// q.aRow is the distance between columns of A, and the distance between rows is 1.
func (q *panelProduct[T]) multiplyNarrow(bCol int, transposed bool) {
	p, ok := any(q).(*panelProduct[float32])
	if !ok {
		panic("kernels: narrow products are float32")
	}
	narrowNEON(p, p.m, bCol, transposed)
}
