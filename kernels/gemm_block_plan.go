//go:build amd64 && !purego

package kernels

// blocks is how an implementation cuts small products into tiles of sums that stay in registers.
type blocks struct {
	lanes   int                                 // float32 in a vector
	most    *[2][blockVectors + 1]uint8         // rows of a tile, by its vectors and whether the last one is cut
	choices [blockSide + 1][blockSide + 1]uint8 // vectors of a block, by rows and vectors of C
}

// blockSide is the number of rows, and of vectors, beyond which a choice stays as it is.
const blockSide = 24

var (
	blocksAVX2   = newBlocks(8, &blockRowsAVX2)
	blocksAVX512 = newBlocks(16, &blockRowsAVX512)
)

// newBlocks makes the choices by the model of blockCost.
func newBlocks(lanes int, most *[2][blockVectors + 1]uint8) *blocks {
	b := &blocks{lanes: lanes, most: most}
	for m := 1; m <= blockSide; m++ {
		for vectors := 1; vectors <= blockSide; vectors++ {
			least := 0.0
			for v := 1; v <= min(vectors, blockVectors); v++ {
				if cost := b.cost(m, vectors, v); v == 1 || cost < least {
					least, b.choices[m][vectors] = cost, uint8(v)
				}
			}
		}
	}
	return b
}

// width returns the vectors of a block.
func (b *blocks) width(m, vectors int) int {
	return int(b.choices[min(m, blockSide)][min(vectors, blockSide)])
}

// height returns the rows of a tile. The tiles of m rows are alike.
func (b *blocks) height(m, vectors int, cut bool) int {
	most := int(b.most[0][vectors])
	if cut {
		most = int(b.most[1][vectors])
	}
	if m <= most {
		return m
	}
	return ceilDiv(m, ceilDiv(m, most))
}

// cost is the cycles of a step of k of all tiles. A tile takes two multiply-adds a cycle and reads two vectors or
// numbers, and the next link of a chain waits four cycles for the one before. What comes before and after the steps
// counts as one in eight.
func (b *blocks) cost(m, vectors, most int) float64 {
	const latency, sides = 4, 8
	blocks, cost := ceilDiv(vectors, most), 0.0
	for i := range blocks {
		v := (i+1)*vectors/blocks - i*vectors/blocks
		for left, rows := m, b.height(m, v, true); left > 0; left -= rows {
			r := min(rows, left)
			cycles := max(latency, float64(r*v)/2, float64(r+v)/2)
			cost += cycles + 1 + float64(r*v)/sides
		}
	}
	return cost
}
