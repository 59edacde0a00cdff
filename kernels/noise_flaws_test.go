package kernels

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/internal/coef"
)

// philoxRounds is Philox4x32 of any number of rounds.
func philoxRounds(rounds int, key [2]uint32, c [4]uint32) [4]uint32 {
	for range rounds {
		hi0, lo0 := bits.Mul32(coef.PhiloxM0, c[0])
		hi1, lo1 := bits.Mul32(coef.PhiloxM1, c[2])
		c = [4]uint32{hi1 ^ c[1] ^ key[0], lo1, hi0 ^ c[3] ^ key[1], lo0}
		key[0] += coef.PhiloxW0
		key[1] += coef.PhiloxW1
	}
	return c
}

// boxMuller is the noise in float64, from words that flaw, if any, has changed.
func boxMuller(rounds int, flaw func(w *[4]uint32)) source {
	return func(dst []float32, n Noise, at uint64) {
		for block := at / 4; len(dst) > 0; block++ {
			w := philoxRounds(rounds, [2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)},
				[4]uint32{uint32(block), uint32(block >> 32), uint32(n.Stream), uint32(n.Stream >> 32)})
			if flaw != nil {
				flaw(&w)
			}
			lane := block % 4 * 2
			for half := range uint64(2) {
				r := math.Sqrt(-2 * math.Log((float64(w[half]>>1)+0.5)/(1<<31)))
				sin, cos := math.Sincos(float64(w[2+half]) / (1 << 32) * 2 * math.Pi)
				dst[lane+half], dst[lane+half+8] = float32(r*cos), float32(r*sin)
			}
			if block%4 == 3 {
				dst = dst[groupSize:]
			}
		}
	}
}

func fill(dst []float32, n Noise, at uint64) { n.Fill(dst, at) }

// scaled is the noise with a wrong standard deviation.
func scaled(sigma float32) source {
	return func(dst []float32, n Noise, at uint64) {
		n.Fill(dst, at)
		for i := range dst {
			dst[i] *= sigma
		}
	}
}

// coarse24 is the noise from u of 24 bits, (k + 1/2)/2^24, and ends at 5.89. It leaves the pairs with r <= 4
// alone, since fewer bits would hardly change them.
func coarse24(dst []float32, n Noise, at uint64) {
	n.Fill(dst, at)
	for z := dst; len(z) > 0; z = z[groupSize:] {
		for l := range groupSize / 2 {
			x, y := &z[l], &z[l+groupSize/2]
			if r2 := float64(*x**x + *y**y); r2 > 16 {
				u := (math.Floor(math.Exp(-r2/2)*(1<<24)) + 0.5) / (1 << 24)
				change := float32(math.Sqrt(-2 * math.Log(u) / r2))
				*x *= change
				*y *= change
			}
		}
	}
}

// noiseFlaws are generators, of which the suite finds all that are flawed.
var noiseFlaws = []struct {
	name    string
	draw    source
	samples int
	red     string // empty: none
}{
	{"math/rand/v2", func(dst []float32, n Noise, at uint64) {
		r := rand.New(rand.NewPCG(n.Seed*0x9e3779b97f4a7c15+at, n.Stream))
		for i := range dst {
			dst[i] = float32(r.NormFloat64())
		}
	}, 128, ""},
	{"float64", boxMuller(10, nil), 64, ""},
	{"2 rounds of Philox", boxMuller(2, nil), 64, "z*z 1 groups later"},
	{"3 rounds of Philox", boxMuller(3, nil), 64, "z*z over an index bit"},
	{"one word for radius and angle", boxMuller(10, func(w *[4]uint32) { w[2] = w[0] }), 64,
		"radius and angle in 1024 bins"},
	{"one angle for two pairs", boxMuller(10, func(w *[4]uint32) { w[3] = w[2] }), 64, "z*z in a group"},
	{"one radius for two pairs", boxMuller(10, func(w *[4]uint32) { w[1] = w[0] }), 64, "q*q in a group"},
	{"u of 12 bits", boxMuller(10, func(w *[4]uint32) { w[0], w[1] = w[0]|0xfffff, w[1]|0xfffff }), 128,
		"values in fine cells"},
	{"angle of 12 bits", boxMuller(10, func(w *[4]uint32) { w[2], w[3] = w[2]>>20<<20, w[3]>>20<<20 }), 128,
		"values in 1024 bins"},
	{"angle of 30 bits taken for 32", boxMuller(10, func(w *[4]uint32) { w[2] >>= 2 }), 64,
		"angles in 64 bins"},
	{"index cut to 32 bits", func(dst []float32, n Noise, at uint64) { n.Fill(dst, uint64(uint32(at))) }, 128,
		"z*z over an index bit"},
	{"stream cut to 63 bits", func(dst []float32, n Noise, at uint64) {
		Noise{n.Seed, n.Stream &^ (1 << 63)}.Fill(dst, at)
	}, 256, "z*z over a stream bit"},
	{"seed without its lowest bit", func(dst []float32, n Noise, at uint64) {
		Noise{n.Seed &^ 1, n.Stream}.Fill(dst, at)
	}, 256, "z*z over a seed bit"},
	{"sum of twelve uniforms", func(dst []float32, n Noise, at uint64) {
		r := rand.New(rand.NewPCG(n.Seed*0x9e3779b97f4a7c15+at, n.Stream))
		for i := range dst {
			z := float32(-6)
			for range 12 {
				z += r.Float32()
			}
			dst[i] = z
		}
	}, 64, "moment 4"},
	{"sigma 1% too large", scaled(1.01), 256, "moment 2"},
	{"sigma 0.01% too large", scaled(1.0001), 1 << 17, "moment 2"},
	{"u of 24 bits", coarse24, longSamples, "|z| > 6"},
}

// TestNoiseFlawsAreFound runs the suite on other generators. Two are sound, and nothing may turn red on them.
// The others are flawed, each with a verdict that must turn red. The last two take as long as the suite's
// long form, and need that form.
func TestNoiseFlawsAreFound(t *testing.T) {
	if testing.Short() || Backend() == string(generic) {
		t.Skip("takes seconds, with the definition's products a minute; examines the suite, not the kernels")
	}
	for _, g := range noiseFlaws {
		if g.samples > 1024 && !*long {
			continue
		}
		t.Run(g.name, func(t *testing.T) {
			var red []string
			for _, v := range count(g.draw, suiteNoise, 0, g.samples).verdicts() {
				if !(v.p >= alarm) {
					t.Log(v)
					red = append(red, v.name)
				}
			}
			if g.red == "" && len(red) > 0 {
				t.Errorf("red: %q", red)
			}
			if g.red != "" && !slices.Contains(red, g.red) {
				t.Errorf("%q is not red", g.red)
			}
		})
	}
}
