package kernels

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// fill64 is Fill64 in float32 for the suite, in places where the suite looks for the pairs of a block: those
// of a group of 16 elements are 8 apart. What lies beyond the last index comes from other streams.
func fill64(dst []float32, n Noise, at uint64) {
	n.Stream ^= at / lastDraw << 40
	at %= lastDraw
	var z [sampleLen]float64
	n.Fill64(z[:], at)
	for i, v := range z {
		place := i % groupSize
		dst[i-place+place/8*4+place%8/4*8+place%4] = float32(v)
	}
}

// TestNoise64Statistics puts the normals in float64 through the suite of TestNoiseStatistics.
func TestNoise64Statistics(t *testing.T) {
	samples := 1 << 10
	switch {
	case *long:
		samples = longSamples
	case Backend() == string(generic):
		samples = 1 << 6
	case testing.Short():
		samples = 1 << 9
	}
	for _, v := range count(fill64, suiteNoise, 0, samples).verdicts() {
		t.Log(v)
		if !(v.p >= alarm) {
			t.Errorf("%s is too unlikely", v.name)
		}
	}
}

// uniformDraw draws numbers that should be uniform, and has the number of their bits.
type uniformDraw struct {
	name string
	bits int
	draw func(dst []float64, at uint64)
}

var uniformDraws = []uniformDraw{
	{"Uniform64", 53, func(dst []float64, at uint64) { suiteNoise.Uniform64(dst, at) }},
	{"Uniform", 24, func(dst []float64, at uint64) {
		x := make([]float32, len(dst))
		suiteNoise.Uniform(x, at)
		for i, u := range x {
			dst[i] = float64(u)
		}
	}},
}

// TestUniformStatistics compares the uniforms with their law: mean and variance, chi-square over 4096 bins of
// the upper bits and of the lower ones, each bit, pairs of neighbours at several distances over 64 x 64 bins,
// and Kolmogorov and Smirnov's and Anderson and Darling's statistics of samples.
func TestUniformStatistics(t *testing.T) {
	for _, d := range uniformDraws {
		t.Run(d.name, func(t *testing.T) {
			for _, v := range d.verdicts(64) {
				t.Log(v)
				if !(v.p >= alarm) {
					t.Errorf("%s is too unlikely", v.name)
				}
			}
		})
	}
}

// TestUniformFlawsAreFound: the verdicts turn red on numbers that are not quite uniform.
func TestUniformFlawsAreFound(t *testing.T) {
	sound := uniformDraws[0]
	flawed := func(flaw func(u []float64)) uniformDraw {
		return uniformDraw{sound.name, 53, func(dst []float64, at uint64) {
			sound.draw(dst, at)
			flaw(dst)
		}}
	}
	for red, flaw := range map[string]func(u []float64){
		"mean":     func(u []float64) { scaleBy(u, 0.99) },
		"variance": func(u []float64) { scaleBy(u, 0.99) },
		"upper bits": func(u []float64) {
			for i := range 20 {
				u[i] = 0.5
			}
		},
		"lower bits": func(u []float64) {
			for i, x := range u {
				u[i] = math.Floor(x*(1<<52)) / (1 << 52)
			}
		},
		"bits": func(u []float64) { clear(u[:200]) },
		"pairs 1 apart": func(u []float64) {
			for i := 0; i < len(u); i += 16 {
				u[i+1] = u[i]
			}
		},
		"levels, KS of KS": func(u []float64) { scaleBy(u, 0.99) },
	} {
		found := false
		for _, v := range flawed(flaw).verdicts(64) {
			found = found || v.name == red && v.p < alarm
		}
		if !found {
			t.Errorf("%q is not red", red)
		}
	}
}

func scaleBy(u []float64, factor float64) {
	for i := range u {
		u[i] *= factor
	}
}

// verdicts tests so many samples.
func (d uniformDraw) verdicts(samples int) []verdict {
	const bins, side = 4096, 64
	distances := []int{1, 2, 3, 4, 8, 16}
	var upper, lower [bins]int
	ones := make([]int, d.bits)
	pairs := make([][side * side]int, len(distances))
	var l levels
	sum, squares, n, pairsOf := 0.0, 0.0, 0, 0
	u := make([]float64, sampleLen)
	for s := range samples {
		d.draw(u, uint64(s)*sampleLen)
		for i, x := range u {
			w := uint64(math.Ldexp(x, d.bits))
			upper[w>>(d.bits-12)]++
			lower[w%bins]++
			for b := range ones {
				ones[b] += int(w >> b & 1)
			}
			sum += x - 0.5
			squares += (x - 0.5) * (x - 0.5)
			if i+16 < len(u) {
				for k, by := range distances {
					pairs[k][int(x*side)*side+int(u[i+by]*side)]++
				}
				pairsOf++
			}
		}
		n += len(u)
		slices.Sort(u)
		l.add(u)
	}
	all := []verdict{
		normalVerdict("mean", sum/math.Sqrt(float64(n)/12)),
		normalVerdict("variance", (squares-float64(n)/12)/math.Sqrt(float64(n)/180)),
		evenly("upper bits", upper[:], n), evenly("lower bits", lower[:], n),
	}
	total := 0.0
	for _, c := range ones {
		z := (2*float64(c) - float64(n)) / math.Sqrt(float64(n))
		total += z * z
	}
	all = append(all, chiSquareVerdict("bits", total, len(ones)))
	for k, by := range distances {
		all = append(all, evenly(fmt.Sprintf("pairs %d apart", by), pairs[k][:], pairsOf))
	}
	return append(all, l.verdicts("levels")...)
}

// evenly is the chi-square of counts that should be equal.
func evenly(name string, counts []int, n int) verdict {
	var x chiSquare
	for _, c := range counts {
		x.add(c, float64(n)/float64(len(counts)))
	}
	return x.verdict(name)
}

// TestDrawsUncorrelated: the normals and uniforms of one stream with the same index, in every pairing.
func TestDrawsUncorrelated(t *testing.T) {
	const n = 1 << 18
	all := [][]float64{make([]float64, n)}
	single := make([]float32, n)
	suiteNoise.Fill(single, 0)
	for i, z := range single {
		all[0][i] = float64(z)
	}
	for _, d := range draws {
		x := make([]float64, n)
		d.call(suiteNoise, x, 0)
		if d.name != "Fill64" {
			for i := range x {
				x[i] = math.Sqrt(12) * (x[i] - 0.5)
			}
		}
		all = append(all, x)
	}
	for i, x := range all {
		for j, y := range all[:i] {
			products, squares := 0.0, 0.0
			for k := range x {
				products += x[k] * y[k]
				squares += (x[k]*x[k] - 1) * (y[k]*y[k] - 1)
			}
			for _, v := range []verdict{
				normalVerdict("products", products/math.Sqrt(n)),
				normalVerdict("squares", squares/2/math.Sqrt(n)), // at most 2 is the deviation of a square
			} {
				if v.p < alarm {
					t.Errorf("draws %d and %d: %v", j, i, v)
				}
			}
		}
	}
}
