package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// starts returns first indices of n elements. Some are random, some are followed by an overflow of the lower
// or upper half of an index or of the block counter, and one is the very last.
func starts(r *rand.Rand, n int) []uint64 {
	last := math.MaxUint64 - uint64(n-1)
	all := []uint64{0, 3, 1<<32 - 1, 1<<34 - 40, 1<<36 - 7, 1<<63 - 9, last}
	for range 2 {
		before := r.Uint64N(uint64(n))
		all = append(all, r.Uint64()%last,
			(1+r.Uint64N(1<<32-1))<<32-before, (1+r.Uint64N(1<<30-1))<<34-before, last-r.Uint64N(1<<20))
	}
	return all
}

// definedNoise returns normals at to at+n-1 as the definition makes them, one group for each element.
func definedNoise(n Noise, at uint64, length int) []float32 {
	z := make([]float32, length)
	var group [groupSize]float32
	for i := range z {
		e := at + uint64(i)
		noiseGroup(&group, n, e/groupSize)
		z[i] = group[e%groupSize]
	}
	return z
}

// TestNoiseIsAddressed: the normal of an index is the same in every kernel, in whatever range it is drawn, on
// every implementation and any number of cores.
func TestNoiseIsAddressed(t *testing.T) {
	const drift, diffusion = -0.25, 0.7
	kernels := []struct {
		name string
		call func(dst, x []float32, at uint64)
		want func(x, z float32) float32
	}{
		{"Fill", func(dst, _ []float32, at uint64) { noise.Fill(dst, at) },
			func(_, z float32) float32 { return z }},
		{"AddNoise", func(dst, x []float32, at uint64) { AddNoise(dst, x, diffusion, noise, at) },
			func(x, z float32) float32 { return fma32(diffusion, z, x) }},
		{"Langevin", func(dst, x []float32, at uint64) {
			copy(dst, x)
			Langevin(dst, x, drift, diffusion, noise, at)
		}, func(x, z float32) float32 { return fma32(diffusion, z, fma32(drift, x, x)) }},
	}
	eachBackend(t, func(t *testing.T) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		r := rand.New(rand.NewPCG(7, 8))
		for _, n := range []int{1, 37, 1001, sweepSerial + 77} {
			x, want, got := normals[float32](r, n), make([]float32, n), make([]float32, n)
			for _, at := range starts(r, n) {
				z := definedNoise(noise, at, n)
				for _, k := range kernels {
					for i := range want {
						want[i] = k.want(x[i], z[i])
					}
					for _, cores := range []int{1, 2, 7} {
						runtime.GOMAXPROCS(cores)
						clear(got)
						k.call(got, x, at)
						same(t, fmt.Sprintf("%s of %d at %d on %d cores", k.name, n, at, cores), got, want)
					}
					clear(got)
					for from := 0; from < n; {
						to := min(from+1+r.IntN(1+n/3), n)
						k.call(got[from:to], x[from:to], at+uint64(from))
						from = to
					}
					same(t, fmt.Sprintf("%s of %d at %d in pieces", k.name, n, at), got, want)
				}
			}
		}
	})
}

// TestNoiseRowsAreAddressed: the same for rows, short and long, close together and apart.
func TestNoiseRowsAreAddressed(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		r := rand.New(rand.NewPCG(9, 10))
		for _, shape := range [][2]int{
			{1, 1}, {333, 2}, {140, 125}, {41, pieceSize/4 - 1}, {3, 2 * sweepSerial / 3},
		} {
			rows, cols := shape[0], shape[1]
			x, sigma := normals[float32](r, rows*cols), normals[float32](r, rows)
			for _, at := range starts(r, len(x)) {
				want := definedNoise(noise, at, len(x))
				for i, z := range want {
					want[i] = fma32(sigma[i/cols], z, x[i])
				}
				for _, cores := range []int{1, 2, 7} {
					runtime.GOMAXPROCS(cores)
					whole, parts := NewMatrix(rows, cols), NewMatrix(rows, cols+3)
					parts.Cols = cols
					src := Matrix{Rows: rows, Cols: cols, Stride: cols, Data: x}
					AddNoiseRows(whole, src, sigma, noise, at)
					what := fmt.Sprintf("%d rows of %d at %d on %d cores", rows, cols, at, cores)
					same(t, what, whole.Data, want)
					for from := 0; from < rows; {
						to := min(from+1+r.IntN(1+rows/3), rows)
						AddNoiseRows(parts.Slice(from, to), src.Slice(from, to), sigma[from:to], noise,
							at+uint64(from*cols))
						from = to
					}
					for i := range rows {
						copy(whole.Row(i), parts.Row(i))
					}
					same(t, what+" in batches, apart", whole.Data, want)
				}
			}
		}
	})
}

// TestNoiseFormula follows single indices from Philox's words to the normal in float64. It shares neither
// code nor arithmetic with the definition. Radius, sine or cosine, and their product are within 1.22, 2.38
// and 0.5 ULP. A ULP is at most 2^-23 of the value.
func TestNoiseFormula(t *testing.T) {
	const bound = (1.22 + 2.38 + 0.5) * 0x1p-23
	formula := func(n Noise, index uint64) float64 {
		group, place := index/16, index%16
		lane := place % 8
		block := 4*group + lane/2
		words := Philox4x32([2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
			[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
		w, v := words[1-lane%2], words[3-lane%2]
		u := math.Abs(float64(float32(float64(float32(int32(w)))+0.5))) / (1 << 31)
		sin, cos := math.Sincos(float64(int32(v<<1)) / (1 << 32) * math.Pi / 2)
		if v>>31 == 1 {
			sin, cos = cos, sin
		}
		if w>>31 == 1 {
			sin, cos = -sin, -cos
		}
		if place >= 8 {
			cos = sin
		}
		return math.Sqrt(-2*math.Log(u)) * cos
	}
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(11, 12))
		worst := 0.0
		z := make([]float32, 33)
		for range 2000 {
			n := Noise{Seed: r.Uint64(), Stream: r.Uint64()}
			for _, at := range starts(r, len(z)) {
				n.Fill(z, at)
				for i, z := range z {
					want := formula(n, at+uint64(i))
					worst = max(worst, math.Abs(float64(z)/want-1))
					if !(math.Abs(float64(z)-want) <= bound*math.Abs(want)) {
						t.Fatalf("%+v: element %d is %v, the formula gives %v", n, at+uint64(i), z, want)
					}
				}
			}
		}
		t.Logf("largest relative error %.2f * 2^-23", worst*0x1p23)
	})
}

// TestNoiseStreams: seed and stream both matter, in all their bits.
func TestNoiseStreams(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		seen := map[float32]Noise{}
		for bit := range 64 {
			for _, n := range []Noise{{Seed: 1 << bit}, {Stream: 1 << bit}} {
				var z [1]float32
				n.Fill(z[:], 0)
				if other, ok := seen[z[0]]; ok {
					t.Errorf("%+v and %+v begin alike", n, other)
				}
				seen[z[0]] = n
			}
		}
	})
}
