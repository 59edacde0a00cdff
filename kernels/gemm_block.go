//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// multiplyTiles computes a product of n columns; q has its operands, its rows and its inner dimension.
func (q *blockProduct[T]) multiplyTiles(n int, t *tiling, p *tilePlan) {
	shift := t.vectorShift(sizeOf[T]())
	if vectors := ceilShift(n, shift); vectors <= p.vectors && p.narrow == 0 {
		q.multiplyBlock(vectors, n, shift, t)
		return
	}
	all := *q
	if wide := n - p.narrow; wide > 0 {
		// Blocks are alike, or differ by a unit: a vector, or a panel of B that is wider, in whose middle no
		// block begins.
		unit := 0
		if q.bPanel != panelCols[T]() {
			unit = panelShift[T]() - shift
		}
		units, from := ceilShift(wide, shift+unit), 0
		blocks := ceil.Div(units, max(1, p.vectors>>(unit&63)))
		for i := range blocks {
			columns := min(((i+1)*units/blocks-i*units/blocks)<<((shift+unit)&63), wide-from)
			*q = all
			q.moveTo(from)
			q.multiplyBlock(ceilShift(columns, shift), columns, shift, t)
			from += columns
		}
	}
	if p.narrow > 0 {
		*q = all
		q.moveTo(n - p.narrow)
		q.multiplyNarrow(p.narrow)
	}
}

// multiplyBlock computes a block of n columns, which are so many vectors.
func (q *blockProduct[T]) multiplyBlock(vectors, n, shift int, t *tiling) {
	lanes := 1 << (shift & 63)
	q.width = n - (vectors-1)*lanes
	q.rows = t.height(q.m, vectors, q.width < lanes)
	q.multiply(vectors, t)
}

// moveTo moves the operands on to a column.
func (q *blockProduct[T]) moveTo(column int) {
	shift := panelShift[T]()
	inPanel := column & (1<<(shift&63) - 1)
	q.b, q.c = offset(q.b, column>>(shift&63)*q.bPanel+inPanel), offset(q.c, column)
	if q.start != nil {
		q.start = offset(q.start, column)
	}
}

// multiplyNarrow computes so few columns by vectors along the rows of A.
func (q *blockProduct[T]) multiplyNarrow(columns int) {
	p := panelProduct[T]{
		m: q.m, k: q.k, a: q.a, aRow: q.aRow, b: q.b, bRow: q.bRow, c: q.c, cRow: q.cRow,
		start: q.start, startRow: q.startRow, width: columns,
	}
	transposed := q.aCol != 1
	if transposed {
		p.aRow = q.aCol
	}
	if q.start == nil {
		p.start = (*T)(zeros)
	}
	p.multiplyNarrow(1, transposed)
}

// panelShift returns the binary logarithm of panelCols.
func panelShift[T float]() int {
	if sizeOf[T]() == 8 {
		return 3
	}
	return 4
}
