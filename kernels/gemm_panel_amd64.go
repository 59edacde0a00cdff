//go:build !purego

package kernels

// columns is the mask of the columns that are there.
func (q *panelProduct[T]) columns() uint32 { return 1<<q.width - 1 }

// multiplyPacking computes the first tile of a panel of c, or of two, and packs the panels of B that the tile
// reads. It returns the number of rows of the tile.
func (q *panelProduct[T]) multiplyPacking(packed *T) int {
	q.firstTile(packed, q.m-2*tileRows)
	if q.pair {
		return 2 * tileRows
	}
	return tileRows
}

// multiplyNarrow computes up to four columns of c; q.m is at least narrowRows. If transposed, q.aRow is the
// distance between columns of A, and the distance between rows is 1.
func (q *panelProduct[T]) multiplyNarrow(bCol int, transposed bool) {
	switch p := any(q).(type) {
	case *panelProduct[float32]:
		multiplyNarrow32(p, bCol, transposed)
	case *panelProduct[float64]:
		narrow64AVX2(p, p.m, bCol, transposed)
	}
}

func multiplyNarrow32(p *panelProduct[float32], bCol int, transposed bool) {
	// The AVX-512 kernels start all rows alike and read 32 of them at once. That is too many for the ways of
	// the first-level cache where all rows fall into one set.
	crowd := !transposed && p.aRow*4%pageBytes == 0
	if active == avx512 && p.startRow == 0 && p.m >= 16 && !crowd && (transposed || p.width > 2) {
		rest := p.m & 15
		if rest == 0 || rest > narrowRows || p.width <= 2 {
			narrowAVX512(p, p.m, bCol, transposed)
			return
		}
		// The last rows fill half a vector, and cost the less the shorter theirs is.
		narrowAVX512(p, p.m-rest, bCol, transposed)
		step := p.aRow
		if transposed {
			step = 1
		}
		last, from := *p, p.m-narrowRows
		last.m, last.a, last.c = narrowRows, offset(p.a, from*step), offset(p.c, from*p.cRow)
		p = &last
	}
	narrowAVX2(p, p.m, bCol, transposed)
}
