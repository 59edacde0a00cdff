//go:build amd64 && !purego

package kernels

// multiplyInTiles computes a product in tiles.
func (p *product[T]) multiplyInTiles(plan *plan) {
	if plan.cores == 1 {
		p.multiplyTiled1(plan, 0, p.m, 0, p.n)
		return
	}
	list := sharedTilesOf[T]()
	s := list.get()
	s.product, s.plan = *p, *plan
	s.gridCols = ceilDiv(p.n, plan.cols)
	s.run(s, ceilDiv(p.m, plan.rows)*s.gridCols, plan.cores)
	s.product = product[T]{}
	list.put(s, 0)
}

// sharedTiles is a product in tiles at work, as the pool shares it out.
type sharedTiles[T float] struct {
	fork
	product[T]
	plan     plan
	gridCols int
}

var (
	sharedTiles32 = newFreelist[sharedTiles[float32]]()
	sharedTiles64 = newFreelist[sharedTiles[float64]]()
)

func sharedTilesOf[T float]() *freelist[sharedTiles[T]] {
	if list, ok := any(sharedTiles32).(*freelist[sharedTiles[T]]); ok {
		return list
	}
	return any(sharedTiles64).(*freelist[sharedTiles[T]])
}

// chunk computes the rows and columns of a core.
func (s *sharedTiles[T]) chunk(i, _ int) {
	row, column := i/s.gridCols*s.plan.rows, i%s.gridCols*s.plan.cols
	s.multiplyTiled1(&s.plan, row, min(row+s.plan.rows, s.m), column, min(column+s.plan.cols, s.n))
}

// multiplyTiled1 computes some rows and columns of a product in tiles.
func (p *product[T]) multiplyTiled1(plan *plan, row, rowEnd, column, columnEnd int) {
	wide := panelCols[T]()
	q := blockProduct[T]{m: rowEnd - row, k: p.k, aRow: p.a.stride, aCol: 1, far: plan.tiles.far}
	if p.transA {
		q.aRow, q.aCol = q.aCol, q.aRow
	}
	q.a = &p.a.data[row*q.aRow]
	if p.panels != nil {
		q.b, q.bRow, q.bPanel = &p.panels[0], wide, wide*p.k
	} else {
		q.b, q.bRow, q.bPanel, q.ahead = &p.b.data[0], p.b.stride, wide, plan.tiles.ahead*p.b.stride
	}
	q.c, q.cRow = &p.c.data[row*p.c.stride], p.c.stride
	switch {
	case !p.fresh:
		q.start, q.startRow = q.c, q.cRow
	case p.bias != nil:
		q.start = &p.bias[0]
	}
	q.moveTo(column)
	tiles := plan.tiles
	if columnEnd < p.n {
		tiles.narrow = 0
	}
	q.multiplyTiles(columnEnd-column, plan.tiling, &tiles)
	p.finishRows(row, rowEnd, column, columnEnd)
}

// multiplyTiles computes a product of n columns; q has its operands, its rows and its inner dimension.
func (q *blockProduct[T]) multiplyTiles(n int, t *tiling, p *tilePlan) {
	shift := t.vectorShift(sizeOf[T]())
	if vectors := ceilShift(n, shift); vectors <= p.vectors && p.narrow == 0 {
		q.multiplyBlock(vectors, n, shift, t)
		return
	}
	all := *q
	if wide := n - p.narrow; wide > 0 {
		// Blocks are alike, or differ by a unit: a vector, or a panel of B that is wider, in whose middle no block begins.
		unit := 0
		if q.bPanel != panelCols[T]() {
			unit = panelShift[T]() - shift
		}
		units, from := ceilShift(wide, shift+unit), 0
		blocks := ceilDiv(units, max(1, p.vectors>>(unit&63)))
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
		q.multiplyNarrow(p.narrow, t)
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

// multiplyNarrow computes so few columns by vectors along the rows of A. Rows that fill no vector are computed once more
// with those before them, which gives the same values unless a chain goes on from C.
func (q *blockProduct[T]) multiplyNarrow(columns int, t *tiling) {
	p := panelProduct[T]{
		m: q.m &^ (narrowRows - 1), k: q.k, a: q.a, aRow: q.aRow, b: q.b, bRow: q.bRow, c: q.c, cRow: q.cRow,
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
	switch done := p.m; {
	case done == q.m:
	case q.startRow == 0:
		from := q.m - narrowRows
		p.m, p.a, p.c = narrowRows, offset(q.a, from*q.aRow), offset(q.c, from*q.cRow)
		p.multiplyNarrow(1, transposed)
	default:
		q.m -= done
		q.a, q.c, q.start = offset(q.a, done*q.aRow), offset(q.c, done*q.cRow), offset(q.start, done*q.startRow)
		q.rows, q.width = q.m, columns
		q.multiply(1, t)
	}
}
