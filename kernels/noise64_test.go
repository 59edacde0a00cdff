package kernels

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// draws are the functions that draw for a stream besides Fill, as on float64, and what their documentation
// says of an element.
var draws = []struct {
	name    string
	call    func(n Noise, dst []float64, at uint64)
	element func(n Noise, i uint64) float64
}{
	{"Fill64", Noise.Fill64, func(n Noise, i uint64) float64 {
		first, second := documentedWords(n, 12<<60, i)
		r := math.Sqrt(negTwoLog64(math.Abs(float64(int64(first|1))) / (1 << 63)))
		sin, cos := sincos64(second)
		if int64(first) < 0 {
			r = -r
		}
		if i%8 < 4 {
			return r * cos
		}
		return r * sin
	}},
	{"Uniform", func(n Noise, dst []float64, at uint64) {
		x := make([]float32, len(dst))
		n.Uniform(x, at)
		for i, u := range x {
			dst[i] = float64(u)
		}
	}, func(n Noise, i uint64) float64 {
		l := i % 8
		w := documentedBlock(n, 13<<60+4*(i/16)+l/2)
		if i%16 < 8 {
			return math.Floor(float64(w[1-l%2])/256) / (1 << 24)
		}
		return math.Floor(float64(w[3-l%2])/256) / (1 << 24)
	}},
	{"Uniform64", Noise.Uniform64, func(n Noise, i uint64) float64 {
		return float64(documentedWord(n, i)%(1<<53)) / (1 << 53)
	}},
}

func documentedBlock(n Noise, block uint64) [4]uint32 {
	return Philox4x32([2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
		[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
}

// documentedWords are the words of element i of those that a block makes two of, as integers of 64 bits.
func documentedWords(n Noise, first, i uint64) (a, b uint64) {
	w := documentedBlock(n, first+i/8*4+i%4)
	return uint64(w[0])<<32 + uint64(w[1]), uint64(w[2])<<32 + uint64(w[3])
}

// documentedWord is the word of 64 bits of Uniform64's element i and of Source.
func documentedWord(n Noise, i uint64) uint64 {
	a, b := documentedWords(n, 14<<60, i)
	if i%8 < 4 {
		return a
	}
	return b
}

// drawStarts are first indices of n elements: near borders of groups, overflows of the counter's lower half
// and the end.
func drawStarts(r *rand.Rand, n int) []uint64 {
	last := lastDraw - uint64(n)
	return []uint64{
		0, 3, 1<<33 - 21, 1<<34 - 40, 1<<36 - 7, last, last - r.Uint64N(1<<20), r.Uint64N(last),
	}
}

// TestUniformDefinition compares each element with its documentation, word by word of Philox, in any range,
// on every implementation and any number of cores.
func TestUniformDefinition(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		r := rand.New(rand.NewPCG(7, 9))
		for _, n := range []int{1, 37, 1001, sweepSerial + 77} {
			want, got := make([]float64, n), make([]float64, n)
			for _, at := range drawStarts(r, n) {
				for _, d := range draws {
					for i := range want {
						want[i] = d.element(noise, at+uint64(i))
					}
					for _, cores := range []int{1, 3} {
						runtime.GOMAXPROCS(cores)
						clear(got)
						d.call(noise, got, at)
						same(t, fmt.Sprintf("%s of %d at %d on %d cores", d.name, n, at, cores), got, want)
					}
					clear(got)
					for from := 0; from < n; {
						to := min(from+1+r.IntN(1+n/3), n)
						d.call(noise, got[from:to], at+uint64(from))
						from = to
					}
					same(t, fmt.Sprintf("%s of %d at %d in pieces", d.name, n, at), got, want)
				}
			}
		}
	})
}

// TestDrawPanics: elements beyond the last.
func TestDrawPanics(t *testing.T) {
	for _, d := range draws {
		for _, at := range []uint64{lastDraw - 2, lastDraw, math.MaxUint64} {
			func() {
				defer func() {
					m, _ := recover().(string)
					if !strings.Contains(m, "Noise."+d.name+": 3 elements from index") {
						t.Errorf("%s of 3 at %d panics with %q", d.name, at, m)
					}
				}()
				d.call(noise, make([]float64, 3), at)
			}()
		}
		d.call(noise, nil, math.MaxUint64) // nothing is no element too many
		d.call(noise, make([]float64, 3), lastDraw-3)
	}
}

// TestDrawsApart: what the functions draw of one stream does not depend on each other, and no word occurs
// twice.
func TestDrawsApart(t *testing.T) {
	const n = 1 << 10
	seen := map[uint64]string{}
	note := func(name string, first uint64) {
		for b := range uint64(n) {
			w := documentedBlock(noise, first+b)
			key := uint64(w[0])<<32 | uint64(w[1])
			if other, ok := seen[key]; ok {
				t.Errorf("%s has a block of %s", name, other)
			}
			seen[key] = name
		}
	}
	// The ends of Fill, and of what package dataset takes from blocks 2^62 and 2^63 on.
	note("Fill", 0)
	note("Fill's end", 1<<62-n)
	note("dataset.Shifted", 1<<62)
	note("dataset.Epochs", 1<<63)
	for _, d := range []struct {
		name     string
		first    uint64
		elements uint64 // of a block
	}{{"Fill64", firstNormals64, 2}, {"Uniform", firstUniforms, 4}, {"Uniform64", firstUniforms64, 2}} {
		note(d.name, 4*d.first)
		note(d.name+"'s end", 4*d.first+lastDraw/d.elements-n)
	}
}

// TestDrawsGolden: the bits are those of all machines and versions.
func TestDrawsGolden(t *testing.T) {
	want := map[string]string{
		"Fill64":    "cadc29dcf09a66de",
		"Uniform":   "4702eaa97a3dd8ba",
		"Uniform64": "01b44ea237fef61b",
	}
	eachBackend(t, func(t *testing.T) {
		for _, d := range draws {
			hash := sha256.New()
			for _, n := range []Noise{{}, {Seed: 1, Stream: 2}, noise} {
				x := make([]float64, 20_000)
				d.call(n, x, 1<<40+5)
				for _, v := range x {
					hash.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
				}
			}
			if got := fmt.Sprintf("%x", hash.Sum(nil)[:8]); got != want[d.name] {
				t.Errorf("%s: hash %s, want %s", d.name, got, want[d.name])
			}
		}
	})
}

// TestNormal64Quantiles counts normals between the quantiles that SciPy gives.
func TestNormal64Quantiles(t *testing.T) {
	quantiles := readGoldenNormals(t).Quantiles
	counts := make([]int, len(quantiles)+1)
	z := make([]float64, 1<<14)
	const rounds = 64
	for i := range rounds {
		suiteNoise.Fill64(z, uint64(i*len(z)))
		for _, v := range z {
			k, _ := slices.BinarySearch(quantiles, v)
			counts[k]++
		}
	}
	var x chiSquare
	for _, c := range counts {
		x.add(c, float64(rounds*len(z))/float64(len(counts)))
	}
	if v := x.verdict("normals between 255 quantiles"); v.p < alarm {
		t.Error(v)
	} else {
		t.Log(v)
	}
}
