//go:build (amd64 || arm64) && !purego

package kernels

// multiplyNarrow computes a part of few columns, which are the last panel of the block, by vectors along the
// rows of A, of which there must be enough for a vector.
func (t *tiledProduct[T]) multiplyNarrow(u *part[T], panel int) {
	j := panel * panelCols[T]()
	if u.rows < narrowRows {
		q := panelProduct[T]{k: t.kLen, cRow: t.c.stride, width: t.jLen - j}
		if t.panels != nil {
			q.b, q.bRow = t.givenPanel(panel), panelCols[T]()
		} else {
			q.b, q.bRow = t.packedPanel(panel, u, false), panelCols[T]()
		}
		u.readA(&q, 0, u.rows)
		t.place(&q, u.from, j)
		q.multiply()
		return
	}
	q := panelProduct[T]{
		m: u.rows, k: t.kLen, a: &u.a.data[0], aRow: u.a.row, cRow: t.c.stride, width: t.jLen - j,
	}
	transposed := u.a.col != 1
	if transposed {
		q.aRow = u.a.col
	}
	bCol := 1
	if t.panels != nil {
		q.b, q.bRow = t.givenPanel(panel), panelCols[T]()
	} else {
		var b operand[T]
		b.read(&t.b, t.transB, t.kFrom, t.jFrom+j)
		q.b, q.bRow, bCol = &b.data[0], b.row, b.col
	}
	t.place(&q, u.from, j)
	q.multiplyNarrow(bCol, transposed)
}
