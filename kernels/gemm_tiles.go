//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// multiplyInTiles computes a product in tiles. A that is scaled and B that is transposed are copied before.
func (p *product[T]) multiplyInTiles(plan *plan) {
	if p.alpha == 1 && !p.transB {
		p.multiplyCopied(plan)
		return
	}
	list := listOf[copies[T]](copies32, copies64)
	c := list.get()
	if p.alpha != 1 {
		rows, cols := p.a.rows, p.a.cols
		c.a = resize(c.a, rows*cols)
		if p.a.stride == cols {
			scaleSlice(c.a, p.alpha, p.a.data[:rows*cols])
		} else {
			for i := range rows {
				scaleSlice(c.a[i*cols:], p.alpha, p.a.row(i))
			}
		}
		p.a.set(rows, cols, cols, c.a)
	}
	if p.transB && p.panels == nil {
		c.b = resize(c.b, ceil.Div(p.n, panelCols[T]())*panelCols[T]()*p.k)
		packPanels(c.b, true, p.b, 0, p.k, 0, p.n)
		p.panels = c.b
	}
	p.multiplyCopied(plan)
	list.put(c, sliceBytes(c.a)+sliceBytes(c.b))
}

// copies is memory for operands.
type copies[T float] struct{ a, b []T }

var (
	copies32 = newFreelist[copies[float32]]()
	copies64 = newFreelist[copies[float64]]()
)

// multiplyCopied shares a product in tiles out.
func (p *product[T]) multiplyCopied(plan *plan) {
	if plan.cores == 1 {
		p.multiplyPart(plan, 0, p.m, 0, p.n)
		return
	}
	list := listOf[sharedTiles[T]](sharedTiles32, sharedTiles64)
	s := list.get()
	s.product, s.plan = *p, *plan
	s.gridCols = ceil.Div(p.n, plan.cols)
	s.run(s, ceil.Div(p.m, plan.rows)*s.gridCols, plan.cores)
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

// chunk computes the rows and columns of a core.
func (s *sharedTiles[T]) chunk(i, _ int) {
	row, column := i/s.gridCols*s.plan.rows, i%s.gridCols*s.plan.cols
	s.multiplyPart(&s.plan, row, min(row+s.plan.rows, s.m), column, min(column+s.plan.cols, s.n))
}

// multiplyPart computes some rows and columns of a product in tiles.
func (p *product[T]) multiplyPart(plan *plan, row, rowEnd, column, columnEnd int) {
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
	if columnEnd < p.n || q.m < narrowRows {
		tiles.narrow, tiles.vectors = 0, max(1, tiles.vectors)
	}
	q.multiplyTiles(columnEnd-column, plan.tiling, &tiles)
	p.finishRows(row, rowEnd, column, columnEnd)
}
