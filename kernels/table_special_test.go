package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// specials are numbers for which operations have rules of their own, in sets: in a small one, what meets
// another number is often the same or its negative.
var specials = func() [][]float32 {
	inf, nan, zero := float32(math.Inf(1)), float32(math.NaN()), float32(0)
	return [][]float32{
		{zero, -1 / inf},
		{zero, -1 / inf, 1, -1, nan},
		{inf, -inf, 1, zero},
		{1e-45, -1e-45, 1e-38, -1e-38, 0x1p-126, zero},
		{math.MaxFloat32, -math.MaxFloat32, 0x1p-75, 3, -1},
		{zero, -1 / inf, 1, -1, inf, -inf, nan, 1e-45, -1e-39, math.MaxFloat32, -math.MaxFloat32,
			0x1p-126, 88.8, -104},
	}
}()

// specials64 are those of float64.
var specials64 = func() [][]float64 {
	inf, nan, zero := math.Inf(1), math.NaN(), 0.0
	return [][]float64{
		{zero, -1 / inf},
		{zero, -1 / inf, 1, -1, nan},
		{inf, -inf, 1, zero},
		{5e-324, -5e-324, 1e-308, -1e-308, 0x1p-1022, zero},
		{math.MaxFloat64, -math.MaxFloat64, 0x1p-537, 3, -1},
		{zero, -1 / inf, 1, -1, inf, -inf, nan, 5e-324, -1e-310, math.MaxFloat64, -math.MaxFloat64,
			0x1p-1022, 709.8, -745.2},
	}
}()

func specialsOf[T float]() [][]T {
	if sets, ok := any(specials).([][]T); ok {
		return sets
	}
	return any(specials64).([][]T)
}

// testSpecial compares an implementation with the definition where all numbers are special, also those that a
// call has only one of.
func (r rowOf[T]) testSpecial(t *testing.T, fast string) {
	const times = 20
	s := callShape{rows: 4, cols: 19, pads: []int{1}, at: 5}
	if !r.onMatrices() {
		s = callShape{rows: 1, cols: 45, at: 5}
	}
	random := rand.New(rand.NewPCG(11, 12))
	for i, set := range specialsOf[T]() {
		any := func(random *rand.Rand, n int) []T {
			x := make([]T, n)
			for j := range x {
				x[j] = set[random.IntN(len(set))]
			}
			return x
		}
		for range times {
			inputs, scalars := r.inputs(random, s, any), any(random, r.scalars())
			compare(t, fast, fmt.Sprintf("set %d, scalars %v", i, scalars), inputs, func(x [][]T) {
				r.run(r.on(x, s, scalars))
			})
		}
	}
}
