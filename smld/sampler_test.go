package smld

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

func near(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > 1e-6*math.Abs(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// TestSteps checks the steps against the formulas in plain form.
func TestSteps(t *testing.T) {
	s, err := LangevinDynamics(2, 0.5, 3)
	if err != nil || len(s) != 3 {
		t.Fatal(s, err)
	}
	for _, s := range s {
		if s != (Step{2, 0.25, float32(math.Sqrt(0.5))}) {
			t.Errorf("Langevin step %+v", s)
		}
	}

	sigmas := []float32{4, 1, 0.5}
	if s, err = AnnealedLangevin(sigmas, 0.01, 2); err != nil || len(s) != 6 {
		t.Fatal(s, err)
	}
	for i, s := range s {
		sigma := float64(sigmas[i/2])
		alpha := 0.01 * sigma * sigma / 0.25
		near(t, "annealed sigma", s.Sigma, sigma)
		near(t, "annealed drift", s.Drift, alpha)
		near(t, "annealed diffusion", s.Diffusion, math.Sqrt(2*alpha))
	}

	if s, err = Ancestral(sigmas); err != nil || len(s) != 3 {
		t.Fatal(s, err)
	}
	below := []float64{1, 0.5, 0}
	for i, s := range s {
		v, b := float64(sigmas[i])*float64(sigmas[i]), below[i]*below[i]
		near(t, "ancestral sigma", s.Sigma, float64(sigmas[i]))
		near(t, "ancestral drift", s.Drift, v-b)
		near(t, "ancestral diffusion", s.Diffusion, math.Sqrt(b*(v-b)/v))
	}
	if s[2] != Denoise(0.5) {
		t.Errorf("last ancestral step is %+v, Denoise gives %+v", s[2], Denoise(0.5))
	}
}

func TestStepErrors(t *testing.T) {
	for _, c := range []struct {
		want string
		call func() ([]Step, error)
	}{
		{"noise level 1 is 0", func() ([]Step, error) { return LangevinDynamics(0, 1, 1) }},
		{"step size 0", func() ([]Step, error) { return LangevinDynamics(1, 0, 1) }},
		{"step size NaN", func() ([]Step, error) { return LangevinDynamics(1, math.NaN(), 1) }},
		{"0 steps", func() ([]Step, error) { return LangevinDynamics(1, 1, 0) }},
		{"steps at each of 1 noise levels", func() ([]Step, error) {
			return LangevinDynamics(1, 1, math.MaxInt)
		}},
		{"steps at each of 2 noise levels", func() ([]Step, error) {
			return AnnealedLangevin([]float32{2, 1}, 1, math.MaxInt/2+1)
		}},
		{"no noise levels", func() ([]Step, error) { return AnnealedLangevin(nil, 1, 1) }},
		{"levels must fall", func() ([]Step, error) { return AnnealedLangevin([]float32{1, 1}, 1, 1) }},
		{"step size -1", func() ([]Step, error) { return AnnealedLangevin([]float32{2, 1}, -1, 1) }},
		{"-1 steps", func() ([]Step, error) { return AnnealedLangevin([]float32{2, 1}, 1, -1) }},
		{"levels must fall", func() ([]Step, error) { return Ancestral([]float32{1, 2}) }},
		{"noise level 2 is NaN", func() ([]Step, error) {
			return Ancestral([]float32{1, float32(math.NaN())})
		}},
	} {
		if _, err := c.call(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}

// ncsnMixture is the toy distribution of Song and Ermon 2019, Figure 3.
func ncsnMixture(t testing.TB) *GaussianMixture {
	means := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{5, 5, -5, -5}}
	m, err := NewGaussianMixture([]float64{0.8, 0.2}, means, []float64{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// firstMode returns the share of points nearer to the mixture's first mode.
func firstMode(x kernels.Matrix) float64 {
	n := 0
	for i := range x.Rows {
		if r := x.Row(i); r[0]+r[1] > 0 {
			n++
		}
	}
	return float64(n) / float64(x.Rows)
}

// TestModeWeights is Figure 3 of Song and Ermon 2019 with the exact score: plain Langevin dynamics leaves
// samples in the mode where they started, half of them in each; annealed Langevin and ancestral sampling find
// the weights .8 and .2, here within five binomial standard errors.
func TestModeWeights(t *testing.T) {
	long(t)
	mixture := ncsnMixture(t)
	levels := func(low float64, n int) []float32 {
		sigmas, err := Geometric(20, low, n)
		if err != nil {
			t.Fatal(err)
		}
		return sigmas
	}
	must := func(s []Step, err error) []Step {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	annealed := func(n int) []Step {
		return append(must(AnnealedLangevin(levels(1, n), 0.05, 100)), Denoise(1))
	}
	for _, c := range []struct {
		name  string
		steps []Step
		n     int
		want  float64
	}{
		{"Langevin", must(LangevinDynamics(1, 0.1, 1000)), 4000, 0.5},
		// The authors' levels, steps, step size (their alpha is twice our eps) and number of samples. So few
		// levels err by .02: between two of them the modes part before all samples have found their side.
		{"annealed, 10 levels", annealed(10), 1280, 0.8},
		{"annealed, 40 levels", annealed(40), 4000, 0.8},
		{"ancestral", must(Ancestral(levels(0.05, 200))), 20000, 0.8},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := kernels.NewMatrix(c.n, 2)
			if c.name == "ancestral" {
				Prior(x, []float32{3, 3}, 20, Numbers{Seed: 7}) // the mixture's mean
			} else {
				for i := range x.Data { // uniform in [-8, 8]^2, as the authors have it
					x.Data[i] = 16*(float32(randomWord(stream(7, streams.Prior, 1), uint64(i)))*0x1p-32) - 8
				}
			}
			if err := run(t, mixture, x, c.steps, Numbers{Seed: 7}); err != nil {
				t.Fatal(err)
			}
			tol := 5 * math.Sqrt(0.8*0.2/float64(c.n))
			if c.want == 0.5 {
				tol = 0.05 // about half: the boundary between the modes is not quite in the middle
			}
			got := firstMode(x)
			t.Logf("share of the first mode: %.4f, expected %.2f within %.4f", got, c.want, tol)
			if math.Abs(got-c.want) > tol {
				t.Errorf("share of the first mode is %.4f, want %.2f within %.4f", got, c.want, tol)
			}
		})
	}
}

// TestSpread: where the data is a single Gaussian, a step is linear in x, and mean and variance after any
// number of steps follow by a recursion. The samplers' results must have them, and the data's own mean and
// variance nearly.
func TestSpread(t *testing.T) {
	long(t)
	const n, std = 5000, 0.5
	center := []float32{1, -2}
	means := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: center}
	g, err := NewGaussianMixture([]float64{1}, means, []float64{std})
	if err != nil {
		t.Fatal(err)
	}
	sigmas, err := Geometric(10, 0.01, 100)
	if err != nil {
		t.Fatal(err)
	}
	annealed, err := AnnealedLangevin(sigmas, 0.05*0.01*0.01, 20)
	if err != nil {
		t.Fatal(err)
	}
	ancestral, err := Ancestral(sigmas)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		steps []Step
	}{{"annealed", append(annealed, Denoise(0.01))}, {"ancestral", ancestral}} {
		x := kernels.NewMatrix(n, 2)
		Prior(x, nil, sigmas[0], Numbers{Seed: 3})
		if err := run(t, g, x, c.steps, Numbers{Seed: 3}); err != nil {
			t.Fatal(err)
		}
		variance, mean := 100.0, [2]float64{}
		for _, s := range c.steps {
			pull := float64(s.Drift) / (std*std + float64(s.Sigma)*float64(s.Sigma))
			variance = (1-pull)*(1-pull)*variance + float64(s.Diffusion)*float64(s.Diffusion)
			for j := range mean {
				mean[j] += pull * (float64(center[j]) - mean[j])
			}
		}
		gotMean, gotStd := Statistics(x)
		t.Logf("%s: mean %v, expected %.4f; standard deviation %.4f, expected %.4f",
			c.name, gotMean, mean, gotStd, math.Sqrt(variance))
		if e := math.Abs(float64(gotStd)/math.Sqrt(variance) - 1); e > 5/math.Sqrt(4*n) {
			t.Errorf("%s: standard deviation %v, expected %v", c.name, gotStd, math.Sqrt(variance))
		}
		for j := range mean {
			if math.Abs(float64(gotMean[j])-mean[j]) > 5*math.Sqrt(variance/n) {
				t.Errorf("%s: mean %v, expected %v", c.name, gotMean, mean)
			}
		}
		if math.Abs(math.Sqrt(variance)/std-1) > 0.05 || math.Abs(mean[0]-1) > 0.02 ||
			math.Abs(mean[1]+2) > 0.02 {
			t.Errorf("%s ends at mean %v and standard deviation %v, far from the data's",
				c.name, mean, math.Sqrt(variance))
		}
	}
}

// TestRunSharding: a sample depends on seed and number only, not on the samples drawn with it or their
// layout.
func TestRunSharding(t *testing.T) {
	mixture := ncsnMixture(t)
	sigmas, err := Geometric(20, 1, 10)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := AnnealedLangevin(sigmas, 0.05, 3)
	if err != nil {
		t.Fatal(err)
	}
	draw := func(x kernels.Matrix, first uint64) {
		Prior(x, []float32{1, 2}, 20, Numbers{Seed: 5, First: first})
		if err := run(t, mixture, x, steps, Numbers{Seed: 5, First: first}); err != nil {
			t.Fatal(err)
		}
	}
	whole := kernels.NewMatrix(57, 2)
	draw(whole, 0)
	for _, cut := range []int{1, 8, 33, 56} {
		parts := kernels.NewMatrix(57, 2)
		draw(parts.Slice(0, cut), 0)
		draw(parts.Slice(cut, 57), uint64(cut))
		if !slices.Equal(parts.Data, whole.Data) {
			t.Errorf("samples change when drawn in two parts, cut at %d", cut)
		}
	}
	wide := kernels.Matrix{Rows: 57, Cols: 2, Stride: 5, Data: make([]float32, 57*5)}
	draw(wide, 0)
	for i := range wide.Rows {
		if !slices.Equal(wide.Row(i), whole.Row(i)) {
			t.Fatalf("sample %d changes with the stride", i)
		}
	}
}

func TestRunErrors(t *testing.T) {
	mixture := ncsnMixture(t)
	x := kernels.NewMatrix(2, 2)
	if err := run(t, mixture, kernels.NewMatrix(2, 3), nil, Numbers{Seed: 1}); err == nil ||
		!strings.Contains(err.Error(), "dimension 2") {
		t.Errorf("wrong dimension: %v", err)
	}
	stop := errors.New("stop")
	calls := 0
	nine := Chain{Steps: make([]Step, 9)}
	_, err := nine.Sample(t.Context(), mixture, x, Numbers{Seed: 1}, func(p Progress) error {
		if calls++; p.Done != calls || p.Total != 9 {
			return fmt.Errorf("%d calls for %d steps of %d", calls, p.Done, p.Total)
		}
		if p.Done == 4 {
			return stop
		}
		return nil
	})
	if err != stop || calls != 4 {
		t.Errorf("after %d steps: %v", calls, err)
	}
	steps := []Step{{1, math.MaxFloat32, math.MaxFloat32}, {1, math.MaxFloat32, 1}}
	err = run(t, mixture, x, steps, Numbers{Seed: 1, First: 10})
	var diverged *SampleError
	if !errors.As(err, &diverged) || diverged.Sample != 10 ||
		!strings.Contains(err.Error(), "sample 10 diverged") {
		t.Errorf("divergence: %v", err)
	}
}

// run carries out a sampler's steps.
func run(t testing.TB, score Score, x kernels.Matrix, steps []Step, n Numbers) error {
	_, err := Chain{Steps: steps}.Sample(t.Context(), score, x, n, nil)
	return err
}
