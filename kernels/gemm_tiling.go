package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// tiling is how an implementation computes products whose operands need no packing on the way: by blocks of
// columns of B, which is read as it lies or in panels, and by tiles of a block, whose sums stay in registers.
type tiling struct {
	shift int                         // binary logarithm of the float32 in a vector
	most  *[2][blockVectors + 1]uint8 // rows of a tile, by its vectors and whether the last one is cut
	half  *tiling                     // with vectors half as wide, for so few columns; or nil

	narrow64 bool // few columns are computed by vectors along the rows of A in float64 too

	// Choices by rows and vectors of C.
	choices [2][tilingSide + 1][tilingSide + 1]int // vectors of a block of shallow products, and of deep ones
	tiles   [tilingSide + 1][tilingSide + 1]bool   // whether all of it is one tile
	widest  int                                    // vectors of a block with two rows a tile

	// Borders to other ways.
	rows        int  // up to which any B is read as it lies, more than once
	nearBytes   int  // of B, up to which it is read as it lies by any number of rows
	writtenDeep int  // inner dimension up to which a C beyond the first-level cache is written row by row
	writesRows  bool // by the widest blocks; else another route does it
}

// tilingSide is the number of rows, and of vectors, beyond which a choice stays as it is.
const tilingSide = 24

const (
	shallowSteps = 4  // the inner dimension for which shallow products have their choices
	deepSteps    = 64 // the same for deep ones
	leastDeep    = 16 // where deep ones begin

	firstLevelBytes = 1 << 15 // of the first-level cache, at least
	copiedBytes     = 1 << 17 // of a transposed B, beyond which a few panels at a time are packed
	closeBytes      = 1 << 7  // from row to row of B, below which the processor foresees them
	crowdBytes      = 1 << 11 // from row to row, whose multiples find room in few sets of the cache
	fetchedRows     = 8       // rows of B that are fetched ahead of their use
	fetchedDeep     = 32      // inner dimension up to which C is fetched; a tile that takes longer need not

	// Vectors along the rows of A take shuffles, which must pay.
	narrowLeastRows = 2 * narrowRows // below, tiles have as many chains; of one column they never have
	narrowLeastDeep = 4
	narrowWork      = 224  // elements of A
	narrowFewWork   = 384  // the same of fewer rows and more than a column
	narrowTailWork  = 1000 // the same beside whole vectors, which make the tail cheaper

	// A vector of float64 has fewer lanes to leave empty.
	narrowWork64   = 128 // elements of A for each column
	narrowManyRows = 64  // from which on three columns pay
	narrowDeep64   = 128 // inner dimension from which on rows pay that are one tile
)

var (
	tilingAVX2   = newTiling(3, &blockRowsAVX2, nil)
	tilingAVX512 = newTiling(4, &blockRowsAVX512, tilingAVX2)
	tilingNEON   = newTiling(2, &blockRowsNEON, nil)
)

// newTiling makes the choices by the model of cost.
func newTiling(shift int, most *[2][blockVectors + 1]uint8, half *tiling) *tiling {
	t := &tiling{half: half, shift: shift, most: most}
	t.narrow64 = shift > 2 // and such a vector has more than two rows
	t.rows, t.nearBytes, t.writtenDeep = 0, firstLevelBytes/2, 4
	if half != nil {
		t.rows, t.nearBytes, t.writtenDeep, t.writesRows = 24, firstLevelBytes, 8, true
	}
	for v, rows := range most[1] {
		if rows >= 2 {
			t.widest = v
		}
	}
	for m := 1; m <= tilingSide; m++ {
		for vectors := 1; vectors <= tilingSide; vectors++ {
			shallow, deep := t.cheapest(m, vectors, shallowSteps), t.cheapest(m, vectors, deepSteps)
			t.choices[0][m][vectors], t.choices[1][m][vectors] = shallow, deep
			t.tiles[m][vectors] = shallow == vectors && deep == vectors && t.height(m, vectors, true) == m
		}
	}
	return t
}

// cheapest returns the vectors of a block with which a product costs least.
func (t *tiling) cheapest(m, vectors int, k float64) int {
	best, least := 1, t.cost(m, vectors, 1, k)
	for v := 2; v <= min(vectors, blockVectors); v++ {
		if cost := t.cost(m, vectors, v, k); cost < least {
			best, least = v, cost
		}
	}
	return best
}

// cost is the cycles of all tiles of a product in blocks of at most so many vectors. A step of k takes half a
// cycle for each multiply-add of vectors and for each vector or number that it reads, and at least the four
// that a link of a chain waits for the one before. Around the steps there are a cycle for each sum, and the
// rest.
func (t *tiling) cost(m, vectors, most int, k float64) float64 {
	const latency, around = 4, 20
	blocks, cost := ceil.Div(vectors, most), 0.0
	for i := range blocks {
		v := (i+1)*vectors/blocks - i*vectors/blocks
		for left, rows := m, t.height(m, v, true); left > 0; left -= rows {
			r := min(rows, left)
			sums, reads := float64(r*v), float64(r+v)
			cost += k*(max(latency, sums/2, reads/2)+reads/16) + sums + around
		}
	}
	return cost
}

// vectorShift is the binary logarithm of the elements of a vector.
func (t *tiling) vectorShift(size int) int {
	if size == 8 {
		return t.shift - 1
	}
	return t.shift
}

// ceilShift is n / 2^shift, rounded up.
func ceilShift(n, shift int) int { return (n + 1<<(shift&63) - 1) >> (shift & 63) }

// height returns the rows of a tile. The tiles of m rows are alike.
func (t *tiling) height(m, vectors int, cut bool) int {
	most := int(t.most[0][vectors])
	if cut {
		most = int(t.most[1][vectors])
	}
	if m <= most {
		return m
	}
	return ceil.Div(m, ceil.Div(m, most))
}

// tilePlan is how a product in tiles is computed.
type tilePlan struct {
	narrow  int // columns at the end that are computed as narrow ones
	vectors int // of a block of columns
	ahead   int // rows of B that are fetched ahead
	far     int // 1 if C is fetched
}

// plan returns the plan of a product, and whether there is one: whether it is fastest in tiles.
func (t *tiling) plan(
	m, n, k, size, bStride, cStride int, transA, packed bool,
) (p tilePlan, ok bool) {
	shift := t.vectorShift(size)
	tail := n & (1<<(shift&63) - 1)
	if n <= narrowCols {
		tail = n
	}
	if uint(tail-1) < narrowCols && t.isNarrow(m, n, k, size, tail, transA) {
		p.narrow = tail
		if n == tail {
			return p, k <= mostNarrowDepth
		}
	}
	deep := 0
	if k >= leastDeep {
		deep = 1
	}
	p.vectors = t.choices[deep][min(m, tilingSide)][min(ceilShift(n-p.narrow, shift), tilingSide)]
	if size*m*cStride > firstLevelBytes {
		if k <= t.writtenDeep {
			if !t.writesRows {
				return p, false
			}
			p.vectors = t.widest
		}
		if k <= fetchedDeep {
			p.far = 1
		}
	}
	if !packed && size*bStride*k > firstLevelBytes {
		p.ahead = fetchedRows
	}
	switch {
	case t.isNear(n, k, size, bStride):
		return p, true
	case m <= int(t.most[1][2]):
		for int(t.most[1][p.vectors]) < m {
			p.vectors-- // until one tile has all rows, which reads B once
		}
		return p, true
	case !packed && bStride*size%crowdBytes == 0: // the next tile finds nothing of B in the cache
		return p, false
	default:
		return p, m <= t.rows
	}
}

// isNear reports whether so much of B is read as it lies by any number of rows.
func (t *tiling) isNear(n, k, size, bStride int) bool {
	if size*n*k <= t.nearBytes || size*max(n, bStride) < closeBytes {
		return true
	}
	return t.writesRows && k < leastDeep && bStride*size%crowdBytes != 0
}

// isNarrow reports whether the last few columns are computed by vectors along the rows of A. Where a vector
// has no more lanes than they may be, it costs less than shuffles, unless it is cut and the only one.
func (t *tiling) isNarrow(m, n, k, size, tail int, transA bool) bool {
	if size == 8 {
		return t.narrow64 && isNarrow64(m, n, k, tail)
	}
	alone := n == tail
	if 1<<t.shift == narrowCols && !transA && (!alone || tail == narrowCols) {
		return false
	}
	switch {
	case k < narrowLeastDeep:
		return false
	case !alone:
		return (m >= narrowLeastRows || tail == 1 && m >= narrowRows) && m*k >= narrowTailWork
	case tail == 1 || m >= narrowLeastRows:
		return m >= narrowRows && m*k >= narrowWork
	default:
		// A second vector must have rows of its own, the more the more columns it computes twice.
		return (m == narrowRows || m >= 2+3*tail) && m*k >= narrowFewWork && t.shift > 2
	}
}

// isNarrow64 does so in float64, where there are kernels for that.
func isNarrow64(m, n, k, tail int) bool {
	if n > tail {
		return tail == 1 && m >= narrowLeastRows && m*k >= narrowTailWork
	}
	enough := m >= narrowRows && n <= 2 || m >= narrowManyRows || m == narrowRows && k >= narrowDeep64
	return enough && m*k >= narrowWork64*n && n < narrowCols // which are a vector
}
