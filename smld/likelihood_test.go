package smld

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// likelihoodOf returns the settings for a mixture's likelihood.
func likelihoodOf(m *GaussianMixture, low, high float32) Likelihood {
	mean, std := m.Moments()
	return Likelihood{SigmaMin: low, SigmaMax: high, Mean: mean, Std: std}
}

// TestLikelihood: with the exact score the log-densities by the ODE are those of the mixture, within 0.005
// nats on average, and the worst of 500 within 0.05.
func TestLikelihood(t *testing.T) {
	long(t)
	const n = 500
	mixtures := map[string]*GaussianMixture{}
	for _, name := range MixtureNames() {
		mixtures[name] = must[*GaussianMixture](t)(NamedMixture(name))
	}
	full, _, _ := fullMixture(t, 3)
	mixtures["full covariances"] = full
	for name, m := range mixtures {
		x := kernels.NewMatrix(n, m.Dim())
		m.Draw(x, Numbers{Seed: 3})
		low := float32(max(m.SmallestStd(), 0.1) / 50)
		if name == "full covariances" { // one of them is singular
			kernels.AddNoise(x.Data, x.Data, low, kernels.Noise{Seed: 1}, 0)
		}
		got, want := make([]float64, n), make([]float64, n)
		evaluations, err := likelihoodOf(m, low, 200).LogDensity(t.Context(), got, m, x, Numbers{})
		if err != nil {
			t.Fatal(err)
		}
		level := float32(0)
		if name == "full covariances" {
			level = low
		}
		m.LogDensity(want, x, level)
		mean, sum, worst := 0.0, 0.0, 0.0
		for i, g := range got {
			mean += want[i] / n
			sum += math.Abs(g-want[i]) / n
			worst = max(worst, math.Abs(g-want[i]))
		}
		t.Logf("%s: mean log-density %.4f nats; mean error %.5f, largest %.5f, %.0f evaluations",
			name, mean, sum, worst, evaluations)
		if sum > 0.005 || worst > 0.05 {
			t.Errorf("%s: mean error %v nats, largest %v", name, sum, worst)
		}
		// Each point alone gives the same.
		one := make([]float64, 1)
		l, of := likelihoodOf(m, low, 200), x.Slice(77, 78)
		if _, err := l.LogDensity(t.Context(), one, m, of, Numbers{First: 77}); err != nil ||
			one[0] != got[77] {
			t.Errorf("%s: point 77 alone has %v, with others %v, %v", name, one[0], got[77], err)
		}
	}
}

// onlyVJP hides that a score knows its divergence.
type onlyVJP struct{ m *GaussianMixture }

func (o onlyVJP) Dim() int                                      { return o.m.Dim() }
func (o onlyVJP) At(dst, x kernels.Matrix, sigma float32)       { o.m.At(dst, x, sigma) }
func (o onlyVJP) AtRows(dst, x kernels.Matrix, sigma []float32) { o.m.AtRows(dst, x, sigma) }
func (o onlyVJP) ScoreVJP(s, vjp, x, v kernels.Matrix, sigma []float32) {
	o.m.ScoreVJP(s, vjp, x, v, sigma)
}

// TestHutchinson: the estimate with random probes agrees with the exact log-density on average, within three
// standard errors. A divergence from as many vector-Jacobian products as there are dimensions is the exact
// one.
func TestHutchinson(t *testing.T) {
	long(t)
	const n, dim = 600, 6
	m, _, _ := fullMixture(t, dim)
	x := kernels.NewMatrix(n, dim)
	m.Draw(x, Numbers{Seed: 3})
	kernels.AddNoise(x.Data, x.Data, 0.1, kernels.Noise{Seed: 1}, 0)
	l := likelihoodOf(m, 0.1, 30)
	l.RelTol, l.AbsTol = 1e-4, 1e-4
	exact, products, estimate := make([]float64, n), make([]float64, n), make([]float64, n)
	if _, err := l.LogDensity(t.Context(), exact, m, x, Numbers{}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.LogDensity(t.Context(), products[:50], onlyVJP{m}, x.Slice(0, 50), Numbers{}); err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		if math.Abs(products[i]-exact[i]) > 1e-3 {
			t.Errorf("point %d: %v by products, %v by the divergence", i, products[i], exact[i])
		}
	}
	for _, probes := range []int{1, 4} {
		l.Probes = probes
		if _, err := l.LogDensity(t.Context(), estimate, m, x, Numbers{Seed: 7}); err != nil {
			t.Fatal(err)
		}
		mean, square := 0.0, 0.0
		for i := range n {
			d := estimate[i] - exact[i]
			mean += d / n
			square += d * d / n
		}
		se := math.Sqrt((square - mean*mean) / n)
		t.Logf("%d probes: mean difference %.4f, standard error %.4f", probes, mean, se)
		if math.Abs(mean) > 3*se || se == 0 {
			t.Errorf("%d probes: mean difference %v, standard error %v", probes, mean, se)
		}
	}
}

// TestModelDerivative compares the network's vector-Jacobian products with central differences of its score.
// It compares the score at levels that change from row to row with the score at each level.
func TestModelDerivative(t *testing.T) {
	for _, preconditioning := range []Preconditioning{EDM, Bounded, Linear} {
		t.Run(string(preconditioning), func(t *testing.T) { testModelDerivative(t, preconditioning) })
	}
}

func testModelDerivative(t *testing.T, preconditioning Preconditioning) {
	m, source := ncsnModel(t, 24, 16)
	if preconditioning == Linear {
		m = linearModel(t, source, 24, 16)
	}
	m.Preconditioning, m.Data.Low, m.Data.High = preconditioning, -4, 5 // the data lie about -5 and 5
	r := rand.New(rand.NewPCG(1, 9))
	for i := range m.Net.Block {
		m.Net.Block[i] += float32(0.3 * r.NormFloat64())
	}
	const n = scoreBatch + 21
	x, v := kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)
	source.Batch(x, 5)
	kernels.Noise{Seed: 2}.Fill(v.Data, 0)
	sigma := make([]float32, n)
	for i := range sigma {
		sigma[i] = 0.3 + float32(i/3%17)
	}
	s, s2, vjp := kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)
	score := m.Score()
	score.ScoreVJP(s, vjp, x, v, sigma)
	score.AtRows(s2, x, sigma)
	if !equal(s, s2) {
		t.Error("ScoreVJP and AtRows have different scores")
	}
	one, up := kernels.NewMatrix(1, 2), kernels.NewMatrix(1, 2)
	down, at := kernels.NewMatrix(1, 2), kernels.NewMatrix(1, 2)
	for i := range n {
		score.At(one, x.Slice(i, i+1), sigma[i])
		if !equal(one, s.Slice(i, i+1)) {
			t.Fatalf("row %d has the score %v alone, %v with others", i, one.Data, s.Row(i))
		}
		for j := range 2 {
			const h = 1e-2
			copy(at.Data, x.Row(i))
			at.Data[j] += h
			score.At(up, at, sigma[i])
			at.Data[j] -= 2 * h
			score.At(down, at, sigma[i])
			want := 0.0
			for a := range 2 {
				want += float64(v.Row(i)[a]) * (float64(up.Data[a]) - float64(down.Data[a])) / (2 * h)
			}
			if got := float64(vjp.Row(i)[j]); math.Abs(got-want) > 2e-3*(1+math.Abs(want)) {
				t.Errorf("row %d, sigma %v: vjp[%d] is %v, central difference %v", i, sigma[i], j, got, want)
			}
		}
	}
}

func TestBitsPerDimension(t *testing.T) {
	// A density of 256^-2 in 2 dimensions is 8 bits each for integers, and none for multiples of 256.
	nats := -2 * math.Log(256)
	if got := BitsPerDimension(nats, 2, 1); math.Abs(got-8) > 1e-12 {
		t.Errorf("%v bits, want 8", got)
	}
	if got := BitsPerDimension(nats, 2, 256); math.Abs(got) > 1e-12 {
		t.Errorf("%v bits, want 0", got)
	}
	// The familiar offset of 8 for images of 8 bits in [0, 1).
	if got := BitsPerDimension(0, 5, 1./256); math.Abs(got-8) > 1e-12 {
		t.Errorf("%v bits, want 8", got)
	}
	x := kernels.NewMatrix(1000, 3)
	Dequantize(x, []float32{0.5, 0.5, 0.5}, Numbers{Seed: 1})
	low, high, sum := 0.0, 0.0, 0.0
	for _, v := range x.Data {
		low, high, sum = min(low, float64(v)), max(high, float64(v)), sum+float64(v)
	}
	if low < -0.25 || low > -0.249 || high > 0.25 || high < 0.249 ||
		math.Abs(sum/3000) > 5*0.5/math.Sqrt(12*3000) {
		t.Errorf("values from %v to %v with mean %v", low, high, sum/3000)
	}
}

func TestLikelihoodErrors(t *testing.T) {
	m := ncsnMixture(t)
	x := kernels.NewMatrix(1, 2)
	for _, c := range []struct {
		want  string
		l     Likelihood
		score Score
	}{
		{"implement smld.Divergent", Likelihood{SigmaMin: 0.1, SigmaMax: 20}, onlyScore{m}},
		{"SigmaMin below SigmaMax", Likelihood{SigmaMin: 1, SigmaMax: 1}, m},
		{"want a positive number", Likelihood{SigmaMax: 1}, m},
		{"-1 probes", Likelihood{SigmaMin: 0.1, SigmaMax: 20, Probes: -1}, m},
		{"mean of dimension 1", Likelihood{SigmaMin: 0.1, SigmaMax: 20, Mean: []float32{1}}, m},
		{"tolerances", Likelihood{SigmaMin: 0.1, SigmaMax: 20, RelTol: 1e-9}, m},
	} {
		if _, err := c.l.LogDensity(t.Context(), make([]float64, 1), c.score, x, Numbers{}); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}
