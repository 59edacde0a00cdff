package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// shape is all of a product that its plan depends on.
type shape struct {
	m, n, k          int
	transA, transB   bool
	size             int // bytes of an element
	aStride, bStride int // from row to row, in elements
	cStride          int
	scaled           bool // alpha is not 1
	fresh            bool // C is not read
	bias             bool // the chains start at a bias
	follows          bool // something follows the product
	packed           bool // B comes in panels
	cores            int  // that may work on it
}

// route is a way of computing a product.
type route uint8

const (
	tilesRoute   route = iota // small, in tiles, with B as it lies or in panels
	directRoute               // panel by panel, with all operands as they are
	flippedRoute              // one row times a transposed matrix, as that matrix times a column
	swappedRoute              // as the transpose of op(B)^T * op(A)^T
	thinRoute                 // a short inner dimension: C row by row
	narrowRoute               // few columns: vectors along the rows of A
	panelRoute                // strips of A by panels of B, packed or not
)

// plan is how a product is computed. Its result does not depend on it.
type plan struct {
	route        route
	cores        int
	depth        int  // of a block of the inner dimension
	cols         int  // of a block of columns: whole panels; of a core's part, in tiles
	rows         int  // of a core's part, in tiles
	packA, packB bool // copied to where the kernels read them in order
	narrowTail   bool // the columns beyond the last whole panel are computed as narrow ones
	tiling       *tiling
	tiles        tilePlan
}

// choose makes an empty p the plan of a product of that shape. It depends on nothing else.
func (p *plan) choose(s *shape, b *blocking) {
	p.cores, p.cols = s.cores, b.panels*s.panelCols()
	if s.flips(b) {
		p.route = flippedRoute
		return
	}
	if s.inTiles(p, b) {
		return
	}
	thin, narrow := s.isThin(b), s.isNarrow(b, s.n)
	tail := s.n & (s.panelCols() - 1)
	p.narrowTail = tail > 0 && s.isNarrow(b, tail)
	p.depth = s.k
	most := b.depth
	if narrow {
		most = b.narrowDepth
	}
	if s.k > most {
		p.depth = ceil.Div(s.k, ceil.Div(s.k, most))
	}
	p.packB = s.packsB(b, thin, narrow)
	p.packA = !thin && s.packsA(b, p.depth)
	switch {
	case s.cores == 1 && !thin && !p.packA && !p.packB && !p.narrowTail && s.isDirect(b):
		p.route = directRoute
	case s.swaps(b): // and the other product has its own plan
		p.route, p.packA, p.packB = swappedRoute, false, false
	case thin:
		p.route = thinRoute
	case narrow:
		p.route = narrowRoute
	default:
		p.route = panelRoute
	}
}

// inTiles makes p the plan of a product in tiles, if that is fastest.
func (s *shape) inTiles(p *plan, b *blocking) (ok bool) {
	if s.transB && s.size*s.n*s.k > copiedBytes {
		return false
	}
	p.tiling = b.tiling
	if b.tiling.half != nil && s.n*s.size <= panelBytes/2 {
		p.tiling = b.tiling.half
	}
	p.rows, p.cols = s.m, s.n
	if s.cores > 1 {
		// Each core has some rows and all of a B that is near, or reads some of the columns of another.
		near := p.tiling.isNear(s.n, s.k, s.size, s.bStride)
		switch {
		case near && s.m >= s.cores*tileRows:
			p.rows = ceil.Div(ceil.Div(s.m, s.cores), narrowRows) * narrowRows
		case !near && s.n >= s.cores*s.panelCols():
			p.cols = ceil.Div(ceil.Div(s.n, s.panelCols()), s.cores) * s.panelCols()
		default:
			p.cores = 1
		}
	}
	panels := s.packed || s.transB
	p.tiles, ok = p.tiling.plan(p.rows, p.cols, s.k, s.size, s.bStride, s.cStride, s.transA, panels)
	if ok {
		p.route = tilesRoute
		return true
	}
	p.cores, p.cols = s.cores, b.panels*s.panelCols()
	return false
}

// panelCols is the number of columns of a panel.
func (s *shape) panelCols() int {
	if s.size == 4 {
		return panelBytes / 4
	}
	return panelBytes / 8
}

// work is the number of multiply-adds.
func (s *shape) work() int { return s.m * s.n * s.k }

// flips reports whether the product is one row times a transposed matrix, and nothing more.
func (s *shape) flips(b *blocking) bool {
	return s.m == 1 && s.transB && s.narrows(b) && s.n >= narrowRows && !s.scaled && !s.bias && !s.follows
}

// isThin reports whether C is written row by row.
func (s *shape) isThin(b *blocking) bool {
	return s.k <= b.thinDepthWays && s.m >= b.thinRows && s.n >= b.thinPanels*s.panelCols() &&
		(s.k <= b.thinDepth || s.crowds(b))
}

// isNarrow reports whether so many columns are computed by vectors along the rows of A.
func (s *shape) isNarrow(b *blocking, cols int) bool {
	return cols <= narrowCols && s.narrows(b) && s.m >= narrowRows
}

// narrows reports whether there are kernels for that.
func (s *shape) narrows(b *blocking) bool { return s.size == 4 || b.tiling.narrow64 }

// crowds reports whether the rows of C are so far apart that a column of them finds room in few sets of the
// first-level cache only.
func (s *shape) crowds(b *blocking) bool { return s.cStride*s.size%crowdBytes == 0 }

// rowsCrowd reports whether the rows of A are whole pages apart, so that a column of them finds room in one
// set of the first-level cache only.
func (s *shape) rowsCrowd() bool { return !s.transA && s.aStride*s.size%pageBytes == 0 }

// packsB reports whether B is packed.
func (s *shape) packsB(b *blocking, thin, narrow bool) bool {
	return !s.packed && !narrow &&
		(s.transB || thin || s.m >= b.packTiles*tileRows && s.size*s.n*s.k > b.packBytes)
}

// packsA reports whether A, of a product that is not thin, is packed, blocks of depth columns at a time.
func (s *shape) packsA(b *blocking, depth int) bool {
	panels, least := b.packPanels, b.packDepth
	if s.transA {
		panels, least = b.packPanelsTrans, b.packDepthTrans
	}
	return s.n >= panels*s.panelCols() && s.m >= tileRows && depth >= least && !s.leavesA(b, depth)
}

// leavesA reports whether A stays as it is, whatever its size: if a tile reads its rows, or their pieces, at
// no loss.
func (s *shape) leavesA(b *blocking, depth int) bool {
	switch {
	case !b.readsRows || s.scaled:
		return false
	case s.transA:
		return depth*s.aStride*s.size <= b.farBytes || s.n < b.farPanels*s.panelCols()
	default:
		return !s.rowsCrowd() || b.cacheWays >= 2*tileRows
	}
}

// isDirect reports whether the product, of which nothing is packed, is so small that what goes on around the
// kernels would take longer than they.
func (s *shape) isDirect(b *blocking) bool {
	return !s.scaled && s.k <= b.depth && s.size*s.m*s.k <= s.stripBytes(b, s.m)
}

// swaps reports whether the product is faster as the transpose of another: if A and C, which are transposed
// for it, are small next to B. The rows of a transposed B are then those of the left operand, which need not
// be packed.
func (s *shape) swaps(b *blocking) bool {
	return b.swapBytes > 0 && s.transB && s.size == 4 && !s.scaled && s.fresh && !s.bias &&
		s.m >= 2*s.panelCols() && 2*s.m*(s.n+s.k) <= s.n*s.k && s.size*s.n*s.k >= b.swapBytes
}

// stripBytes is what a strip of so many rows of A may take of the second-level cache.
func (s *shape) stripBytes(b *blocking, rows int) int {
	if all := s.size * rows * min(s.k, b.depth); all <= b.wholeBytes && !s.rowsCrowd() {
		return max(all, b.stripBytes)
	}
	return b.stripBytes
}
