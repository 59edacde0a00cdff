package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Sampler moves points from noise to samples. Chain, PredictorCorrector, Heun and RK45 are Samplers;
// NewSampler makes them by name.
type Sampler interface {
	// Start returns the noise level that the points start at; see Prior.
	Start() float32
	// Sample moves the rows of x, which are samples first, first+1 and so on, at level Start(). What becomes
	// of a row follows from the score, the row, seed and number alone, not from the other rows.
	//
	// After each step Sample calls watch, if not nil. x then holds the trajectory's current points, which
	// watch may change. An error of watch ends the run.
	//
	// Evaluations is how often the score was evaluated for a sample. For RK45 it is the mean over the
	// samples, for the others the number for each.
	Sample(
		score Score, x kernels.Matrix, seed, first uint64, watch func(Progress) error,
	) (evaluations float64, err error)
}

// Progress tells how far a sampler is.
type Progress struct {
	Done, Total int     // steps
	Sigma       float32 // noise level that the points are at now; 0 when they are clean
}

// Chain is a sampler that is a sequence of steps.
type Chain struct {
	Steps []Step
	End   float32 // noise level that the points are at after the last step
}

// Start returns the level of the first step.
func (c Chain) Start() float32 {
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

// Sample carries out the steps as Run does.
func (c Chain) Sample(
	score Score, x kernels.Matrix, seed, first uint64, watch func(Progress) error,
) (float64, error) {
	var progress func(done int) error
	if watch != nil {
		progress = func(done int) error { return watch(Progress{done, len(c.Steps), c.after(done - 1)}) }
	}
	return float64(len(c.Steps)), Run(score, x, c.Steps, seed, first, progress)
}

// Run carries out a sampler's steps on the rows of x, which are samples first, first+1 and so on. Their noise
// follows from seed, number and step alone. After each step Run calls progress, if not nil, with the number
// of steps done. x then holds the trajectory's current points. An error of progress ends the run.
func Run(
	score Score, x kernels.Matrix, steps []Step, seed, first uint64, progress func(done int) error,
) error {
	if err := checkDim(score, x); err != nil {
		return err
	}
	s := kernels.NewMatrix(x.Rows, x.Cols)
	for k, step := range steps {
		score.Score(s, x, step.Sigma)
		noise := stream(seed, streamSample, uint64(k))
		step.apply(x, s, noise, first*uint64(x.Cols))
		if progress != nil {
			if err := progress(k + 1); err != nil {
				return err
			}
		}
	}
	return checkFinite(x, first)
}

func checkDim(score Score, x kernels.Matrix) error {
	if score.Dim() != x.Cols {
		return fmt.Errorf("smld: the score is of dimension %d, the points of %d", score.Dim(), x.Cols)
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

// checkFinite returns an error that names the first sample which is no number any more.
func checkFinite(x kernels.Matrix, first uint64) error {
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				return fmt.Errorf("smld: sample %d diverged to %v: the step size is too large for this score",
					first+uint64(i), v)
			}
		}
	}
	return nil
}
