package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// FuzzKernels looks for any input on which an implementation differs from the definition, in all rows of the
// table.
func FuzzKernels(f *testing.F) {
	f.Add(uint64(1), uint16(100), uint16(3), uint64(5), uint32(0x3f800000))
	f.Fuzz(func(t *testing.T, seed uint64, n, rows uint16, at uint64, bits uint32) {
		random := rand.New(rand.NewPCG(seed, 0))
		any := func(r *rand.Rand, n int) []float32 {
			x := make([]float32, n)
			for i := range x {
				x[i] = anyFloat(r, bits)
			}
			return x
		}
		for _, r := range table() {
			s := callShape{rows: 1, cols: int(n) % 3000, at: at & (1<<63 - 1)}
			if r.onMatrices() {
				pads := []int{int(seed % 5), int(seed % 3)}
				s = callShape{rows: int(rows) % 20, cols: int(n) % 1500, pads: pads, at: s.at}
			}
			inputs, scalars := r.inputs(random, s, any), any(random, r.scalars())
			for _, fast := range available {
				compare(t, string(fast), r.name, inputs, func(x [][]float32) { r.run(r.on(x, s, scalars)) })
			}
		}
	})
}

// anyFloat returns a float of any bit pattern, or one near those given.
func anyFloat(r *rand.Rand, bits uint32) float32 {
	if r.IntN(2) == 0 {
		bits = r.Uint32()
	}
	return math.Float32frombits(bits ^ r.Uint32()&0xff)
}
