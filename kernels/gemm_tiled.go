//go:build (amd64 || arm64) && !purego

package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// The tiled product follows Goto and van de Geijn ("Anatomy of high-performance matrix multiplication",
// 2008): a panel of B, 64 bytes wide and packed in the order in which a tile reads it, stays in the
// first-level cache while the tiles of a strip of A pass by, which come packed from the second-level cache.
// The plan says what is worth packing.

// packTogether is how many panels of B are packed in one go.
const packTogether = 4

// tiledProduct is a product at work: its plan, its current block, and how the pool shares it out.
type tiledProduct[T float] struct {
	fork
	product[T]
	shape       shape
	blocking    *blocking
	plan        plan
	division    division
	kFrom, kLen int // block of the inner dimension
	jFrom, jLen int // block of columns

	packing bool               // the chunks now are panels to pack, not products
	block   []T                // packed panels of the block
	memory  [maxSlots]strip[T] // of A, for each goroutine at work
	grown   int                // how many of them have ever been in use
}

var (
	tiledProducts32 = newFreelist[tiledProduct[float32]]()
	tiledProducts64 = newFreelist[tiledProduct[float64]]()
)

// listOf returns the one of two freelists, for either precision, that has values of T.
func listOf[T any](single, double any) *freelist[T] {
	if list, ok := single.(*freelist[T]); ok {
		return list
	}
	return double.(*freelist[T])
}

// multiplyTiled computes the product block by block.
func (p *product[T]) multiplyTiled(s *shape, b *blocking, plan *plan) {
	list := listOf[tiledProduct[T]](tiledProducts32, tiledProducts64)
	t := list.get()
	t.product, t.blocking, t.grown = *p, b, max(t.grown, plan.cores)
	t.shape = *s
	t.plan = *plan
	t.multiply()
	t.product = product[T]{}
	list.put(t, t.bytes())
}

// multiply goes through the blocks; each continues the chains of the one before it in k.
func (t *tiledProduct[T]) multiply() {
	for t.jFrom = 0; t.jFrom < t.n; t.jFrom += t.plan.cols {
		t.jLen = min(t.plan.cols, t.n-t.jFrom)
		t.division.divide(&t.plan, &t.shape, t.blocking, t.jLen)
		for t.kFrom = 0; t.kFrom < t.k; t.kFrom += t.plan.depth {
			t.kLen = min(t.plan.depth, t.k-t.kFrom)
			t.multiplyBlock()
		}
	}
}

func (t *tiledProduct[T]) multiplyBlock() {
	if t.division.packBlock {
		t.block = resize(t.block, t.division.panels*panelCols[T]()*t.kLen)
		t.packing = true
		t.run(t, ceil.Div(t.division.panels, packTogether), t.plan.cores)
	}
	t.packing = false
	for i := range t.memory[:t.plan.cores] {
		t.memory[i].holds, t.memory[i].first, t.memory[i].end = -1, 0, 0
	}
	t.run(t, t.division.chunks(), t.plan.cores)
}

// chunk packs a few panels, or computes a strip by a swath.
func (t *tiledProduct[T]) chunk(i, slot int) {
	if t.packing {
		first, end := i*packTogether, min((i+1)*packTogether, t.division.panels)
		t.packPanels(t.block[first*panelCols[T]()*t.kLen:], first, end)
		return
	}
	strip, swath := t.division.chunk(i)
	t.multiplyPart(strip, swath, &t.memory[slot])
}

// part is a strip of rows by a swath of panels, and op(A) there.
type part[T float] struct {
	from, rows int        // of C
	first, end int        // panels of the block
	a          operand[T] // the strip's rows of op(A) in this block, times alpha where they are read
	whole      int        // rows from the first on that are packed, in whole tiles
	memory     *strip[T]
}

// multiplyPart computes a strip by a swath.
func (t *tiledProduct[T]) multiplyPart(strip, swath int, s *strip[T]) {
	from, to := t.division.stripRows(strip)
	first, end := t.division.swathPanels(swath)
	u := part[T]{from: from, rows: to - from, first: first, end: end, memory: s}
	u.a.read(&t.a, t.transA, from, t.kFrom)
	if t.plan.packA {
		u.whole = u.rows / tileRows * tileRows
		if s.holds != strip {
			s.pack(u.a, u.whole, t.kLen, t.alpha)
			s.holds = strip
		}
	}
	last := t.jFrom+t.jLen == t.n && end == t.division.panels
	if t.alpha != 1 && (u.whole < u.rows || t.plan.narrowTail && last) {
		u.a = s.scale(u.a, u.rows, t.kLen, t.alpha)
	}
	switch t.plan.route {
	case thinRoute:
		t.multiplyThin(&u)
	case narrowRoute:
		t.multiplyNarrow(&u, 0)
	default:
		t.multiplyPanels(&u)
	}
	if t.kFrom+t.kLen == t.k {
		t.finishRows(from, to, t.jFrom+first*panelCols[T](), min(t.jFrom+end*panelCols[T](), t.n))
	}
}

// place sets where the chains of a panel start and end: row i of C, and column j of the block.
func (t *tiledProduct[T]) place(q *panelProduct[T], i, j int) {
	t.product.place(q, i, t.jFrom+j, t.kFrom == 0)
}

// readA has a panel's product read rows of op(A) as they lie, from row i of the strip on.
func (u *part[T]) readA(q *panelProduct[T], i, rows int) {
	q.m, q.a, q.aRow, q.aCol, q.aTile = rows, &u.a.data[i*u.a.row], u.a.row, u.a.col, tileRows*u.a.row
}

// readPackedA has it read packed rows, from row i of the strip on.
func (u *part[T]) readPackedA(q *panelProduct[T], i, rows int) {
	q.m, q.a, q.aRow, q.aCol, q.aTile = rows, &u.memory.packed[i*q.k], 1, tileRows, tileRows*q.k
}
