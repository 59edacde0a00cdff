package kernels

import (
	"fmt"
	"math"
	"runtime"
	"testing"
)

// TestNoiseIsAddressed: the normal of an index is the same whatever range it is drawn in, on every implementation, at
// any number of cores, and across the carry of the block counter.
func TestNoiseIsAddressed(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		for _, at := range []uint64{0, 3, 1 << 20, 1<<34 - 40, 1<<36 - 7, 1 << 63, math.MaxUint64 - 99} {
			whole := make([]float32, 100)
			noise.Fill(whole, at)
			for cut := range 100 {
				parts := make([]float32, 100)
				noise.Fill(parts[:cut], at)
				noise.Fill(parts[cut:], at+uint64(cut))
				same(t, fmt.Sprintf("cut of %d at %d", at, cut), parts, whole)
			}
			var z [groupSize]float32
			for i, x := range whole {
				e := at + uint64(i)
				if noiseGroup(&z, noise, e/groupSize); z[e%groupSize] != x {
					t.Fatalf("element %d is %v, its group has %v", e, x, z[e%groupSize])
				}
			}
		}
		long := make([]float32, 5*sweepChunk+3)
		noise.Fill(long, 11)
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		for _, cores := range []int{1, 2, 7} {
			runtime.GOMAXPROCS(cores)
			again := make([]float32, len(long))
			noise.Fill(again, 11)
			same(t, fmt.Sprintf("%d cores", cores), again, long)
		}
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

// TestNoiseMoments compares the first four moments of 10^8 normals with those of the standard normal, within five
// standard errors each: a false alarm once in 4*10^5 runs, were the seed not fixed.
func TestNoiseMoments(t *testing.T) {
	n := 100_000_000
	if testing.Short() || Backend() == string(generic) {
		n = 2_000_000
	}
	var sum [5]float64
	z := make([]float32, 100_000)
	for at := 0; at < n; at += len(z) {
		Noise{Seed: 42}.Fill(z, uint64(at))
		var part [5]float64
		for _, z := range z {
			x := float64(z)
			x2 := x * x
			part[1] += x
			part[2] += x2
			part[3] += x2 * x
			part[4] += x2 * x2
		}
		for k := range sum {
			sum[k] += part[k] / float64(n)
		}
	}
	mean := sum[1]
	variance := sum[2] - mean*mean
	skewness := (sum[3] - 3*mean*sum[2] + 2*mean*mean*mean) / math.Pow(variance, 1.5)
	kurtosis := (sum[4] - 4*mean*sum[3] + 6*mean*mean*sum[2] - 3*mean*mean*mean*mean) / (variance * variance)
	for _, m := range []struct {
		name            string
		got, want, unit float64 // unit^2/n is the variance of the estimate
	}{
		{"mean", mean, 0, 1},
		{"variance", variance, 1, math.Sqrt(2)},
		{"skewness", skewness, 0, math.Sqrt(6)},
		{"kurtosis", kurtosis, 3, math.Sqrt(24)},
	} {
		deviation := (m.got - m.want) / (m.unit / math.Sqrt(float64(n)))
		t.Logf("%s of %d normals: %.6f, %.2f standard errors from %v", m.name, n, m.got, deviation, m.want)
		if math.Abs(deviation) > 5 {
			t.Errorf("%s is %.2f standard errors off", m.name, deviation)
		}
	}
}
