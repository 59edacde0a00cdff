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
		s := callShape{rows: int(rows) % 20, cols: int(n), at: at & (1<<63 - 1)}
		s.pads = []int{int(seed % 5), int(seed % 3)}
		fuzzRows(t, table(), random, s, func(r *rand.Rand) float32 { return anyFloat(r, bits) })
		s.at %= lastDraw / 2
		fuzzRows(t, table64(), random, s, func(r *rand.Rand) float64 { return anyFloat64(r, bits) })
	})
}

func fuzzRows[T float](t *testing.T, rows []rowOf[T], random *rand.Rand, given callShape,
	number func(r *rand.Rand) T) {
	any := func(r *rand.Rand, n int) []T {
		x := make([]T, n)
		for i := range x {
			x[i] = number(r)
		}
		return x
	}
	for _, r := range rows {
		s := callShape{rows: 1, cols: given.cols % 3000, at: given.at}
		if r.onMatrices() {
			s = given
			s.cols %= 1500
		}
		inputs, scalars := r.inputs(random, s, any), any(random, r.scalars())
		for _, fast := range available {
			compare(t, string(fast), r.name, inputs, func(x [][]T) { r.run(r.on(x, s, scalars)) })
		}
	}
}

// anyFloat64 returns a float64 of any bit pattern, or one whose upper half is near those given.
func anyFloat64(r *rand.Rand, bits uint32) float64 {
	high := math.Float32bits(anyFloat(r, bits))
	return math.Float64frombits(uint64(high)<<32 | uint64(r.Uint32()))
}

// anyFloat returns a float of any bit pattern, or one near those given.
func anyFloat(r *rand.Rand, bits uint32) float32 {
	if r.IntN(2) == 0 {
		bits = r.Uint32()
	}
	return math.Float32frombits(bits ^ r.Uint32()&0xff)
}

// FuzzProducts looks for any input on which a product differs from the definition, in all functions that
// multiply matrices.
func FuzzProducts(f *testing.F) {
	f.Add(uint64(1), byte(0), uint16(6), uint16(16), uint16(8), uint32(0x3f800000))
	for kind := range productKinds {
		f.Add(uint64(kind), byte(kind), uint16(5), uint16(300), uint16(3), uint32(1))
	}
	f.Fuzz(func(t *testing.T, seed uint64, kind byte, m, n, k uint16, bits uint32) {
		r := rand.New(rand.NewPCG(seed, 2))
		number := func(r *rand.Rand, n int) []float32 {
			x := values[float32](r, n)
			for i := range x {
				if r.IntN(1+int(seed%64)) == 0 {
					x[i] = anyFloat(r, bits)
				}
			}
			return x
		}
		sides := [3]int{int(m) % 400, int(n) % 700, int(k) % 700}
		for sides[0]*sides[1]*sides[2] > 1<<19 {
			sides = [3]int{sides[0] / 2, sides[1] / 2, sides[2] / 2}
		}
		name := productKinds[int(kind)%len(productKinds)]
		for _, fast := range available {
			checkProduct(t, string(fast), name, rand.New(rand.NewPCG(r.Uint64(), 3)), sides, number)
		}
	})
}
