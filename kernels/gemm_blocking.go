package kernels

// The kernels of all implementations compute tiles of the same sizes, and the definition packs in the same
// panels.
const (
	tileRows   = 6       // rows of A in a tile, and in a packed one
	panelBytes = 64      // of a row of a packed panel of B: a cache line
	pageBytes  = 1 << 12 // of memory, at least

	narrowCols = 4 // columns up to which vectors along the rows of A are faster than along those of B
	narrowRows = 8 // rows that such a vector takes
)

// mostNarrowDepth is that of a block of the inner dimension where B is narrow, and a block of it takes
// little.
const mostNarrowDepth = 4096

// blocking is what the plan of a product knows of an implementation and its machine: what the kernels take at
// once, how much the caches hold, and from where on a way of computing pays. Packing an operand costs a pass
// over it, so it is done only where the operand is read often enough, and cannot be read as fast as it is.
// Work is in multiply-adds.
type blocking struct {
	// Kernels.
	pairs bool // two whole panels at once, by twice tileRows rows

	tiling *tiling // of products that need no packing

	// Blocks of the packed product.
	depth       int // of the inner dimension, so that a panel takes half of the first-level cache or so
	panels      int // of B, so that a block of them stays in the caches beyond the first
	narrowDepth int // of the inner dimension where B is narrow, and a block of it takes little

	// Strips of A, which stay in the second-level cache while the panels of B pass by.
	stripBytes  int // that a strip takes
	wholeBytes  int // up to which all rows are one strip, unless they crowd; 0 is never
	cacheWays   int // lines a page apart that the first-level cache holds; not positive if unknown
	shallowLen  int // inner dimension up to which strips are short where columns of C crowd
	shallowRows int // which are all that such a strip has

	// Packing of B.
	packTiles int // tiles of rows from which on packing pays
	packBytes int // B of at most so many stays in the first-level cache as it is

	// Packing of A. Transposed, A gains earlier, since of a cache line a tile takes only six numbers that lie
	// side by side.
	packPanels      int  // panels of B from which on packing pays
	packPanelsTrans int  // the same for a transposed A
	packDepth       int  // of a block, from which on it pays; below, the rows of A lie close together anyway
	packDepthTrans  int  // the same for a transposed A; below, a tile has too few elements to copy in vectors
	readsRows       bool // the tiles lose nothing by A as it is, unless its rows share a set of the cache
	farBytes        int  // of a transposed A, beyond which a tile has more pages than a processor has at hand
	farPanels       int  // panels of B from which on such a tile is worth packing

	// Thin products, whose C is written row by row.
	thinPanels    int // of B, from which on a row of C is long enough
	thinRows      int // of C, from which on it is worth packing B
	thinDepth     int // inner dimension up to which C is written so
	thinDepthWays int // the same where a column of C crowds
	thinBytes     int // of B at a time, which are read once a row

	// The product as the transpose of another one.
	swapBytes int // of B, from which on it comes from beyond the second-level cache; 0 is never

	// Sharing among cores.
	sharingWork int // from which on sharing with a core that is awake pays
	wakingWork  int // from which on waking one pays
	spareWork   int // of a core, from which on its part is cut once more
}

// commonBlocking has what the implementations have in common.
func commonBlocking() blocking {
	return blocking{
		depth:       384, // a panel takes 24 KB
		panels:      128, // a block takes at most 3 MB
		narrowDepth: mostNarrowDepth,

		stripBytes:  1 << 18,
		shallowLen:  16,
		shallowRows: 24,

		packTiles:       4,
		packBytes:       1 << 14,
		packPanels:      12,
		packPanelsTrans: 4,
		packDepth:       128,
		packDepthTrans:  8,

		thinPanels:    4,
		thinRows:      8,
		thinDepth:     4,
		thinDepthWays: 8,
		thinBytes:     1 << 14,

		sharingWork: 1 << 17,
		wakingWork:  1 << 19,
		spareWork:   1 << 22,
	}
}
