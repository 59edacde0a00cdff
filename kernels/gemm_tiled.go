//go:build amd64 && !purego

package kernels

import "runtime"

// The tiled product follows Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", 2008): a panel
// of 16 columns of B, packed in the order in which a tile reads it, stays in the first-level cache while the tiles of a
// strip of A pass by, which come packed from the second-level cache. Packing an operand costs a pass over it, so it is
// done only where the operand is read often enough.
const (
	tileRows = 6
	tileCols = 16

	blockDepth = 256  // a panel of that depth takes 16 KB, half of the first-level cache
	blockCols  = 2048 // a packed block of B takes at most 2 MB
	stripTiles = 20   // a strip of A takes at most 120 KB of the second-level cache

	packMinTiles  = 4       // tiles that must pass by a panel of B for packing to pay
	packMinPanels = 8       // panels that must pass by a strip of A for packing to pay
	packMinBytes  = 1 << 14 // a B this small stays in the first-level cache as it is
	parallelWork  = 1 << 19 // multiply-adds that are worth a second core
)

// tiledProduct is a product at work: its current block, and how the pool shares it out.
type tiledProduct struct {
	fork
	product
	kFrom, kLen   int // block of the inner dimension
	jFrom, jLen   int // block of columns
	packing       bool
	panels        []float32 // packed panels of the block
	packB, packA  bool
	strip, strips int // rows of a strip; strips
	swath         int // panels that a chunk works on
}

var tiledProducts = newFreelist[tiledProduct]()

// gemmTiled computes the product block by block; each block continues the chains of the one before it in k.
func gemmTiled(p *product) {
	t := tiledProducts.get()
	t.product = *p
	t.packB = p.transB || p.m >= packMinTiles*tileRows && 4*p.n*p.k > packMinBytes
	t.packA = p.n >= packMinPanels*tileCols && p.m >= tileRows
	cores := 1
	if p.m*p.n*p.k >= parallelWork {
		cores = runtime.GOMAXPROCS(0)
	}
	depths := (p.k + blockDepth - 1) / blockDepth
	depth := (p.k + depths - 1) / depths
	t.share(cores)
	for t.jFrom = 0; t.jFrom < p.n; t.jFrom += blockCols {
		t.jLen = min(blockCols, p.n-t.jFrom)
		for t.kFrom = 0; t.kFrom < p.k; t.kFrom += depth {
			t.kLen = min(depth, p.k-t.kFrom)
			t.block(cores)
		}
	}
	t.product = product{}
	tiledProducts.put(t)
}

// share cuts the product into strips of rows, and into swaths of panels where the rows alone would not keep the cores
// busy.
func (t *tiledProduct) share(cores int) {
	tiles := (t.m + tileRows - 1) / tileRows
	perStrip := stripTiles
	if cores > 1 {
		perStrip = min(stripTiles, max(1, tiles/(4*cores)))
	}
	t.strip = perStrip * tileRows
	t.strips = (t.m + t.strip - 1) / t.strip
	t.swath = blockCols / tileCols
	if cores > 1 && t.strips < 2*cores {
		panels := (min(t.n, blockCols) + tileCols - 1) / tileCols
		t.swath = max(1, panels*t.strips/(4*cores))
	}
}

func (t *tiledProduct) block(cores int) {
	panels := t.blockPanels()
	if t.packB || t.jLen%tileCols != 0 {
		if need := panels * tileCols * t.kLen; cap(t.panels) < need {
			t.panels = make([]float32, need)
		} else {
			t.panels = t.panels[:need]
		}
		t.packing = true
		t.spread(cores, panels)
	}
	t.packing = false
	t.spread(cores, t.strips*((panels+t.swath-1)/t.swath))
}

// blockPanels is the number of panels of the block.
func (t *tiledProduct) blockPanels() int { return (t.jLen + tileCols - 1) / tileCols }

// spread runs the chunks, on one core without the pool.
func (t *tiledProduct) spread(cores, chunks int) {
	if cores > 1 {
		t.run(t, chunks)
		return
	}
	for i := range chunks {
		t.chunk(i)
	}
}

func (t *tiledProduct) chunk(i int) {
	if t.packing {
		t.packPanel(i)
		return
	}
	row := i % t.strips * t.strip
	panel := i / t.strips * t.swath
	t.tiles(row, min(row+t.strip, t.m), panel, min(panel+t.swath, t.blockPanels()))
}

// packPanel copies a panel of op(B): 16 elements a step of k, columns beyond the last one zero.
func (t *tiledProduct) packPanel(panel int) {
	j := t.jFrom + panel*tileCols
	width := min(tileCols, t.jFrom+t.jLen-j)
	if !t.packB && width == tileCols {
		return
	}
	dst := t.panels[panel*tileCols*t.kLen:][:tileCols*t.kLen]
	if width < tileCols {
		clear(dst)
	}
	switch {
	case t.transB:
		packTransposed(dst, t.b.Data[j*t.b.Stride+t.kFrom:], t.b.Stride, width, t.kLen)
	case width == tileCols:
		copy16(&dst[0], &t.b.Data[t.kFrom*t.b.Stride+j], t.b.Stride, t.kLen)
	default:
		src := t.b.Data[t.kFrom*t.b.Stride+j:]
		for p := range t.kLen {
			copy(dst[p*tileCols:], src[p*t.b.Stride:][:width])
		}
	}
}

// packTransposed sets dst[p*16+j] = src[j*stride+p] for j < width and p < k.
func packTransposed(dst, src []float32, stride, width, k int) {
	j := 0
	whole := k &^ 7
	for ; j+8 <= width; j += 8 {
		if whole > 0 {
			transpose8(&dst[j], tileCols, &src[j*stride], stride, whole)
		}
		for i := j; i < j+8; i++ {
			for p := whole; p < k; p++ {
				dst[p*tileCols+i] = src[i*stride+p]
			}
		}
	}
	for ; j < width; j++ {
		for p, x := range src[j*stride:][:k] {
			dst[p*tileCols+j] = x
		}
	}
}

// strip is memory for rows of A.
type strip struct{ packed, scaled []float32 }

var strips = newFreelist[strip]()

// tiles computes rows from to to-1 of the panels from panel to end-1.
func (t *tiledProduct) tiles(from, to, panel, end int) {
	a, aRow, aCol := t.a.Data, t.a.Stride, 1
	if t.transA {
		aRow, aCol = aCol, aRow
	}
	a = a[from*aRow+t.kFrom*aCol:]
	rows, whole := to-from, 0
	s := strips.get()
	if t.alpha != 1 {
		a = s.scale(a, aRow, aCol, rows, t.kLen, t.alpha)
		aRow, aCol = t.kLen, 1
	}
	if t.packA {
		whole = rows / tileRows * tileRows
		s.pack(a, aRow, aCol, whole, t.kLen)
	}
	for ; panel < end; panel++ {
		j := t.jFrom + panel*tileCols
		width := min(tileCols, t.jFrom+t.jLen-j)
		q := panelProduct{k: t.kLen, bRow: tileCols, cRow: t.c.Stride, width: width}
		if t.packB || width < tileCols {
			q.b = &t.panels[panel*tileCols*t.kLen]
		} else {
			q.b, q.bRow = &t.b.Data[t.kFrom*t.b.Stride+j], t.b.Stride
		}
		if whole > 0 {
			q.m, q.a, q.aRow, q.aCol, q.aTile = whole, &s.packed[0], 1, tileRows, tileRows*t.kLen
			t.from(&q, from, j)
			q.multiply()
		}
		if whole < rows {
			q.m, q.a, q.aRow, q.aCol, q.aTile = rows-whole, &a[whole*aRow], aRow, aCol, tileRows*aRow
			t.from(&q, from+whole, j)
			q.multiply()
		}
	}
	strips.put(s)
}

// zeros is where fresh chains start.
var zeros [tileCols]float32

// from sets where the chains of a panel from row i, column j on start and end.
func (t *tiledProduct) from(q *panelProduct, i, j int) {
	q.c = &t.c.Data[i*t.c.Stride+j]
	q.start, q.startRow = q.c, q.cRow
	if t.fresh && t.kFrom == 0 {
		q.start, q.startRow = &zeros[0], 0
	}
}

// pack copies whole tiles of a: six elements a step of k.
func (s *strip) pack(a []float32, aRow, aCol, rows, k int) {
	const slack = 2 // transpose6 writes eight elements where six belong
	if need := rows*k + slack; cap(s.packed) < need {
		s.packed = make([]float32, need)
	} else {
		s.packed = s.packed[:need]
	}
	for i := 0; i < rows; i += tileRows {
		dst, src := s.packed[i*k:], a[i*aRow:]
		if aRow == 1 {
			copy6(&dst[0], &src[0], aCol, k)
			continue
		}
		whole := k &^ 7
		if whole > 0 {
			transpose6(&dst[0], tileRows, &src[0], aRow, whole)
		}
		for p := whole; p < k; p++ {
			for r := range tileRows {
				dst[p*tileRows+r] = src[r*aRow+p]
			}
		}
	}
}

// scale returns rows by k elements of alpha*a, row by row.
func (s *strip) scale(a []float32, aRow, aCol, rows, k int, alpha float32) []float32 {
	if cap(s.scaled) < rows*k {
		s.scaled = make([]float32, rows*k)
	}
	s.scaled = s.scaled[:rows*k]
	for i := range rows {
		for p := range k {
			s.scaled[i*k+p] = alpha * a[i*aRow+p*aCol]
		}
	}
	return s.scaled
}
