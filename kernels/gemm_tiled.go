//go:build (amd64 || arm64) && !purego

package kernels

import (
	"math"
	"unsafe"
)

// The tiled product follows Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", 2008): a panel
// of B, 64 bytes wide and packed in the order in which a tile reads it, stays in the first-level cache while the tiles
// of a strip of A pass by, which come packed from the second-level cache. Packing an operand costs a pass over it, so
// it is done only where the operand is read often enough, and cannot be read as fast as it is; see leavesA.
const (
	tileRows = 6

	blockDepth  = 384 // a panel of that depth takes 24 KB of the first-level cache
	blockPanels = 128 // a packed block of B takes at most 3 MB

	// Packing pays from so many uses on: of a panel of B by tiles, and of a strip of A by panels. Transposed, A gains
	// earlier, since of a cache line a tile takes only six numbers that lie side by side.
	packMinTiles      = 4
	packMinPanels     = 12
	packMinTransposed = 4
	packMinDepth      = 128     // of A as it is; below, its rows lie close together anyway
	packMinDepthTrans = 8       // of transposed A; below, a tile has too few elements to copy in vectors
	packMinBytes      = 1 << 14 // a B this small stays in the first-level cache as it is
	packTogether      = 4       // panels of B that are packed in one go

	// Multiply-adds that are worth sharing with a core that is awake, those for which waking one pays, and those for
	// which a core's part is cut once more.
	sharingWork = 1 << 17
	wakingWork  = 1 << 19
	spareWork   = 1 << 22

	narrowCols  = 4    // float32 columns for which vectors along the rows of A are faster than along those of B
	narrowRows  = 8    // rows that such a vector takes
	narrowDepth = 4096 // then a block of B takes at most 64 KB

	thinPanels    = 4       // from which a row is long enough
	thinRows      = 8       // from which it is worth packing B
	thinDepth     = 4       // up to which C is written row by row
	thinDepthWays = 8       // the same where a column of C would crowd into few sets of the first-level cache
	shallowDepth  = 16      // up to which a strip is short there
	shallowRows   = 24      // how short
	wayBytes      = 1 << 11 // distances in memory that are multiples of it crowd
	thinBytes     = 1 << 14 // of B for a thin product; it is read once a row
	pageBytes     = 1 << 12 // of memory, at least
)

// tiledProduct is a product at work: its current block, and how the pool shares it out.
type tiledProduct[T float] struct {
	fork
	product[T]
	kFrom, kLen int // block of the inner dimension
	jFrom, jLen int // block of columns

	packB, packA bool
	thin         bool               // C is written row by row
	packing      bool               // the chunks now are panels to pack, not products
	block        []T                // packed panels of the block
	memory       [maxSlots]strip[T] // of A, for each goroutine at work
	grown        int                // how many of them have ever been in use

	// A chunk is a strip of rows by a swath of panels.
	gridRows, gridCols int // how the cores share them
	strips, swaths     int
	unit               int // a strip's rows are a multiple of it
}

var (
	tiledProducts32 = newFreelist[tiledProduct[float32]]()
	tiledProducts64 = newFreelist[tiledProduct[float64]]()
)

func tiledProductsOf[T float]() *freelist[tiledProduct[T]] {
	if list, ok := any(tiledProducts32).(*freelist[tiledProduct[T]]); ok {
		return list
	}
	return any(tiledProducts64).(*freelist[tiledProduct[T]])
}

// gemmTiled computes a product in the way that fits its shape.
func gemmTiled[T float](p *product[T]) {
	if p.flips() {
		gemmTiled(p.flip())
		return
	}
	cores := 1
	if work := p.m * p.n * p.k; !taken() && (work >= wakingWork || work >= sharingWork && awake() && !p.isThin()) {
		cores = Cores()
	}
	if cores == 1 && p.direct() {
		p.multiplyDirect()
		return
	}
	if p.multiplySwapped(cores) {
		return
	}
	list := tiledProductsOf[T]()
	t := list.get()
	t.product, t.grown = *p, max(t.grown, cores)
	t.multiply(cores)
	t.product = product[T]{}
	list.put(t, t.bytes())
}

// multiply computes the product block by block; each block continues the chains of the one before it in k.
func (t *tiledProduct[T]) multiply(cores int) {
	t.thin, t.packB = t.isThin(), t.packsB()
	most := blockDepth
	if t.narrow(t.n) {
		most = narrowDepth
	}
	depth := ceilDiv(t.k, ceilDiv(t.k, most))
	t.packA = t.packsA(depth)
	blockCols := blockPanels * panelCols[T]()
	for t.jFrom = 0; t.jFrom < t.n; t.jFrom += blockCols {
		t.jLen = min(blockCols, t.n-t.jFrom)
		t.share(cores)
		for t.kFrom = 0; t.kFrom < t.k; t.kFrom += depth {
			t.kLen = min(depth, t.k-t.kFrom)
			t.multiplyBlock(cores)
		}
	}
}

// isThin reports whether C is written row by row.
func (p *product[T]) isThin() bool {
	return p.k <= thinDepthWays && p.m >= thinRows && p.n >= thinPanels*panelCols[T]() && (p.k <= thinDepth || p.crowds())
}

// packsB reports whether B is packed.
func (p *product[T]) packsB() bool {
	return p.panels == nil && !p.narrow(p.n) && (p.transB || p.isThin() ||
		p.m >= packMinTiles*tileRows && p.size()*p.n*p.k > packMinBytes)
}

// packsA reports whether A is packed, blocks of depth columns at a time.
func (p *product[T]) packsA(depth int) bool {
	reuse, minDepth := packMinPanels, packMinDepth
	if p.transA {
		reuse, minDepth = packMinTransposed, packMinDepthTrans
	}
	return p.n >= reuse*panelCols[T]() && p.m >= tileRows && depth >= minDepth && !p.isThin() && !p.leavesA(depth)
}

// narrow reports whether a panel of that width is computed by vectors along the rows of A.
func (p *product[T]) narrow(width int) bool {
	return p.size() == 4 && width <= narrowCols && p.m >= narrowRows
}

// crowds reports whether the rows of C are so far apart that a column of them finds room in few sets of the first-level
// cache only.
func (p *product[T]) crowds() bool { return p.c.stride*p.size()%wayBytes == 0 }

// size returns the bytes of an element.
func (p *product[T]) size() int { return int(unsafe.Sizeof(p.alpha)) }

// flips reports whether the product is one row times a transposed matrix, and nothing more.
func (p *product[T]) flips() bool {
	return p.size() == 4 && p.m == 1 && p.transB && p.n >= narrowRows && p.alpha == 1 &&
		p.bias == nil && p.after == nothingAfter
}

// flip turns a product of one row with a transposed matrix into that of the matrix with a column, which has the same
// chains.
func (p *product[T]) flip() *product[T] {
	column := p.a
	if !p.transA {
		column = view[T]{rows: p.k, cols: 1, stride: 1, data: p.a.data}
	}
	return &product[T]{
		alpha: 1, a: p.b, b: column, c: view[T]{rows: p.n, cols: 1, stride: 1, data: p.c.data}, m: p.n, n: 1, k: p.k,
		fresh: p.fresh,
	}
}

// share cuts the block for a grid of cores: rows among gridRows of them, panels among gridCols, so that a core reads as
// little of A and B as can be. Each core's part is cut further, into strips that fit the second-level cache and, where
// there is much work, into a few swaths of panels, so that a core which is done early can take a chunk from another.
//
// Cores do not share packed rows of A: fetching what another core has just written takes longer than packing it again.
func (t *tiledProduct[T]) share(cores int) {
	t.unit = tileRows
	if t.narrow(t.n) {
		t.unit = 4 * tileRows // also a multiple of narrowRows
	}
	units, panels := ceilDiv(t.m, t.unit), t.panelCount()
	t.gridRows, t.gridCols = 1, 1
	least := math.MaxInt
	for rows := 1; rows <= cores; rows++ {
		cols := cores / rows
		if rows*cols < cores || rows > units || cols > panels {
			continue
		}
		reads := ceilDiv(t.m, rows) + ceilDiv(t.jLen, cols)
		if reads < least || reads == least && t.after != nothingAfter { // whole rows are one call of what follows
			least, t.gridRows, t.gridCols = reads, rows, cols
		}
	}
	rows := ceilDiv(units, t.gridRows) // in units
	most := max(1, t.stripBytes(rows*t.unit)/(t.size()*min(t.k, blockDepth)*t.unit))
	if t.k <= shallowDepth && !t.thin && t.crowds() {
		most = max(1, shallowRows/t.unit)
	}
	t.strips = t.gridRows * ceilDiv(rows, most)
	t.swaths = t.gridCols
	if cores > 1 && t.m*t.n*t.k >= spareWork*cores {
		const spare = 2
		switch {
		case t.strips >= spare*t.gridRows:
		case panels >= 2*spare*t.gridCols:
			t.swaths *= spare
		case units >= 2*spare*t.gridRows:
			t.strips *= spare
		}
	}
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

// stripRows returns where a strip begins and ends.
func (t *tiledProduct[T]) stripRows(strip int) (from, to int) {
	units := ceilDiv(t.m, t.unit)
	return strip * units / t.strips * t.unit, min((strip+1)*units/t.strips*t.unit, t.m)
}

// packsBlock reports whether the panels that are packed at all are packed before the products begin, rather than by the
// only strip of a core that wants them: rows of B cost little on the way, those of a transposed B more.
func (t *tiledProduct[T]) packsBlock() bool {
	return t.packB && (t.thin || t.strips > t.gridRows || t.strips > 1 && t.transB)
}

func (t *tiledProduct[T]) multiplyBlock(cores int) {
	if t.packsBlock() {
		panels := t.panelCount()
		t.block = resize(t.block, panels*panelCols[T]()*t.kLen)
		t.packing = true
		t.run(t, ceilDiv(panels, packTogether), cores)
	}
	t.packing = false
	for i := range t.memory[:cores] {
		t.memory[i].holds, t.memory[i].first, t.memory[i].end = -1, 0, 0
	}
	t.run(t, t.strips*t.swaths, cores)
}

// chunk packs a panel, or computes a strip by a swath.
func (t *tiledProduct[T]) chunk(i, slot int) {
	if t.packing {
		first, end := i*packTogether, min((i+1)*packTogether, t.panelCount())
		t.packPanels(t.block[first*panelCols[T]()*t.kLen:], first, end)
		return
	}
	// The chunks of a core of the grid follow each other, those of a strip together, so that it packs a strip once.
	strips, swaths := t.strips/t.gridRows, t.swaths/t.gridCols
	core, i := i/(strips*swaths), i%(strips*swaths)
	t.tiles(core/t.gridCols*strips+i/swaths, core%t.gridCols*swaths+i%swaths, &t.memory[slot])
}

// panelCount is the number of panels of the block.
func (t *tiledProduct[T]) panelCount() int { return (t.jLen + panelCols[T]() - 1) / panelCols[T]() }

// repeats reports whether rows of c may be computed twice, which gives the same values unless a chain goes on from c.
func (t *tiledProduct[T]) repeats() bool { return t.fresh && t.kLen == t.k && t.strips == 1 }

// panel returns packed panel i, of a swath that ends at end, with the next one behind it if it is one of a pair. With a
// single strip, nobody else wants them, and a few are packed here and now.
func (t *tiledProduct[T]) panel(i, end int, s *strip[T], pair bool) *T {
	tileCols := panelCols[T]()
	if t.panels != nil {
		return &t.panels[((t.jFrom/tileCols+i)*t.k+t.kFrom)*tileCols]
	}
	if t.packsBlock() {
		return &t.block[i*tileCols*t.kLen]
	}
	last := i
	if pair {
		last = i + 1
	}
	if i < s.first || last >= s.end {
		s.first, s.end = i, min(i+packTogether, end)
		s.panels = resize(s.panels, packTogether*tileCols*t.kLen)
		t.packPanels(s.panels, s.first, s.end)
	}
	return &s.panels[(i-s.first)*tileCols*t.kLen]
}

// packsOnTheWay reports whether a panel, or a pair of them, is packed by the product of the first tile of a strip.
func (t *tiledProduct[T]) packsOnTheWay(q *panelProduct[T], whole, rows int) bool {
	if whole > 0 {
		rows = whole
	}
	return t.packB && !t.transB && !t.packsBlock() && q.width == panelCols[T]() && rows >= 2*tileRows
}

// packPanels packs panels from first to end-1 of the block.
func (t *tiledProduct[T]) packPanels(dst []T, first, end int) {
	j := first * panelCols[T]()
	packPanels(dst, t.transB, t.b, t.kFrom, t.kLen, t.jFrom+j, min(end*panelCols[T](), t.jLen)-j)
}

// tiles computes a strip by a swath.
func (t *tiledProduct[T]) tiles(index, swath int, s *strip[T]) {
	tileCols := panelCols[T]()
	from, to := t.stripRows(index)
	a, aRow, aCol := t.a.data, t.a.stride, 1
	if t.transA {
		aRow, aCol = aCol, aRow
	}
	a = a[from*aRow+t.kFrom*aCol:]
	rows, whole := to-from, 0
	if t.packA {
		whole = rows / tileRows * tileRows
		if s.holds != index {
			s.pack(a, aRow, aCol, whole, t.kLen, t.alpha)
			s.holds = index
		}
	}
	if t.alpha != 1 && (whole < rows || t.narrow(t.jLen%tileCols)) {
		a = s.scale(a, aRow, aCol, rows, t.kLen, t.alpha)
		aRow, aCol = t.kLen, 1
	}
	first, end := swath*t.panelCount()/t.swaths, (swath+1)*t.panelCount()/t.swaths
	if t.thin {
		t.thinRows(first, end, from, a, aRow, aCol, rows)
	}
	for panel := first; panel < end && !t.thin; panel++ {
		j := t.jFrom + panel*tileCols
		q := panelProduct[T]{k: t.kLen, bRow: tileCols, cRow: t.c.stride, width: min(tileCols, t.jFrom+t.jLen-j)}
		if t.narrow(q.width) {
			done := rows &^ (narrowRows - 1)
			t.narrowPanel(&q, panel, from, j, a, aRow, aCol, done)
			switch {
			case done == rows:
			case t.repeats():
				last := rows - narrowRows
				t.narrowPanel(&q, panel, from+last, j, a[last*aRow:], aRow, aCol, narrowRows)
			default:
				q.b, q.bRow = t.panel(panel, panel+1, s, false), tileCols
				t.unpacked(&q, from+done, j, a[done*aRow:], aRow, aCol, rows-done)
			}
			continue
		}
		q.pair = active == avx512 && panel+1 < end && j+2*tileCols <= t.jFrom+t.jLen
		packing := t.packsOnTheWay(&q, whole, rows)
		if t.panels != nil || t.packB && !packing {
			q.b, q.bPanel = t.panel(panel, end, s, q.pair), tileCols*t.kLen
			if t.panels != nil {
				q.bPanel = tileCols * t.k
			}
		} else {
			q.b, q.bRow, q.bPanel = &t.b.data[t.kFrom*t.b.stride+j], t.b.stride, tileCols
		}
		if n := t.wideRows(&q, panel, from, j, a, aRow, aCol, rows, end-panel); n > 0 {
			panel += n - 1
			continue
		}
		if q.pair {
			panel++
		}
		done := 0
		if packing {
			q.m, q.a, q.aRow, q.aCol, q.aTile = rows, &a[0], aRow, aCol, tileRows*aRow
			if whole > 0 {
				q.a, q.aRow, q.aCol, q.aTile = &s.packed[0], 1, tileRows, tileRows*t.kLen
			}
			t.place(&q, from, j)
			s.panels, s.end = resize(s.panels, packTogether*tileCols*t.kLen), 0
			done = q.multiplyPacking(&s.panels[0])
			q.b, q.bRow, q.bPanel = &s.panels[0], tileCols, tileCols*t.kLen
		}
		if done < whole {
			q.m, q.a, q.aRow, q.aCol, q.aTile = whole-done, &s.packed[done*t.kLen], 1, tileRows, tileRows*t.kLen
			t.place(&q, from+done, j)
			q.multiply()
			done = whole
		}
		if done < rows {
			t.unpacked(&q, from+done, j, a[done*aRow:], aRow, aCol, rows-done)
		}
	}
	if t.kFrom+t.kLen == t.k {
		t.finishRows(from, to, t.jFrom+first*tileCols, min(t.jFrom+end*tileCols, t.n))
	}
}

// unpacked multiplies rows of A as they lie in memory by a panel; i, j is the first element of c.
func (t *tiledProduct[T]) unpacked(q *panelProduct[T], i, j int, a []T, aRow, aCol, rows int) {
	q.m, q.a, q.aRow, q.aCol, q.aTile = rows, &a[0], aRow, aCol, tileRows*aRow
	t.place(q, i, j)
	q.multiply()
}

// narrowPanel multiplies rows of A, a multiple of narrowRows, by a panel of few columns of B where they are.
func (t *tiledProduct[T]) narrowPanel(q *panelProduct[T], panel, i, j int, a []T, aRow, aCol, rows int) {
	transposed := aCol != 1
	if transposed {
		aRow = aCol
	}
	bRow, bCol := t.b.stride, 1
	if t.transB {
		bRow, bCol = bCol, bRow
	}
	if t.panels != nil {
		bRow, q.b = panelCols[T](), t.panel(panel, panel+1, nil, false)
	} else {
		q.b = &t.b.data[t.kFrom*bRow+j*bCol]
	}
	q.m, q.a, q.aRow, q.bRow = rows, &a[0], aRow, bRow
	t.place(q, i, j)
	q.multiplyNarrow(bCol, transposed)
	q.bRow = panelCols[T]()
}

// wideRows multiplies one or two rows of A by several panels of B at once and returns how many panels it did: none if
// there are more rows or fewer panels, or if only one panel is packed.
func (t *tiledProduct[T]) wideRows(q *panelProduct[T], panel, i, j int, a []T, aRow, aCol, rows, panels int) int {
	if rows > wideMost || t.packB {
		return 0
	}
	n := widePanels(rows)
	if j+n*panelCols[T]() > t.jFrom+t.jLen || n > panels {
		return 0
	}
	q.m, q.a, q.aRow, q.aCol = rows, &a[0], aRow, aCol
	t.place(q, i, j)
	q.multiplyWide()
	return n
}

// wideMost is the most rows that wideRows takes.
const wideMost = 2

// widePanels returns how many panels wideRows takes at once for that many rows.
func widePanels(rows int) int {
	if active == avx512 {
		return [wideMost + 1]int{1: 16, 2: 4}[rows]
	}
	return [wideMost + 1]int{1: 4, 2: 2}[rows]
}

// thinRows multiplies rows of A as they lie in memory by panels first to end-1, as many at once as stay in the
// first-level cache; i is the first row of c.
func (t *tiledProduct[T]) thinRows(first, end, i int, a []T, aRow, aCol, rows int) {
	tileCols := panelCols[T]()
	q := panelProduct[T]{m: rows, k: t.kLen, a: &a[0], aRow: aRow, aCol: aCol, cRow: t.c.stride}
	together := max(1, thinBytes/(panelBytes*t.kLen))
	for ; first < end; first += together {
		j := t.jFrom + first*tileCols
		q.width = min(min(first+together, end)*tileCols, t.jLen) - first*tileCols
		q.b = t.panel(first, end, nil, false)
		t.place(&q, i, j)
		if t.fresh && t.bias == nil {
			q.start = nil
		}
		q.multiplyThin()
	}
}

// place sets where the chains of a panel start and end: i, j is the first element of c.
func (t *tiledProduct[T]) place(q *panelProduct[T], i, j int) { t.product.place(q, i, j, t.kFrom == 0) }
