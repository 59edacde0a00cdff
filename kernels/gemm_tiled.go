//go:build amd64 && !purego

package kernels

import "runtime"

// The tiled product follows Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", 2008): a block
// of B is packed into panels of 16 columns that lie in the order in which a tile reads them; a panel stays in the
// first-level cache while the tiles of a strip of A pass by. Rows of A are read where they are.
const (
	tileRows = 6
	tileCols = 16

	blockDepth = 256  // a panel of that depth takes 16 KB, half of the first-level cache
	blockCols  = 2048 // a packed block of B takes at most 2 MB
	stripTiles = 20   // a strip of A takes at most 120 KB of the second-level cache

	packMinRows   = 24      // with fewer rows, packing B costs more than reading it in place
	parallelFlops = 1 << 17 // multiply-adds that are worth a second core
)

// tiledProduct is a product at work: its current block, and how the pool shares it out.
type tiledProduct struct {
	fork
	product
	kFrom, kLen    int // block of the inner dimension
	jFrom, jLen    int // block of columns
	packing        bool
	panels         []float32 // packed panels of the block
	packAll        bool      // all of them, or only the last one, if it is narrow
	strip, stripes int       // rows of a strip; strips
	swath          int       // panels that a chunk works on
	fresh          bool      // the block's chains start at zero
}

var tiledProducts = newFreelist[tiledProduct]()

// gemmTiled computes the product block by block; each block continues the chains of the one before it in k.
func gemmTiled(p *product) {
	t := tiledProducts.get()
	t.product = *p
	t.packAll = p.transB || p.m >= packMinRows
	cores := 1
	if p.m*p.n*p.k >= parallelFlops {
		cores = runtime.GOMAXPROCS(0)
	}
	depths := (p.k + blockDepth - 1) / blockDepth
	depth := (p.k + depths - 1) / depths
	t.share(cores)
	for t.jFrom = 0; t.jFrom < p.n; t.jFrom += blockCols {
		t.jLen = min(blockCols, p.n-t.jFrom)
		for t.kFrom = 0; t.kFrom < p.k; t.kFrom += depth {
			t.kLen = min(depth, p.k-t.kFrom)
			t.fresh = p.fresh && t.kFrom == 0
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
	t.stripes = (t.m + t.strip - 1) / t.strip
	t.swath = blockCols / tileCols
	if cores > 1 && t.stripes < 2*cores {
		panels := (min(t.n, blockCols) + tileCols - 1) / tileCols
		t.swath = max(1, panels*t.stripes/(4*cores))
	}
}

func (t *tiledProduct) block(cores int) {
	panels := (t.jLen + tileCols - 1) / tileCols
	if t.packAll || t.jLen%tileCols != 0 {
		if need := panels * tileCols * t.kLen; cap(t.panels) < need {
			t.panels = make([]float32, need)
		} else {
			t.panels = t.panels[:need]
		}
		t.packing = true
		t.spread(cores, panels)
	}
	t.packing = false
	t.spread(cores, t.stripes*((panels+t.swath-1)/t.swath))
}

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
		t.pack(i)
		return
	}
	row := i % t.stripes * t.strip
	panel := i / t.stripes * t.swath
	t.tiles(row, min(row+t.strip, t.m), panel, min(panel+t.swath, (t.jLen+tileCols-1)/tileCols))
}

// pack copies a panel of op(B): 16 elements a step of k, columns beyond the last one zero.
func (t *tiledProduct) pack(panel int) {
	j := t.jFrom + panel*tileCols
	width := min(tileCols, t.jFrom+t.jLen-j)
	if !t.packAll && width == tileCols {
		return
	}
	dst := t.panels[panel*tileCols*t.kLen:][:tileCols*t.kLen]
	if width < tileCols {
		clear(dst)
	}
	if t.transB {
		packTransposed(dst, t.b.Data[j*t.b.Stride+t.kFrom:], t.b.Stride, width, t.kLen)
		return
	}
	src := t.b.Data[t.kFrom*t.b.Stride+j:]
	for p := range t.kLen {
		if width == tileCols {
			*(*[tileCols]float32)(dst[p*tileCols:]) = [tileCols]float32(src[p*t.b.Stride:])
		} else {
			copy(dst[p*tileCols:], src[p*t.b.Stride:][:width])
		}
	}
}

// packTransposed sets dst[p*16+j] = src[j*stride+p] for j < width and p < k.
func packTransposed(dst, src []float32, stride, width, k int) {
	j := 0
	for ; j+8 <= width; j += 8 {
		whole := k &^ 7
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

// tiles computes rows from to to-1 of the panels from panel to end-1.
func (t *tiledProduct) tiles(from, to, panel, end int) {
	a, aRow, aCol := t.a.Data, t.a.Stride, 1
	if t.transA {
		aRow, aCol = aCol, aRow
	}
	a = a[from*aRow+t.kFrom*aCol:]
	if t.alpha != 1 {
		s := scaledStrips.get()
		defer scaledStrips.put(s)
		a = s.fill(a, aRow, aCol, to-from, t.kLen, t.alpha)
		aRow, aCol = t.kLen, 1
	}
	for ; panel < end; panel++ {
		j := t.jFrom + panel*tileCols
		width := min(tileCols, t.jFrom+t.jLen-j)
		var b *float32
		bRow := tileCols
		if t.packAll || width < tileCols {
			b = &t.panels[panel*tileCols*t.kLen]
		} else {
			b, bRow = &t.b.Data[t.kFrom*t.b.Stride+j], t.b.Stride
		}
		for i := from; i < to; i += tileRows {
			rows := min(tileRows, to-i)
			ai := &a[(i-from)*aRow]
			if width == tileCols {
				tile(rows, t.kLen, ai, aRow, aCol, b, bRow, &t.c.Data[i*t.c.Stride+j], t.c.Stride, t.fresh)
				continue
			}
			var edge [tileRows * tileCols]float32
			if !t.fresh {
				for r := range rows {
					copy(edge[r*tileCols:], t.c.Row(i + r)[j:j+width])
				}
			}
			tile(rows, t.kLen, ai, aRow, aCol, b, bRow, &edge[0], tileCols, t.fresh)
			for r := range rows {
				copy(t.c.Row(i + r)[j:j+width], edge[r*tileCols:])
			}
		}
	}
}

// scaledStrip is a strip of alpha*op(A).
type scaledStrip struct{ data []float32 }

var scaledStrips = newFreelist[scaledStrip]()

// fill copies rows by k elements of a, each multiplied by alpha.
func (s *scaledStrip) fill(a []float32, aRow, aCol, rows, k int, alpha float32) []float32 {
	if cap(s.data) < rows*k {
		s.data = make([]float32, rows*k)
	}
	s.data = s.data[:rows*k]
	for i := range rows {
		for p := range k {
			s.data[i*k+p] = alpha * a[i*aRow+p*aCol]
		}
	}
	return s.data
}
