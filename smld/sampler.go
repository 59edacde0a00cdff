package smld

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Sampler moves points from noise to samples. Chain, PredictorCorrector, Heun, LinearMultistep, DPMSolver and
// RK45 are Samplers; NewSampler makes them by name.
type Sampler interface {
	// Start returns the level of the noise that the points start with, beside their own spread; see
	// Model.Prior.
	Start() float32
	// Sample moves the rows of x from level Start(). What becomes of a row follows from the score, the row
	// and its number alone, not from the other rows.
	//
	// After each step Sample calls watch, if not nil. An error of watch ends the run, and so does the end of
	// the context, within a few hundredths of a second; Sample then returns the context's cause.
	//
	// Evaluations is how often the score was evaluated for a sample. For RK45 it is the mean over the
	// samples, for the others the number for each.
	Sample(
		ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
	) (evaluations float64, err error)
}

// Chain is a sampler that is a sequence of steps.
type Chain struct {
	Steps []Step
	End   float32 // noise level that the points are at after the last step
	Clean bool    // points start without noise, though the first step is at some level
}

// Start returns the level of the first step, or 0 for points that start without noise.
func (c Chain) Start() float32 {
	if c.Clean {
		return 0
	}
	if len(c.Steps) == 0 {
		return c.End
	}
	return c.Steps[0].Sigma
}

// after returns the level that the points are at after step k.
func (c Chain) after(k int) float32 {
	if k < len(c.Steps)-1 {
		return c.Steps[k+1].Sigma
	}
	return c.End
}

// Sample carries out the steps, with one evaluation of the score each. The noise of a row follows from seed,
// number and step alone.
func (c Chain) Sample(
	ctx context.Context, score Score, x kernels.Matrix, n Numbers, watch Watch,
) (float64, error) {
	if err := checkCall(score, x); err != nil {
		return 0, err
	}
	e := newEvaluation(ctx, score, x, watch)
	for k, step := range c.Steps {
		if err := e.at(e.s, x, step.Sigma); err != nil {
			return float64(k), err
		}
		e.denoise(x, step.Sigma)
		step.apply(x, e.s, stream(n.Seed, streams.Sample, uint64(k)), n.at(0, x.Cols))
		if err := e.report(x, k+1, len(c.Steps), c.after(k)); err != nil {
			return float64(k + 1), err
		}
	}
	return float64(len(c.Steps)), checkFinite(x, n.First)
}

// checkCall looks at what comes before any result: shapes, and whether the thread computes as it should.
func checkCall(score Score, x kernels.Matrix) error {
	if err := kernels.ArithmeticError(); err != nil {
		return fmt.Errorf("smld: %w", err)
	}
	if score.Dim() != x.Cols {
		return fmt.Errorf("smld: the score is of dimension %d, the points of %d", score.Dim(), x.Cols)
	}
	if p, ok := score.(PerRow); ok && p.Rows() != 0 && p.Rows() != x.Rows {
		return fmt.Errorf("smld: the score is of %d rows with conditions of their own, there are %d points",
			p.Rows(), x.Rows)
	}
	return nil
}

// apply makes the step where s is the score at x.
func (step Step) apply(x, s kernels.Matrix, noise kernels.Noise, at uint64) {
	if n := x.Rows * x.Cols; x.Stride == x.Cols && s.Stride == s.Cols {
		kernels.Langevin(x.Data[:n], s.Data[:n], step.Drift, step.Diffusion, noise, at)
		return
	}
	for i := range x.Rows {
		kernels.Langevin(x.Row(i), s.Row(i), step.Drift, step.Diffusion, noise, at+uint64(i*x.Cols))
	}
}

// SampleError is the error of a sample that has become no number.
type SampleError struct {
	Sample uint64 // its number
	Value  float32
}

// Error names the sample.
func (e *SampleError) Error() string {
	return fmt.Sprintf("smld: sample %d diverged to %v: the step size is too large for this score",
		e.Sample, e.Value)
}

// checkFinite returns a SampleError of the first sample which is no number any more.
func checkFinite(x kernels.Matrix, first uint64) error {
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return &SampleError{first + uint64(i), v}
			}
		}
	}
	return nil
}
