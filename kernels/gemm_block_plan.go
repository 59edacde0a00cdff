package kernels

// tiling is how an implementation computes products with B as it lies, or in panels, in tiles whose sums stay in
// registers, without packing anything.
type tiling struct {
	shift   int                                    // binary logarithm of the float32 in a vector
	most    *[2][blockVectors + 1]uint8            // rows of a tile, by its vectors and whether the last one is cut
	half    *tiling                                // with vectors half as wide, for so few columns; or nil
	choices [2][tilingSide + 1][tilingSide + 1]int // vectors of a block of columns, by rows and vectors of C; deep or shallow
	tiles   [tilingSide + 1][tilingSide + 1]bool   // of that size make a block of their own
	widest  int                                    // vectors of a block with two rows a tile

	rows        int  // up to which any B is read as it lies
	nearBytes   int  // of B, up to which it is read as it lies by any number of rows
	writtenDeep int  // inner dimension up to which a C beyond the first-level cache is written row by row
	writesRows  bool // by the widest blocks; else another route does
}

// tilingSide is the number of rows, and of vectors, beyond which a choice stays as it is.
const tilingSide = 24

const (
	shallowSteps = 4  // an inner dimension for which choices are made
	deepSteps    = 64 // another one
	leastDeep    = 16 // from which on it counts as deep

	firstLevelBytes = 1 << 15        // of the first-level cache, at least
	fetchedRows     = 8              // of B that are fetched ahead of their use
	fetchedDeep     = 32             // inner dimension up to which C is fetched: then a tile is done too soon to do without
	leastNarrow     = 2 * narrowRows // rows from which on vectors of them have as many chains as tiles; of one column, they do with less
	narrowDeep      = 4              // inner dimension from which on shuffling pays
	narrowWork      = 224            // elements of A from which on it does
	narrowTailWork  = 1000           // the same for the columns that are left beside whole vectors
)

var (
	tilingAVX2   = newTiling(3, &blockRowsAVX2, nil)
	tilingAVX512 = newTiling(4, &blockRowsAVX512, tilingAVX2)
)

// newTiling makes the choices by the model of cost.
func newTiling(shift int, most *[2][blockVectors + 1]uint8, half *tiling) *tiling {
	t := &tiling{half: half, shift: shift, most: most, rows: 16, nearBytes: firstLevelBytes / 2, writtenDeep: 4}
	if shift == 4 {
		t.rows, t.nearBytes, t.writtenDeep, t.writesRows = 24, firstLevelBytes, 8, true
	}
	for v, rows := range most[1] {
		if rows >= 2 {
			t.widest = v
		}
	}
	for m := 1; m <= tilingSide; m++ {
		for vectors := 1; vectors <= tilingSide; vectors++ {
			for i, k := range []float64{shallowSteps, deepSteps} {
				least := 0.0
				for v := 1; v <= min(vectors, blockVectors); v++ {
					if cost := t.cost(m, vectors, v, k); v == 1 || cost < least {
						least, t.choices[i][m][vectors] = cost, v
					}
				}
			}
			t.tiles[m][vectors] = t.choices[0][m][vectors] == vectors && t.choices[1][m][vectors] == vectors &&
				t.height(m, vectors, true) == m
		}
	}
	return t
}

// isTile reports whether a matrix of so many rows and vectors is one tile, and fastest as one.
func (t *tiling) isTile(m, vectors int) bool {
	return m <= tilingSide && vectors <= tilingSide && t.tiles[m][vectors]
}

// cost is the cycles of all tiles with an inner dimension of k. In a step a tile takes two multiply-adds a cycle and reads
// two vectors or numbers, and the next link of a chain waits four cycles for the one before. Around the steps there are a
// cycle for each sum, and the rest.
func (t *tiling) cost(m, vectors, most int, k float64) float64 {
	const latency, around = 4, 20
	blocks, cost := ceilDiv(vectors, most), 0.0
	for i := range blocks {
		v := (i+1)*vectors/blocks - i*vectors/blocks
		for left, rows := m, t.height(m, v, true); left > 0; left -= rows {
			sums := float64(min(rows, left) * v)
			cost += k*max(latency, sums/2, float64(min(rows, left)+v)/2) + sums + around
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
	return ceilDiv(m, ceilDiv(m, most))
}

// tilePlan is how a product in tiles is computed.
type tilePlan struct {
	narrow  int // columns at the end that are computed as narrow ones
	vectors int // of a block of columns
	ahead   int // rows of B that are fetched ahead
	far     int // 1 if C is fetched
}

// plan returns the plan of a product, and whether there is one: whether it is fastest in tiles.
func (t *tiling) plan(m, n, k, size, bStride, cStride int, packed bool) (p tilePlan, ok bool) {
	shift := t.vectorShift(size)
	tail := n & (1<<(shift&63) - 1)
	if size == 4 && tail-1 < narrowCols && tail > 0 && (m >= leastNarrow || tail == 1 && m >= narrowRows) && k >= narrowDeep {
		if least := narrowTailWork; n == tail && m*k >= narrowWork || m*k >= least {
			p.narrow = tail
			if n == tail {
				return p, k <= mostNarrowDepth
			}
		}
	}
	far := size*m*cStride > firstLevelBytes
	deep := 0
	if k >= leastDeep {
		deep = 1
	}
	p.vectors = t.choices[deep][min(m, tilingSide)][min(ceilShift(n-p.narrow, shift), tilingSide)]
	if far && k <= t.writtenDeep {
		if !t.writesRows {
			return p, false
		}
		p.vectors = t.widest
	}
	if far && k <= fetchedDeep {
		p.far = 1
	}
	if !packed && size*bStride*k > firstLevelBytes {
		p.ahead = fetchedRows
	}
	return p, m <= t.rows || size*n*k <= t.nearBytes
}
