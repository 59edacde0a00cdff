package smld

import (
	"context"
	"time"

	"github.com/seed964deb49/langevin/kernels"
)

// Progress tells how far a training, a sampler or another long call is.
type Progress struct {
	Done, Total int // steps

	Loss float64 // of a training's last step

	Sigma float32 // of a sampler: the noise level that the points are at now; 0 when they are clean
	// Points are a sampler's points as they are. A watcher may change them, but samplers that look back keep
	// what they saw before.
	Points kernels.Matrix
	// Denoised are the expected clean points, x + sigma^2 score, given the points at the last evaluation of
	// the score. It is empty where a sampler does not know them. A sampler may go on from it: leave it alone.
	Denoised kernels.Matrix
}

// Watch is called after each step. Its error ends the call, which returns it.
type Watch func(Progress) error

// call calls w, if it is not nil, unless the context has ended.
func (w Watch) call(ctx context.Context, p Progress) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if w == nil {
		return nil
	}
	return w(p)
}

// evaluation evaluates a score for a call with a context. It takes some rows at a time, about a hundredth of
// a second's work, so that the call ends soon when its context does. How many rows those are changes no
// result.
type evaluation struct {
	ctx   context.Context
	score Score
	rows  int // at a time, so far

	numbers []int // of a PerRow: which rows of the batch the points are; nil for all in their order
	order   []int // 0, 1, 2 and so on, for those

	s        kernels.Matrix // the score, one row for each point
	watch    Watch
	denoised kernels.Matrix // for a watcher, or empty where there is none
}

const (
	evaluationRows = 256 // to begin with
	evaluationTime = 10 * time.Millisecond
)

// newEvaluation returns an evaluation for a sampler of the points x.
func newEvaluation(ctx context.Context, score Score, x kernels.Matrix, watch Watch) *evaluation {
	e := &evaluation{ctx: ctx, score: score, s: kernels.NewMatrix(x.Rows, x.Cols), watch: watch}
	if watch != nil {
		e.denoised = kernels.NewMatrix(x.Rows, x.Cols)
	}
	return e
}

// denoise notes the expected clean points for a watcher, where s is the score at x.
func (e *evaluation) denoise(x kernels.Matrix, sigma float32) {
	if e.watch != nil {
		e.denoiseInto(e.denoised, x, sigma)
	}
}

// denoiseInto sets dst to the expected clean points.
func (e *evaluation) denoiseInto(dst, x kernels.Matrix, sigma float32) {
	copyRows(dst, x)
	Denoise(sigma).apply(dst, e.s, kernels.Noise{}, 0)
}

// report tells the watcher that a step is done.
func (e *evaluation) report(x kernels.Matrix, done, total int, sigma float32) error {
	return e.watch.call(e.ctx, Progress{
		Done: done, Total: total, Sigma: sigma, Points: x, Denoised: e.denoised,
	})
}

// at sets dst to the score at the rows of x.
func (e *evaluation) at(dst, x kernels.Matrix, sigma float32) error {
	return e.parts(x.Rows, func(from, to int) {
		e.of(from, to).At(dst.Slice(from, to), x.Slice(from, to), sigma)
	})
}

// atRows sets row i of dst to the score at row i of x and level sigma[i].
func (e *evaluation) atRows(dst, x kernels.Matrix, sigma []float32) error {
	return e.parts(x.Rows, func(from, to int) {
		scoreRows(e.of(from, to), dst.Slice(from, to), x.Slice(from, to), sigma[from:to])
	})
}

// of returns the score for some of the points.
func (e *evaluation) of(from, to int) Score {
	p, ok := e.score.(PerRow)
	if !ok || p.Rows() == 0 {
		return e.score
	}
	if e.numbers != nil {
		return p.Of(e.numbers[from:to])
	}
	for len(e.order) < to {
		e.order = append(e.order, len(e.order))
	}
	return p.Of(e.order[from:to])
}

// parts calls f for all rows, a part at a time, until the context ends.
func (e *evaluation) parts(rows int, f func(from, to int)) error {
	if e.ctx.Done() == nil {
		f(0, rows)
		return nil
	}
	e.rows = max(e.rows, evaluationRows)
	for from := 0; from < rows; {
		if err := context.Cause(e.ctx); err != nil {
			return err
		}
		to, begun := min(from+e.rows, rows), time.Now()
		f(from, to)
		if took := time.Since(begun); took < evaluationTime/2 && to-from == e.rows {
			e.rows *= 2
		} else if took > 2*evaluationTime {
			e.rows = max(evaluationRows, e.rows/2)
		}
		from = to
	}
	return context.Cause(e.ctx)
}
