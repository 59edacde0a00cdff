package dataset

import "github.com/seed964deb49/langevin/kernels"

// words is a sequence of random words: those of the Philox blocks block, block+1, ... of a stream, in order.
type words struct {
	key, stream [2]uint32
	block       uint64
	buffer      [4]uint32
	left        int
}

func (w *words) next() uint32 {
	if w.left == 0 {
		w.buffer = philox(w.key, w.block, w.stream)
		w.block++
		w.left = len(w.buffer)
	}
	w.left--
	return w.buffer[len(w.buffer)-1-w.left]
}

// below returns a uniform integer in 0..n-1, n > 0. The high half of n times a word is uniform once the words are
// rejected that would give some integers one more chance than others (Lemire, "Fast random integer generation in an
// interval", 2019).
func (w *words) below(n uint32) uint32 {
	m := uint64(w.next()) * uint64(n)
	if uint32(m) < n {
		for surplus := -n % n; uint32(m) < surplus; {
			m = uint64(w.next()) * uint64(n)
		}
	}
	return uint32(m >> 32)
}

// philox returns the four words of a block of a stream.
func philox(key [2]uint32, block uint64, stream [2]uint32) [4]uint32 {
	return kernels.Philox4x32(key, [4]uint32{uint32(block), uint32(block >> 32), stream[0], stream[1]})
}

// split returns the low and the high half of v.
func split(v uint64) [2]uint32 { return [2]uint32{uint32(v), uint32(v >> 32)} }

// unit returns (w + 1/2) / 2^32, uniform in (0, 1).
func unit(w uint32) float64 { return float64((float64(w) + 0.5) * 0x1p-32) }

// choice returns an integer in 0..n-1 from one word, each with a probability within 2^-32 of 1/n.
func choice(w uint32, n uint64) int { return int(uint64(w) * n >> 32) }
