package kernels

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// goldenNormals are values that testdata/normal64.py has from mpmath and SciPy.
type goldenNormals struct {
	Words []struct {
		First, Second string // in hexadecimal
		Cos, Sin      [2]any // the nearest float64 in hexadecimal, and the rest in ULP
	}
	Quantiles []float64    // of the normal law, at k/256
	Tails     [][2]float64 // a radius, and the probability of a greater one
}

func readGoldenNormals(t *testing.T) (g goldenNormals) {
	t.Helper()
	data, err := os.ReadFile("testdata/normal64.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Words) < 900 || len(g.Quantiles) != 255 || len(g.Tails) < 5 {
		t.Fatal("testdata/normal64.json is incomplete")
	}
	return g
}

// TestNormal64Accuracy compares the transform with 60 digits, in ULP of the result.
func TestNormal64Accuracy(t *testing.T) {
	const bound = 2.5
	worst := 0.0
	for _, w := range readGoldenNormals(t).Words {
		first, err1 := strconv.ParseUint(w.First, 16, 64)
		second, err2 := strconv.ParseUint(w.Second, 16, 64)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		r := radius64(first)
		sin, cos := sincos64(second)
		for _, z := range []struct {
			got  float64
			want [2]any
		}{{r * cos, w.Cos}, {r * sin, w.Sin}} {
			near, err := strconv.ParseFloat(z.want[0].(string), 64)
			if err != nil {
				t.Fatal(err)
			}
			ulp := math.Ldexp(1, max(math.Ilogb(near), -1022)-52)
			off := math.Abs((z.got-near)/ulp - z.want[1].(float64))
			worst = max(worst, off)
			if !(off <= bound) {
				t.Errorf("words %s, %s: %v, want %v: off by %.2f ULP", w.First, w.Second, z.got, near, off)
			}
		}
	}
	t.Logf("largest error %.2f ULP", worst)
}

// TestNormal64Tail measures by bisection how many words give a radius beyond one, and compares their share
// with the probability that SciPy gives for that. The radius grows as the word falls, so that this covers the
// law of the radius to its end.
func TestNormal64Tail(t *testing.T) {
	for _, tail := range readGoldenNormals(t).Tails {
		radius, want := tail[0], tail[1]
		low, high := uint64(0), uint64(1<<63) // low gives more than radius, high does not
		for high-low > 1 {
			if mid := low + (high-low)/2; radius64(mid) > radius {
				low = mid
			} else {
				high = mid
			}
		}
		got := float64(high) / (1 << 63)
		// Words come in steps of two, and the radius is rounded.
		if most := want*1e-14 + 0x1p-62; !(math.Abs(got-want) <= most) {
			t.Errorf("a radius beyond %v has probability %v, want %v", radius, got, want)
		}
	}
	for _, w := range []uint64{0, 1, 1<<64 - 1} {
		if r := math.Abs(radius64(w)); r < 9.345 || r > 9.346 {
			t.Errorf("the radius of word %x is %v, want the largest, 9.345", w, r)
		}
	}
	for _, w := range []uint64{1<<63 - 1, 1<<63 + 1<<8} {
		if r := radius64(w); math.Abs(r) > 1e-7 {
			t.Errorf("the radius of word %x is %v, want next to none", w, r)
		}
	}
}

// TestNormal64Monotone: the radius does not grow with the word, across the octaves of its logarithm too.
func TestNormal64Monotone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		w := r.Uint64() >> (1 + r.IntN(62))
		if octave := uint64(3<<61) >> r.IntN(48); r.IntN(2) == 0 {
			w = octave + r.Uint64N(4096) - 2048
		}
		step := 2 + w>>50
		a, b := radius64(w), radius64(w+step)
		if !(b <= a+math.Abs(a)*0x1p-50) {
			t.Fatalf("radius(%x) = %v, radius(%x) = %v", w, a, w+step, b)
		}
	}
}
