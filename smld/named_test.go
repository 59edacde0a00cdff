package smld

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// TestNewSampler checks the evaluations that the documentation promises, with and without the step of
// denoising. Without that step the noise of the last level stays.
func TestNewSampler(t *testing.T) {
	long(t)
	g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 1), []float64{0.1}))
	want := map[string]float64{
		"langevin": 1001, "annealed": 5001, "consistent": 1000, "ancestral": 1000, "reverse": 1000,
		"pc": 1999, "ddim": 1000, "heun": 79,
		"lms": 25, "dpm2m": 25, "dpm3m": 25, "dpm2m-sde": 25, "dpm3m-sde": 25,
	}
	const n, low = 300, 0.5
	for _, name := range SamplerNames() {
		for _, raw := range []bool{false, true} {
			s := must[Sampler](t)(NewSampler(name, Range{Max: 10, Min: low}, Options{"NoDenoise": raw}))
			x := kernels.NewMatrix(n, 1)
			Prior(x, nil, s.Start(), Numbers{Seed: 1})
			var last Progress
			watch := func(p Progress) error { last = p; return nil }
			evaluations, err := s.Sample(t.Context(), g, x, Numbers{Seed: 1}, watch)
			if err != nil {
				t.Fatal(err)
			}
			w := want[name]
			if raw {
				w--
			}
			if name == "heun" && raw {
				w = 78
			}
			if name == "pc" && raw {
				w = 1998
			}
			if name != "rk45" && evaluations != w {
				t.Errorf("%s, raw %v: %v evaluations, want %v", name, raw, evaluations, w)
			}
			end, std := float32(0), 0.01/math.Sqrt(0.01+low*low) // of the denoised, 0.1^2/sqrt(0.1^2 + low^2)
			if raw {
				end, std = low, math.Sqrt(0.01+low*low)
			}
			_, got := Statistics(x)
			if name == "lms" && !raw { // goes on to zero as before, towards 0.1
				std = 0.036
			}
			if last.Done != last.Total || last.Sigma != end || math.Abs(float64(got)/std-1) > 0.15 {
				last.Points, last.Denoised = kernels.Matrix{}, kernels.Matrix{}
				t.Errorf("%s, raw %v: ends with %+v and standard deviation %v, want level %v and %v",
					name, raw, last, got, end, std)
			}
		}
	}
}

func TestNewSamplerErrors(t *testing.T) {
	for _, c := range []struct {
		name, want string
		levels     Range
		options    Options
	}{
		{"magic", "langevin, annealed", Range{}, nil},
		{"heun", "noise levels from 0 to 0", Range{}, nil},
		{"pc", "the option Predictor is heun: want consistent", Range{2, 1}, Options{"Predictor": "heun"}},
		{"ancestral", "the option Levels is -1: want at least 2", Range{2, 1}, Options{"Levels": -1}},
		{
			"ancestral", "the option Levels is many: want a whole number",
			Range{2, 1}, Options{"Levels": "many"},
		},
		{
			"heun", "the option Churn is NaN: want a number not below zero",
			Range{2, 1}, Options{"Churn": math.NaN()},
		},
		{"dpm2m-sde", "the option Eta is 0: want a number above zero", Range{2, 1}, Options{"Eta": 0}},
		{"lms", "the option Order is 9: want 1 to 4", Range{2, 1}, Options{"Order": 9}},
		{
			"rk45", "the option Tolerance is 1e-09: want at least 1e-6",
			Range{2, 1}, Options{"Tolerance": 1e-9},
		},
		{"heun", "the option Rho is <nil>: want a number", Range{2, 1}, Options{"Rho": nil}},
		{"heun", "the option Gamma does nothing: no sampler has it", Range{2, 1}, Options{"Gamma": 1}},
		{"heun", "the option Rho is 0.5: want 1 to 1e6", Range{2, 1}, Options{"Rho": 0.5}},
		{"consistent", "the option Eta is 5: want 0 to 2", Range{2, 1}, Options{"Eta": 5}},
		{
			"consistent", "the option Eta is 1.9: want 0.5 to 1.5 at these noise levels",
			Range{2, 1}, Options{"Levels": 2, "Eta": 1.9},
		},
		{
			"pc", fmt.Sprintf("want at most %d with 1000 noise levels", mostSteps/1000),
			Range{2, 1}, Options{"Corrections": mostSteps/1000 + 1},
		},
		{
			"dpm2m", "the option Levels is 1000: want fewer, so that each of them from 1.00001",
			Range{1.00001, 1}, Options{"Levels": 1000},
		},
	} {
		_, err := NewSampler(c.name, c.levels, c.options)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}

// TestCorrector: many steps of the corrector leave the distribution of a level as it is, up to the step's own
// error. That is so even where the noise is all there is and scores are long by chance. The paper's formula
// is meant for a batch. With the norms of each sample alone it spreads the points in the plane.
func TestCorrector(t *testing.T) {
	long(t)
	// The step error is snr^2/4 of the standard deviation. Steps are shorter where scores are long, and
	// points stay there longer. Where the noise is all there is, that leaves 1.4%.
	const n, steps, snr, most = 20_000, 100, 0.16, 0.04
	for _, std := range []float64{1, 0.01} {
		origin := kernels.NewMatrix(1, 2)
		g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, origin, []float64{std}))
		const sigma = 0.5
		spread := func(literal bool) float64 {
			x, s := kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)
			g.Draw(x, Numbers{Seed: 1})
			kernels.AddNoise(x.Data, x.Data, sigma, kernels.Noise{Seed: 1}, 0)
			c := corrector{
				snr: snr, squares: make([]float32, n), drift: make([]float32, n),
				diffusion: make([]float32, n),
			}
			if literal {
				c.ofNoise = make([]float32, n)
			}
			for k := range steps {
				g.At(s, x, sigma)
				c.correct(x, s, sigma, stream(3, streams.Corrector, uint64(k)), 0)
			}
			_, got := Statistics(x)
			return float64(got)/math.Sqrt(std*std+sigma*sigma) - 1
		}
		bounded, literal := spread(false), spread(true)
		t.Logf("std %v: standard deviation off by %.4f, with the norms of each sample by %.4f",
			std, bounded, literal)
		if math.Abs(bounded) > most || literal < 0.1 {
			t.Errorf("std %v: standard deviation off by %.4f, with the norms of each sample by %.4f",
				std, bounded, literal)
		}
	}
}

// TestGaussian: the normal distribution of a mixture has the mean and covariance of its samples.
func TestGaussian(t *testing.T) {
	const n, dim = 100_000, 2
	m, _, _ := fullMixture(t, dim)
	g := must[*GaussianMixture](t)(m.Gaussian())
	x, y := kernels.NewMatrix(n, dim), kernels.NewMatrix(n, dim)
	m.Draw(x, Numbers{Seed: 1})
	g.Draw(y, Numbers{Seed: 2})
	moment := func(x kernels.Matrix, a, b int) float64 {
		sum := 0.0
		for i := range x.Rows {
			v := float64(x.Row(i)[a])
			if b >= 0 {
				v *= float64(x.Row(i)[b])
			}
			sum += v
		}
		return sum / n
	}
	for _, c := range [][2]int{{0, -1}, {1, -1}, {0, 0}, {0, 1}, {1, 1}} {
		got, want := moment(y, c[0], c[1]), moment(x, c[0], c[1])
		if math.Abs(got-want) > 0.02*(1+math.Abs(want)) {
			t.Errorf("moment %v is %v, the mixture's %v", c, got, want)
		}
	}
}
