package smld

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/kernels"
)

// doubled is a score that embeds another: interface and method have different names.
type doubled struct{ Score }

func (d doubled) At(dst, x kernels.Matrix, sigma float32) {
	d.Score.At(dst, x, sigma)
	kernels.Axpby(dst.Data, 2, dst.Data, 0, dst.Data)
}

// TestScoreEmbeds: a score that embeds another takes its place.
func TestScoreEmbeds(t *testing.T) {
	m := ncsnMixture(t)
	x, got, want := kernels.NewMatrix(3, 2), kernels.NewMatrix(3, 2), kernels.NewMatrix(3, 2)
	m.Draw(x, Numbers{Seed: 1})
	var score Score = doubled{m}
	score.At(got, x, 2)
	m.At(want, x, 2)
	for i := range want.Data {
		if got.Data[i] != 2*want.Data[i] {
			t.Errorf("element %d is %v, want twice %v", i, got.Data[i], want.Data[i])
		}
	}
}

// TestDraw: Draw is the prior and the sampler, and a part of the samples is a part.
func TestDraw(t *testing.T) {
	m, _ := ncsnModel(t, 50, 50)
	for _, name := range SamplerNames() {
		sampler := must[Sampler](t)(NewSampler(name, Range{Max: 50, Min: 1}, nil))
		all, n, err := m.Draw(t.Context(), sampler, 9, Numbers{Seed: 3, First: 5}, nil)
		if err != nil || n <= 0 {
			t.Fatal(n, err)
		}
		x := kernels.NewMatrix(9, m.Dim())
		m.Prior(x, sampler.Start(), Numbers{Seed: 3, First: 5})
		if _, err := sampler.Sample(t.Context(), m.Score(), x, Numbers{Seed: 3, First: 5}, nil); err != nil {
			t.Fatal(err)
		}
		part, _, err := m.Draw(t.Context(), sampler, 2, Numbers{Seed: 3, First: 9}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !equal(all, x) || !equal(part, all.Slice(4, 6)) {
			t.Errorf("%s: other samples", name)
		}
	}
	if _, _, err := m.Draw(t.Context(), Heun{}, -1, Numbers{}, nil); err == nil {
		t.Error("a negative number of samples is drawn")
	}
}

// slow is a score that takes its time for each row.
type slow struct {
	Score
	each time.Duration
}

func (s slow) At(dst, x kernels.Matrix, sigma float32) {
	time.Sleep(time.Duration(x.Rows) * s.each)
	s.Score.At(dst, x, sigma)
}

// TestContext: whatever takes long returns the context's cause soon after its end, in the middle of an
// evaluation of many points too, and a call with a context has the bits of one without.
func TestContext(t *testing.T) {
	m := ncsnMixture(t)
	cause := errors.New("enough")
	const rows = 3000
	start := kernels.NewMatrix(rows, 2)
	m.Draw(start, Numbers{Seed: 1})
	calls := map[string]func(ctx context.Context, score Score, x kernels.Matrix) error{
		"inpaint": func(ctx context.Context, score Score, x kernels.Matrix) error {
			Hide(x, []bool{true, false})
			p := must[Inpainter](t)(NewInpainter(20, 1, nil, 1))
			p.Sweeps, p.Particles, p.Sigmas = 1, 2, p.Sigmas[:3]
			_, err := p.Fill(ctx, score, x, Numbers{}, nil)
			return err
		},
		"likelihood": func(ctx context.Context, score Score, x kernels.Matrix) error {
			l := Likelihood{SigmaMin: 1, SigmaMax: 20, Std: 1, RelTol: 1e-2, AbsTol: 1e-2, Probes: 1}
			_, err := l.LogDensity(ctx, make([]float64, x.Rows), slowVJP{score, m}, x, Numbers{})
			return err
		},
	}
	for name, sampler := range allSamplers(t) {
		calls[name] = func(ctx context.Context, score Score, x kernels.Matrix) error {
			_, err := sampler.Sample(ctx, score, x, Numbers{}, nil)
			return err
		}
	}
	for name, call := range calls {
		ctx, cancel := context.WithCancelCause(t.Context())
		x := kernels.NewMatrix(rows, 2)
		copy(x.Data, start.Data)
		ended := make(chan time.Time, 1)
		time.AfterFunc(20*time.Millisecond, func() { ended <- time.Now(); cancel(cause) })
		err := call(ctx, slow{m, 100 * time.Microsecond}, x)
		if took := time.Since(<-ended); !errors.Is(err, cause) || took > 100*time.Millisecond {
			t.Errorf("%s: %v after the context's end, %v", name, took, err)
		}
		if name == "inpaint" || name == "likelihood" {
			continue
		}
		with, without := kernels.NewMatrix(rows, 2), kernels.NewMatrix(rows, 2)
		copy(with.Data, start.Data)
		copy(without.Data, start.Data)
		alive, stop := context.WithCancel(t.Context())
		if err := errors.Join(call(alive, m, with), call(context.Background(), m, without)); err != nil {
			t.Error(err)
		}
		stop()
		if !slices.Equal(with.Data, without.Data) {
			t.Errorf("%s: other samples with a context", name)
		}
	}
}

// slowVJP is a slow score with the derivative of another.
type slowVJP struct {
	Score
	of *GaussianMixture
}

func (s slowVJP) ScoreVJP(score, vjp, x, v kernels.Matrix, sigma []float32) {
	s.Score.At(score, x, sigma[0]) // takes its time
	s.of.ScoreVJP(score, vjp, x, v, sigma)
}

// TestTrainContext: a training returns the cause of its context's end, or its watcher's error.
func TestTrainContext(t *testing.T) {
	m, source := ncsnModel(t, 50, 50)
	config := TrainConfig{Batch: 16, LearningRate: 1e-3, EMADecay: 0.9}
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	last := Progress{}
	_, err := Train(ctx, m, source, config, 100, func(p Progress) error {
		if last = p; p.Done == 5 {
			cancel(cause)
		}
		return nil
	})
	if !errors.Is(err, cause) || last.Done != 5 || last.Total != 100 || !(last.Loss > 0) {
		t.Errorf("%v after %+v", err, last)
	}
	_, err = Train(t.Context(), m, source, config, 100, func(Progress) error { return cause })
	if !errors.Is(err, cause) {
		t.Error(err)
	}
}

// TestDenoised: a watcher sees the expected clean points, x + sigma^2 score, before each step.
func TestDenoised(t *testing.T) {
	m := ncsnMixture(t)
	for name, sampler := range map[string]Sampler{
		"chain": must[Sampler](t)(NewSampler("ddim", Range{Max: 20, Min: 1}, Options{"Levels": 5})),
		"dpm2m": must[Sampler](t)(NewSampler("dpm2m", Range{Max: 20, Min: 1}, Options{"Levels": 5})),
		"lms":   must[Sampler](t)(NewSampler("lms", Range{Max: 20, Min: 1}, Options{"Levels": 5})),
		"heun":  must[Sampler](t)(NewSampler("heun", Range{Max: 20, Min: 1}, Options{"Levels": 5})),
	} {
		x, before := kernels.NewMatrix(4, 2), kernels.NewMatrix(4, 2)
		m.Draw(x, Numbers{Seed: 1})
		copyRows(before, x)
		sigma := sampler.Start()
		_, err := sampler.Sample(t.Context(), m, x, Numbers{}, func(p Progress) error {
			want, s := kernels.NewMatrix(4, 2), kernels.NewMatrix(4, 2)
			copyRows(want, before)
			m.At(s, before, sigma)
			Denoise(sigma).apply(want, s, kernels.Noise{}, 0)
			if !equal(p.Denoised, want) || !equal(p.Points, x) {
				t.Errorf("%s, step %d: other points", name, p.Done)
			}
			copyRows(before, p.Points)
			sigma = p.Sigma
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
