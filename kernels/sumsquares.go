package kernels

import "github.com/seed964deb49/langevin/internal/ceil"

// SumSquares returns the sum of the squares of x in float64, such as the square of a gradient's norm. The sum
// neither overflows nor loses small elements.
//
// It takes x in blocks of 8192 elements. In a block, lane l = 0..15 adds up the squares of elements l, l+16,
// l+32 and so on. The squares are exact. Then lanes l and l+8 are added, then l and l+4 of those sums, and of
// those (0+2) + (1+3). The blocks' sums are added in order. The sum of n squares is off by at most
// (516 + n/8192) 2^-53 of itself.
func SumSquares(x []float32) float64 {
	if len(x) == 0 {
		return 0
	}
	blocks := ceil.Div(len(x), sweepChunk)
	s := squareSums.get()
	s.x, s.blocks = x, resize(s.blocks, blocks)
	if len(x) <= sweepSerial {
		for i := range blocks {
			s.chunk(i, 0)
		}
	} else {
		s.run(s, blocks, Cores())
	}
	sum := 0.0
	for _, b := range s.blocks {
		sum += b
	}
	s.x = nil
	squareSums.put(s, sliceBytes(s.blocks))
	return sum
}

// squareSum is one call of SumSquares.
type squareSum struct {
	fork
	x      []float32
	blocks []float64
}

var squareSums = newFreelist[squareSum]()

func (s *squareSum) chunk(i, _ int) {
	s.blocks[i] = sumSquares(s.x[i*sweepChunk : min((i+1)*sweepChunk, len(s.x))])
}
