package smld

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels"
)

// mixtureSource is a mixture as training data.
type mixtureSource struct {
	*GaussianMixture
	seed uint64
}

func (s mixtureSource) Batch(dst kernels.Matrix, first uint64) { s.Draw(dst, Numbers{s.seed, first}) }

// ncsnModel returns an untrained model of the toy mixture.
func ncsnModel(t testing.TB, hidden ...int) (*Model, mixtureSource) {
	source := mixtureSource{ncsnMixture(t), 1}
	x := kernels.NewMatrix(1000, 2)
	source.Batch(x, 0)
	sigmas, err := Geometric(20, 0.1, 20)
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewModel(x, ModelConfig{
		Hidden: hidden, Sigmas: sigmas, Data: Description{Name: "toy", Shape: []int{2}, Low: -8, High: 8},
		Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	return m, source
}

// TestLearns: a small network learns the mixture's score at every level. The score error E|s-s*|^2 sigma^2/D
// is one for a score of zero at the smallest level, and falls far below that.
func TestLearns(t *testing.T) {
	long(t)
	if kernels.Backend() == "generic" {
		t.Skip("takes long without SIMD; other tests hold the backends equal")
	}
	m, source := ncsnModel(t, 64, 64)
	config := TrainConfig{Batch: 256, LearningRate: 2e-3, EMADecay: 0.999, Seed: 1}
	trained, err := Train(t.Context(), m, source, config, 4000, nil)
	if err != nil {
		t.Fatal(err)
	}
	const n = 2000
	x, got, want := kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2), kernels.NewMatrix(n, 2)
	for _, sigma := range trained.Sigmas {
		source.Draw(x, Numbers{Seed: 99})
		kernels.AddNoise(x.Data, x.Data, sigma, kernels.Noise{Seed: 99}, 0)
		trained.Score().At(got, x, sigma)
		source.At(want, x, sigma)
		sum := 0.0
		for j := range got.Data {
			d := float64(got.Data[j] - want.Data[j])
			sum += d * d
		}
		error := sum / (2 * n) * float64(sigma) * float64(sigma)
		t.Logf("sigma %.3f: score error %.5f", sigma, error)
		if error > 0.02 {
			t.Errorf("sigma %.3f: score error %.5f, want at most 0.02", sigma, error)
		}
	}
}

// TestLossGradient compares the loss with its definition through the score in float64. It compares the
// gradient with the central difference of that loss, for all preconditionings and weightings. The gradient of
// Bounded is that difference less its factor of the slope.
func TestLossGradient(t *testing.T) {
	for _, preconditioning := range []Preconditioning{EDM, NCSNv2, Bounded} {
		for _, weighting := range []Weighting{WeightSigma, WeightEDM} {
			t.Run(fmt.Sprintf("%s, weighting %s", preconditioning, weighting), func(t *testing.T) {
				testLossGradient(t, preconditioning, weighting)
			})
		}
	}
}

// expectedLoss is the loss of a batch by the formulas, at the network's output f. slopes are those of the
// denoiser, where it is bounded.
type expectedLoss struct {
	trainer     *Trainer
	clean, z, f kernels.Matrix
	slopes      []float64
}

func (e expectedLoss) loss() float64 {
	m, sum := e.trainer.model, 0.0
	for i := range e.f.Rows {
		sigma, std := float64(e.trainer.sigma[i]), float64(m.Std)
		v := sigma*sigma + std*std
		weight := 1.0
		if e.trainer.config.Weighting == WeightEDM {
			weight = v / (std * std)
		}
		for j := range m.Mean {
			x := float64(e.clean.Row(i)[j]) + sigma*float64(e.z.Row(i)[j]) - float64(m.Mean[j])
			out := float64(e.f.Row(i)[j])
			// Karras et al.: the denoiser and its score.
			denoised := std*std/v*x + sigma*std/math.Sqrt(v)*out
			if slope := &e.slopes[i*e.f.Cols+j]; m.Preconditioning == Bounded {
				mean, soft := float64(m.Mean[j]), sigma*std/math.Sqrt(v)/2
				denoised, *slope = clamp(denoised+mean, -4, 5, soft)
				denoised -= mean
			} else {
				*slope = 1
			}
			score := (denoised - x) / (sigma * sigma)
			if m.Preconditioning == NCSNv2 {
				score = out / sigma
			}
			r := sigma*score + float64(e.z.Row(i)[j])
			sum += weight * r * r / 2
		}
	}
	return sum / float64(e.f.Rows)
}

func testLossGradient(t *testing.T, preconditioning Preconditioning, weighting Weighting) {
	m, source := ncsnModel(t, 8)
	m.Preconditioning = preconditioning
	m.Data.Low, m.Data.High = -4, 5 // the data lie about -5 and 5
	trainer, err := NewTrainer(m, source, TrainConfig{
		Batch: 16, LearningRate: 1e-3, Seed: 3, Weighting: weighting,
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Net.Block { // no zero output
		m.Net.Block[i] += float32(i%7-3) / 10
	}
	trainer.Step()
	trainer.Step()
	f, clean, z := kernels.NewMatrix(16, 2), kernels.NewMatrix(16, 2), kernels.NewMatrix(16, 2)
	kernels.Noise{Seed: 5}.Fill(f.Data, 0)
	source.Batch(clean, 16)
	input, dF := inputOf(trainer, 16), kernels.NewMatrix(16, 2)
	trainer.noise().Fill(z.Data, trainer.at(0))
	(*objective)(trainer).Gradient(dF, f, input, 0)
	got := trainer.batchLoss()

	e := expectedLoss{trainer: trainer, clean: clean, z: z, f: f, slopes: make([]float64, len(f.Data))}
	loss, slopes := e.loss, e.slopes
	if want := loss(); math.Abs(got-want) > 1e-5*want {
		t.Errorf("loss is %v, want %v", got, want)
	}
	checked, h, tolerance := 0, float32(1.0/64), 1e-5
	if preconditioning == Bounded { // the loss is no parabola
		h, tolerance = 1.0/1024, 1e-4
	}
	for i := range f.Data {
		at := f.Data[i]
		f.Data[i] = at + h
		up := loss()
		f.Data[i] = at - h
		down := loss()
		f.Data[i] = at
		loss()
		if slopes[i] < 1e-2 {
			continue // the difference is too small to be divided by it
		}
		checked++
		want := (up - down) / (2 * float64(h)) / slopes[i]
		if math.Abs(float64(dF.Data[i])-want) > tolerance*(1+math.Abs(want)) {
			t.Errorf("gradient %d is %v, want %v", i, dF.Data[i], want)
		}
	}
	if checked < len(f.Data)/2 {
		t.Errorf("%d of %d gradients checked", checked, len(f.Data))
	}
}

// inputOf returns what a trainer gives the network for the batch whose first point is number first.
func inputOf(t *Trainer, first uint64) kernels.Matrix {
	t.points = first
	t.fetch()
	input := kernels.NewMatrix(t.config.Batch, t.model.Net.Sizes[0])
	for from := 0; from < input.Rows; from += 7 { // as several goroutines may
		part := input.Slice(from, min(from+7, input.Rows))
		(*objective)(t).Input(part, from)
	}
	return input
}

// clamp returns x brought into the interval from low to high with softness soft, as Bounded says, and its
// slope.
func clamp(x, low, high, soft float64) (y, slope float64) {
	softplus := func(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	a, b := (x-low)/soft, (x-high)/soft
	return low + soft*(softplus(a)-softplus(b)), sigmoid(a) - sigmoid(b)
}

// TestContinuousLevels: log(sigma) has the stated distribution. The network sees such a level as it does in
// sampling.
func TestContinuousLevels(t *testing.T) {
	const batch, steps = 500, 40
	for _, noise := range []LevelDistribution{LogUniform, LogNormal} {
		m, source := ncsnModel(t, 8)
		trainer, err := NewTrainer(m, source, TrainConfig{
			Batch: batch, LearningRate: 1e-3, Seed: 3, Noise: noise, LogMean: -0.5, LogStd: 1.2,
		})
		if err != nil {
			t.Fatal(err)
		}
		top, bottom := math.Log(float64(m.Sigmas[0])), math.Log(float64(m.Sigmas[len(m.Sigmas)-1]))
		mean, std := (top+bottom)/2, (top-bottom)/math.Sqrt(12)
		if noise == LogNormal {
			mean, std = math.Log(float64(m.Std))-0.5, 1.2
		}
		var sum, squares float64
		for step := range uint64(steps) {
			input := inputOf(trainer, step*batch)
			for i, sigma := range trainer.sigma {
				u := math.Log(float64(sigma))
				sum, squares = sum+u, squares+(u-mean)*(u-mean)
				if noise == LogUniform && (u > top+1e-6 || u < bottom-1e-6) {
					t.Fatalf("level %v is outside the model's", sigma)
				}
				l := m.level(sigma)
				for j, want := range append(l.features[:], l.scaleIn) {
					got := append(input.Row(i)[2:], trainer.scale[i])[j]
					if math.Abs(float64(got-want)) > 1e-6 {
						t.Fatalf("%s, level %v: input %d is %v in training and %v in sampling",
							noise, sigma, j, got, want)
					}
				}
			}
		}
		const n = batch * steps
		if d := sum/n - mean; math.Abs(d) > 5*std/math.Sqrt(n) {
			t.Errorf("%s: log(sigma) has mean %v, want %v", noise, sum/n, mean)
		}
		if got := squares / n; math.Abs(got/(std*std)-1) > 5*math.Sqrt(2.0/n) {
			t.Errorf("%s: log(sigma) has variance %v, want %v", noise, got, std*std)
		}
	}
}

// TestSchedules compares the learning rates with their formulas.
func TestSchedules(t *testing.T) {
	for _, c := range []struct {
		schedule Schedule
		warm     int
		want     func(t float64) float64 // t steps after 10 of warm-up, in 110
	}{
		{Constant, 10, func(float64) float64 { return 1 }},
		{Cosine, 10, func(t float64) float64 { return (1 + math.Cos(math.Pi*t/100)) / 2 }},
		{InverseSqrt, 10, func(t float64) float64 { return math.Sqrt(10 / (10 + t)) }},
	} {
		config := TrainConfig{LearningRate: 0.01, WarmUp: c.warm, Schedule: c.schedule, Steps: 110}
		for done := range 110 {
			want := 0.01 * float64(done+1) / 10
			if done >= 10 {
				want = 0.01 * c.want(float64(done-10))
			}
			if got := config.rate(done); math.Abs(got-want) > 1e-12 {
				t.Errorf("%s after %d steps: %v, want %v", c.schedule, done, got, want)
			}
		}
	}
}

// TestTrainerNoise: the points that the network sees are the clean ones plus sigma z, with the z of the loss.
func TestTrainerNoise(t *testing.T) {
	m, source := ncsnModel(t, 8)
	trainer, err := NewTrainer(m, source, TrainConfig{Batch: 500, LearningRate: 1e-3, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[float32]int{}
	clean, z := kernels.NewMatrix(500, 2), kernels.NewMatrix(500, 2)
	for step := range 8 {
		input := inputOf(trainer, uint64(500*step))
		source.Batch(clean, uint64(500*step))
		trainer.noise().Fill(z.Data, trainer.at(0))
		for i := range clean.Rows {
			counts[trainer.sigma[i]]++
			for j, c := range clean.Row(i) {
				sigma, std := float64(trainer.sigma[i]), float64(m.Std)
				offset := float64(c) + sigma*float64(z.Row(i)[j]) - float64(m.Mean[j])
				want := offset / math.Sqrt(sigma*sigma+std*std)
				if got := float64(input.Row(i)[j]); math.Abs(got-want) > 1e-6 {
					t.Fatalf("step %d, point %d: %v, want %v", step, i, got, want)
				}
			}
		}
	}
	for _, sigma := range m.Sigmas { // 4,000 draws of 20 levels: 200 each, standard deviation 13.8
		if n := counts[sigma]; n < 130 || n > 270 {
			t.Errorf("level %v is drawn %d times in 4000, expected 200", sigma, n)
		}
	}
}

// reproducible are settings of which each has a part in a step.
var reproducible = TrainConfig{
	Batch: 70, LearningRate: 1e-3, EMADecay: 0.9, Seed: 8, WarmUp: 2, Schedule: Cosine, Steps: 20,
	WeightDecay: 0.1, ClipNorm: 0.5,
	Noise: LogUniform, Weighting: WeightEDM,
}

// TestTrainReproducible: backends and cores do not change the model.
func TestTrainReproducible(t *testing.T) {
	defer func(cores int, backend string) {
		runtime.GOMAXPROCS(cores)
		if err := implementation.Use(backend); err != nil {
			t.Error(err)
		}
	}(runtime.GOMAXPROCS(0), kernels.Backend())
	var first []float32
	for _, backend := range implementation.All() {
		if err := implementation.Use(backend); err != nil {
			t.Fatal(err)
		}
		for _, cores := range []int{1, 2} {
			runtime.GOMAXPROCS(cores)
			m, source := ncsnModel(t, 50, 50)
			var losses []float64
			trained, err := Train(t.Context(), m, source, reproducible, 6, func(p Progress) error {
				losses = append(losses, p.Loss)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			x := kernels.NewMatrix(300, 2)
			Prior(x, trained.Mean, 20, Numbers{Seed: 1})
			steps, err := Ancestral(trained.Sigmas)
			if err != nil {
				t.Fatal(err)
			}
			if err := run(t, trained.Score(), x, steps, Numbers{Seed: 1}); err != nil {
				t.Fatal(err)
			}
			got := append(slices.Clone(trained.Net.Block), x.Data...)
			for _, l := range losses {
				got = append(got, float32(l))
			}
			if first == nil {
				first = got
			}
			if !slices.Equal(got, first) {
				t.Errorf("%s on %d cores trains or samples other bits", backend, cores)
			}
		}
	}
}

// TestTrainAllocates: a step allocates nothing.
func TestTrainAllocates(t *testing.T) {
	for _, preconditioning := range []Preconditioning{EDM, Bounded} {
		m, source := ncsnModel(t, 50)
		m.Preconditioning = preconditioning
		trainer, err := NewTrainer(m, source, reproducible)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(5, func() { trainer.Step() }); n != 0 {
			t.Errorf("%s: a training step allocates %v times", preconditioning, n)
		}
	}
}
