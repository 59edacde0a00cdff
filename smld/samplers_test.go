package smld

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestConsistentAnnealed: with eta = 1-gamma^2 consistent annealed sampling is ancestral sampling, and with
// eta = 1-gamma it is Euler's method for the probability-flow ODE, to rounding.
func TestConsistentAnnealed(t *testing.T) {
	sigmas := must[[]float32](t)(Geometric(20, 0.01, 40))
	gamma := math.Pow(0.01/20, 1./39)
	for _, c := range []struct {
		name string
		eta  float64
		want []Step
	}{
		{"ancestral", 1 - gamma*gamma, must[[]Step](t)(Ancestral(sigmas))},
		{"DDIM", 1 - gamma, must[[]Step](t)(ProbabilityFlow(sigmas))},
	} {
		got := must[[]Step](t)(ConsistentAnnealed(sigmas, c.eta))
		if len(got) != len(c.want) {
			t.Fatalf("%s: %d steps, want %d", c.name, len(got), len(c.want))
		}
		for i, g := range got {
			// The levels are rounded to float32, and gamma with them.
			w, sigma := c.want[i], float64(c.want[i].Sigma)
			if g.Sigma != w.Sigma || math.Abs(float64(g.Drift-w.Drift)) > 2e-7*sigma*sigma ||
				math.Abs(float64(g.Diffusion-w.Diffusion)) > 1e-6*sigma {
				t.Errorf("%s: step %d is %+v, want %+v", c.name, i, g, w)
			}
		}
		mixture := ncsnMixture(t)
		x, y := kernels.NewMatrix(500, 2), kernels.NewMatrix(500, 2)
		Prior(x, nil, 20, Numbers{Seed: 1})
		Prior(y, nil, 20, Numbers{Seed: 1})
		n := Numbers{Seed: 1}
		err := errors.Join(run(t, mixture, x, got, n), run(t, mixture, y, c.want, n))
		if err != nil {
			t.Fatal(err)
		}
		largest := 0.0
		for i, v := range x.Data {
			largest = max(largest, math.Abs(float64(v-y.Data[i])))
		}
		t.Logf("%s: samples differ by up to %.2g", c.name, largest)
		if largest > 1e-3 { // roundings, which the flow between the modes enlarges
			t.Errorf("%s: samples differ by up to %v", c.name, largest)
		}
	}
}

// convergence is a solver, the levels that it goes from and to, and what order it should have.
type convergence struct {
	name        string
	from, to    float64
	least, most float64 // order
	steps       []int
	make        func(sigmas []float32) Sampler
}

// errors returns the relative error for each number of steps where x should become x times exact.
func (c convergence) errors(t *testing.T, g *GaussianMixture, exact float64) (errs []float64) {
	const n = 2000 // points, whose float32 roundings average out
	for _, steps := range c.steps {
		sigmas := make([]float32, steps+1)
		for i := range sigmas {
			sigmas[i] = float32(c.from + float64(i)/float64(steps)*(c.to-c.from))
		}
		x := kernels.NewMatrix(n, 1)
		for i := range x.Data {
			x.Data[i] = 1 + float32(i)/n
		}
		if _, err := c.make(sigmas).Sample(t.Context(), g, x, Numbers{Seed: 1}, nil); err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, v := range x.Data {
			sum += float64(v)/(float64(1+float32(i)/n)*exact) - 1
		}
		errs = append(errs, math.Abs(sum/n))
	}
	return errs
}

// TestConvergenceOrder measures the order of the ODE solvers. With data N(0, s^2) the probability flow takes
// x at level sigma to x sqrt((s^2 + last^2)/(s^2 + sigma^2)) at the last. The error falls with the power p of
// the step. On this problem the method of order 5 comes down to its order from above, below what float32
// resolves. TestDormandPrince checks its coefficients.
func TestConvergenceOrder(t *testing.T) {
	long(t)
	const s = 1.0
	g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 1), []float64{s}))
	for _, c := range []convergence{
		{"Euler", 4, 0.5, 0.99, 1.01, []int{64, 128, 256, 512}, func(sigmas []float32) Sampler {
			steps := must[[]Step](t)(ProbabilityFlow(sigmas))
			return Chain{Steps: steps[:len(steps)-1], End: sigmas[len(sigmas)-1]}
		}},
		{"Heun", 4, 0.5, 1.98, 2.02, []int{16, 32, 64, 128}, func(sigmas []float32) Sampler {
			return Heun{Sigmas: sigmas, NoDenoise: true}
		}},
		{"LMS 2", 4, 0.5, 1.95, 2.05, []int{64, 128, 256}, func(sigmas []float32) Sampler {
			return LinearMultistep{Sigmas: sigmas, Order: 2, NoDenoise: true}
		}},
		{"LMS 3", 4, 0.5, 2.8, 3.2, []int{32, 64, 128}, func(sigmas []float32) Sampler {
			return LinearMultistep{Sigmas: sigmas, Order: 3, NoDenoise: true}
		}},
		{"DPM 2M", 4, 0.5, 1.9, 2.1, []int{32, 64, 128}, func(sigmas []float32) Sampler {
			return DPMSolver{Sigmas: sigmas, Order: 2, NoDenoise: true}
		}},
		{"DPM 3M", 4, 0.5, 2.2, 3.3, []int{16, 32, 64}, func(sigmas []float32) Sampler {
			return DPMSolver{Sigmas: sigmas, Order: 3, NoDenoise: true}
		}},
		{"RK45", 0.5, 4, 4.9, 6, []int{4, 6, 8, 12}, func(sigmas []float32) Sampler {
			return RK45{Sigmas: sigmas, Fixed: true, NoDenoise: true}
		}},
	} {
		exact := math.Sqrt((s*s + c.to*c.to) / (s*s + c.from*c.from))
		errs := c.errors(t, g, exact)
		for i := 1; i < len(errs); i++ {
			order := math.Log(errs[i-1]/errs[i]) / math.Log(float64(c.steps[i])/float64(c.steps[i-1]))
			t.Logf("%s: %d steps, relative error %.3g, order %.2f", c.name, c.steps[i], errs[i], order)
			if i == len(errs)-1 && (order < c.least || order > c.most) {
				t.Errorf("%s: order %.2f, want %v to %v", c.name, order, c.least, c.most)
			}
		}
	}
}

// stageVector has a number for each stage of a Runge-Kutta method.
type stageVector [7]float64

// mul returns the products of the numbers.
func (a stageVector) mul(b stageVector) (v stageVector) {
	for i := range v {
		v[i] = a[i] * b[i]
	}
	return v
}

// stages returns the coefficients of the stages times a.
func (a stageVector) stages() (v stageVector) {
	for i := range v {
		for j, w := range dormandPrinceStages[i] {
			v[i] += w * a[j]
		}
	}
	return v
}

// dot returns the sum of the products.
func (a stageVector) dot(b stageVector) float64 {
	s := 0.0
	for i := range a {
		s += b[i] * a[i]
	}
	return s
}

// TestDormandPrince checks all conditions of order 5 on the coefficients (Butcher 2016, Table 310(II)), and
// those of order 4 on the embedded solution, which does not reach order 5.
func TestDormandPrince(t *testing.T) {
	mul, stages, sum := stageVector.mul, stageVector.stages, stageVector.dot
	one := stageVector{1, 1, 1, 1, 1, 1, 1}
	c := stageVector(dormandPrinceNodes)
	for i, v := range stages(one) {
		if math.Abs(v-c[i]) > 1e-15*10 {
			t.Errorf("stage %d sums to %v, its node is %v", i, v, c[i])
		}
	}
	var fifth, fourth stageVector
	copy(fifth[:], dormandPrinceStages[6][:])
	for i := range fourth {
		fourth[i] = fifth[i] - dormandPrinceErrors[i]
	}
	c2, ac := mul(c, c), stages(c)
	c3 := mul(c, c2)
	conditions := []struct {
		order int
		tree  stageVector
		want  float64
	}{
		{1, one, 1}, {2, c, 1. / 2}, {3, c2, 1. / 3}, {3, ac, 1. / 6},
		{4, c3, 1. / 4}, {4, mul(c, ac), 1. / 8}, {4, stages(c2), 1. / 12}, {4, stages(ac), 1. / 24},
		{5, mul(c2, c2), 1. / 5}, {5, mul(c2, ac), 1. / 10}, {5, mul(ac, ac), 1. / 20},
		{5, mul(c, stages(c2)), 1. / 15},
		{5, stages(c3), 1. / 20}, {5, mul(c, stages(ac)), 1. / 30}, {5, stages(mul(c, ac)), 1. / 40},
		{5, stages(stages(c2)), 1. / 60}, {5, stages(stages(ac)), 1. / 120},
	}
	worst := 0.0
	for i, k := range conditions {
		if e := sum(fifth, k.tree) - k.want; math.Abs(e) > 1e-14 {
			t.Errorf("condition %d of order %d is off by %v", i, k.order, e)
		}
		e := sum(fourth, k.tree) - k.want
		if k.order < 5 && math.Abs(e) > 1e-14 {
			t.Errorf("condition %d of order %d is off by %v in the embedded solution", i, k.order, e)
		}
		worst = max(worst, math.Abs(e))
	}
	if worst < 1e-5 {
		t.Error("the embedded solution has order 5 too, and errors vanish")
	}
}

// TestRK45Exact: the adaptive solver keeps its tolerance, there and back.
func TestRK45Exact(t *testing.T) {
	long(t)
	g := must[*GaussianMixture](t)(NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 2), []float64{0.3}))
	const n, high, low = 5000, 50, 0.01
	x := kernels.NewMatrix(n, 2)
	Prior(x, nil, high, Numbers{Seed: 1})
	start := slices.Clone(x.Data)
	down := RK45{Sigmas: []float32{high, low}, RelTol: 1e-5, AbsTol: 1e-5, NoDenoise: true}
	evaluations, err := down.Sample(t.Context(), g, x, Numbers{Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for i, v := range x.Data {
		want := float64(start[i]) * math.Sqrt((0.09+low*low)/(0.09+high*high))
		worst = max(worst, math.Abs(float64(v)-want))
	}
	t.Logf("%.1f evaluations, largest error %.2g", evaluations, worst)
	if worst > 1e-3 {
		t.Errorf("largest error %v", worst)
	}
	up := down
	up.Sigmas = []float32{low, 1, high}
	if _, err := up.Sample(t.Context(), g, x, Numbers{Seed: 1}, nil); err != nil {
		t.Fatal(err)
	}
	for i, v := range x.Data {
		if math.Abs(float64(v-start[i])) > 1e-3*high {
			t.Errorf("back at %v, started at %v", v, start[i])
			break
		}
	}
}

// allSamplers returns one of every kind, for levels from 20 down.
func allSamplers(t testing.TB) map[string]Sampler {
	sigmas := must[[]float32](t)(Geometric(20, 0.5, 12))
	steps := must[[]Step](t)
	chain := func(s []Step) Chain { return Chain{Steps: s} }
	reverse := chain(steps(ReverseDiffusion(sigmas)))
	return map[string]Sampler{
		"Langevin":          Chain{Steps: steps(LangevinDynamics(20, 0.1, 5)), End: 20},
		"annealed":          chain(append(steps(AnnealedLangevin(sigmas, 0.02, 3)), Denoise(0.5))),
		"ancestral":         chain(steps(Ancestral(sigmas))),
		"reverse diffusion": reverse,
		"consistent":        chain(steps(ConsistentAnnealed(sigmas, 0.5))),
		"probability flow":  chain(steps(ProbabilityFlow(sigmas))),
		"corrected":         PredictorCorrector{Predictor: reverse, Corrections: 2, SNR: 0.16},
		"corrected, literal": PredictorCorrector{
			Predictor: chain(steps(Ancestral(sigmas))), Corrections: 1, SNR: 0.16, LiteralSNR: true,
		},
		"LMS":         LinearMultistep{Sigmas: sigmas, Order: 4},
		"LMS, raw":    LinearMultistep{Sigmas: sigmas, Order: 2, NoDenoise: true},
		"DPM 2M":      DPMSolver{Sigmas: sigmas, Order: 2},
		"DPM 3M":      DPMSolver{Sigmas: sigmas, Order: 3},
		"DPM 2M SDE":  DPMSolver{Sigmas: sigmas, Order: 2, Eta: 1},
		"DPM 3M SDE":  DPMSolver{Sigmas: sigmas, Order: 3, Eta: 0.7, Noise: 1.1, NoDenoise: true},
		"Heun":        Heun{Sigmas: sigmas},
		"Heun, churn": Heun{Sigmas: sigmas, Churn: 10, ChurnMin: 1, ChurnMax: 15, ChurnNoise: 1.003},
		"RK45":        RK45{Sigmas: []float32{20, 3, 0.5}, RelTol: 1e-4, AbsTol: 1e-4},
		"RK45, raw":   RK45{Sigmas: []float32{20, 0.5}, RelTol: 1e-4, AbsTol: 1e-4, NoDenoise: true},
	}
}

// onlyScore hides what else a score can do.
type onlyScore struct{ score Score }

func (o onlyScore) Dim() int                                { return o.score.Dim() }
func (o onlyScore) At(dst, x kernels.Matrix, sigma float32) { o.score.At(dst, x, sigma) }

// TestSharding: with every sampler a sample depends on the score, seed and number only, not on the samples
// drawn with it, their layout, whether the score knows AtRows, or the number of cores.
func TestSharding(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	mixture := ncsnMixture(t)
	const n = 533 // several ranges of rows
	for name, sampler := range allSamplers(t) {
		draw := func(score Score, x kernels.Matrix, first uint64) float64 {
			Prior(x, []float32{1, 2}, sampler.Start(), Numbers{Seed: 5, First: first})
			evaluations, err := sampler.Sample(t.Context(), score, x, Numbers{Seed: 5, First: first}, nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return evaluations
		}
		runtime.GOMAXPROCS(2)
		whole := kernels.NewMatrix(n, 2)
		evaluations := draw(mixture, whole, 0)
		runtime.GOMAXPROCS(1)
		for _, cut := range []int{1, 8, 333, n - 1} {
			parts := kernels.NewMatrix(n, 2)
			a, b := draw(mixture, parts.Slice(0, cut), 0), draw(mixture, parts.Slice(cut, n), uint64(cut))
			if !equal(parts, whole) {
				t.Errorf("%s: samples change when drawn in two parts, cut at %d", name, cut)
			}
			if e := (a*float64(cut) + b*float64(n-cut)) / n; math.Abs(e-evaluations) > 1e-9*e {
				t.Errorf("%s: %v evaluations for all samples, %v in parts", name, evaluations, e)
			}
		}
		wide := kernels.Matrix{Rows: n, Cols: 2, Stride: 5, Data: make([]float32, n*5)}
		draw(onlyScore{mixture}, wide, 0)
		if !equal(wide, whole) {
			t.Errorf("%s: samples change with the stride, or with a score that knows no rows", name)
		}
	}
}

// TestWatch: watch sees every step, with the level that the points are at, and can end the run; evaluations
// are counted.
func TestWatch(t *testing.T) {
	stop := errors.New("stop")
	for name, sampler := range allSamplers(t) {
		counted := &countingScore{score: ncsnMixture(t)}
		x := kernels.NewMatrix(3, 2)
		Prior(x, nil, sampler.Start(), Numbers{Seed: 5})
		done, total, last := 0, 0, sampler.Start()
		evaluations, err := sampler.Sample(t.Context(), counted, x, Numbers{Seed: 5}, func(p Progress) error {
			if done++; p.Done != done || p.Sigma > last {
				t.Errorf("%s: call %d is %+v after level %v", name, done, p, last)
			}
			total, last = p.Total, p.Sigma
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if done != total {
			t.Errorf("%s: %d calls, %d steps", name, done, total)
		}
		if evaluations != float64(counted.rows)/3 {
			t.Errorf("%s: %v evaluations reported, %v made", name, evaluations, float64(counted.rows)/3)
		}
		Prior(x, nil, sampler.Start(), Numbers{Seed: 5})
		calls := 0
		watch := func(Progress) error { calls++; return stop }
		_, err = sampler.Sample(t.Context(), counted, x, Numbers{Seed: 5}, watch)
		if err != stop || calls != 1 {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

// countingScore counts the points that it looks at.
type countingScore struct {
	score *GaussianMixture
	rows  int
}

func (c *countingScore) Dim() int { return c.score.Dim() }
func (c *countingScore) At(dst, x kernels.Matrix, sigma float32) {
	c.rows += x.Rows
	c.score.At(dst, x, sigma)
}

// TestDPMSolverRange: eta and noise are finite and not below zero.
func TestDPMSolverRange(t *testing.T) {
	sigmas := must[[]float32](t)(Geometric(2, 0.1, 4))
	mixture := must[*GaussianMixture](t)(NamedMixture("8gaussians"))
	for _, v := range []float64{-1, math.Inf(1), math.Inf(-1), math.NaN()} {
		for _, d := range []DPMSolver{
			{Sigmas: sigmas, Order: 2, Eta: v, Noise: 1}, {Sigmas: sigmas, Order: 3, Eta: 1, Noise: v},
		} {
			_, err := d.Sample(t.Context(), mixture, kernels.NewMatrix(4, 2), Numbers{}, nil)
			if err == nil || !strings.Contains(err.Error(), "want finite numbers, none below zero") {
				t.Errorf("eta %v, noise %v: %v", d.Eta, d.Noise, err)
			}
		}
	}
}
