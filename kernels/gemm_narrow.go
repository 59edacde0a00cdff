//go:build (amd64 || arm64) && !purego

package kernels

// multiplyNarrow computes a part of few columns, which are the last panel of the block, by vectors along the
// rows of A. Rows that fill no vector are computed once more with those before them, which gives the same
// values unless a chain goes on from C.
func (t *tiledProduct[T]) multiplyNarrow(u *part[T], panel int) {
	done := u.rows &^ (narrowRows - 1)
	if done > 0 {
		t.multiplyNarrowRows(u, panel, 0, done)
	}
	switch {
	case done == u.rows:
	case t.fresh && t.kLen == t.k && t.division.strips == 1:
		t.multiplyNarrowRows(u, panel, u.rows-narrowRows, narrowRows)
	default:
		j := panel * panelCols[T]()
		q := panelProduct[T]{k: t.kLen, cRow: t.c.stride, width: t.jLen - j}
		if t.panels != nil {
			q.b, q.bRow = t.givenPanel(panel), panelCols[T]()
		} else {
			q.b, q.bRow = t.packedPanel(panel, u, false), panelCols[T]()
		}
		u.readA(&q, done, u.rows-done)
		t.place(&q, u.from+done, j)
		q.multiply()
	}
}

// multiplyNarrowRows does so with rows of the strip from i on, a multiple of narrowRows.
func (t *tiledProduct[T]) multiplyNarrowRows(u *part[T], panel, i, rows int) {
	j := panel * panelCols[T]()
	q := panelProduct[T]{
		m: rows, k: t.kLen, a: &u.a.data[i*u.a.row], aRow: u.a.row, cRow: t.c.stride, width: t.jLen - j,
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
	t.place(&q, u.from+i, j)
	q.multiplyNarrow(bCol, transposed)
}
