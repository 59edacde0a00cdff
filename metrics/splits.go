package metrics

import (
	"fmt"
	"math/bits"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// splits are divisions of pooled points into a first set and a second. Number 0 is the one that is there, with the first
// points in the first set; the others are random ones of the same sizes.
type splits struct {
	first, second int      // sizes of the sets
	inFirst       [][]bool // of each division, whether a point is in the first set
}

// newSplits returns the division that is there and as many random ones, which follow from seed. With strata, points
// change places only with those of the same stratum.
func newSplits(first, second, random int, strata []int, seed uint64) splits {
	s := splits{first, second, make([][]bool, random+1)}
	n := first + second
	var members [][]int
	if strata == nil {
		members = [][]int{make([]int, n)}
		for i := range n {
			members[0][i] = i
		}
	} else {
		for i, k := range strata {
			for k >= len(members) {
				members = append(members, nil)
			}
			members[k] = append(members[k], i)
		}
	}
	kernels.Parallel(random+1, 1, func(_, number, _ int) {
		in := make([]bool, n)
		for i := range first {
			in[i] = true
		}
		if number > 0 {
			at := uint64(0)
			for _, points := range members {
				shuffle(seed, streams.Splits+uint64(number), at, len(points), func(i, k int) {
					in[points[i]], in[points[k]] = in[points[k]], in[points[i]]
				})
				at += uint64(len(points))
			}
		}
		s.inFirst[number] = in
	})
	return s
}

// shuffle puts n elements in a random order by Fisher and Yates' exchanges, which follow from seed, stream and at, the
// number of the first random word. A word of 64 bits chooses among n places, uneven by n/2^64 at most.
func shuffle(seed, stream, at uint64, n int, swap func(i, k int)) {
	key := [2]uint32{uint32(seed), uint32(seed >> 32)}
	for i := n - 1; i > 0; i-- {
		block := at + uint64(i)
		w := kernels.Philox4x32(key, [4]uint32{uint32(block), uint32(block >> 32), uint32(stream), uint32(stream >> 32)})
		k, _ := bits.Mul64(uint64(w[0])|uint64(w[1])<<32, uint64(i+1))
		swap(i, int(k))
	}
}

// Order returns the numbers 0 to n-1 in a random order, which follows from seed.
func Order(n int, seed uint64) []int {
	if n < 0 {
		panic(fmt.Sprintf("metrics: Order: %d elements", n))
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	shuffle(seed, streams.Order, 0, n, func(i, k int) { order[i], order[k] = order[k], order[i] })
	return order
}
