package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// watch keeps a training's run directory: metrics, held-out losses, pictures of samples and checkpoints.
type watch struct {
	t     *train
	p     *prepared
	dir   *runDir
	lines lossLines // of the metrics
	saved time.Time
	ctx   context.Context
	note  io.Writer
}

// newWatch returns a watch. The end of the context ends the training after a step, with a checkpoint.
func newWatch(ctx context.Context, t *train, p *prepared, dir *runDir, note io.Writer) *watch {
	return &watch{t: t, p: p, dir: dir, lines: newLossLines(t), saved: clock(), ctx: ctx, note: note}
}

// after does what is due after a step. The end of a training has a line of metrics, samples and a checkpoint too.
func (w *watch) after(loss float64) error {
	done := w.p.trainer.Done()
	end := done == w.t.Steps
	if line := w.lines.next(w.p.trainer, loss); line != nil {
		if err := w.dir.log(*line); err != nil {
			return err
		}
	}
	every := w.t.EvalSteps
	if every == 0 {
		every = max(1, w.t.Steps/10)
	}
	if done%every == 0 || end {
		if err := w.evaluate(); err != nil && context.Cause(w.ctx) == nil {
			return err
		}
	}
	if cause := context.Cause(w.ctx); cause != nil {
		if err := w.dir.save(w.p.trainer); err != nil {
			return err
		}
		return fmt.Errorf("%w at step %d of %d; langevin train --resume %s continues", cause, done, w.t.Steps, w.dir.path)
	}
	if end || clock().Sub(w.saved) >= w.t.Checkpoint.Duration ||
		w.t.CheckpointSteps > 0 && done%w.t.CheckpointSteps == 0 {
		w.saved = clock()
		return w.dir.save(w.p.trainer)
	}
	return nil
}

// evaluate logs the held-out losses of the averaged model and draws a picture of its samples.
func (w *watch) evaluate() error {
	model, done := w.p.trainer.Averaged(), w.p.trainer.Done()
	if w.p.data.HeldOut.Rows > 0 {
		sigmas := setup.HeldOutLevels(model)
		line := metricsLine{Step: done}
		score, err := setup.HeldOutScore(model, w.p.data.HeldOutLabels)
		if err != nil {
			return err
		}
		losses, err := smld.DenoisingLosses(w.ctx, score, w.p.data.HeldOut, sigmas, w.t.Seed)
		if err != nil {
			return err
		}
		for i, loss := range losses {
			line.HeldOut = append(line.HeldOut, levelLoss{sigmas[i], finite(loss)})
		}
		if err := w.dir.log(line); err != nil {
			return err
		}
	}
	if err := w.dir.drawMetrics(); err != nil {
		return err
	}
	n := 64
	if picture.CheckSamples(model) != nil {
		return nil // nothing to see
	}
	if model.Image() == nil {
		n = 2000
	}
	sampler, err := smld.NewSampler("heun", model.Levels(), smld.Options{"Levels": 20})
	if err != nil {
		return err
	}
	var score smld.Score = model.Score()
	var classes *classes
	if len(model.Data.Classes) > 0 {
		classes = allOf(model)
		if score, err = classes.score(0, n); err != nil {
			return err
		}
	}
	x, _, err := model.DrawFrom(w.ctx, score, sampler, n, smld.Numbers{Seed: w.t.Seed}, nil)
	if cause := context.Cause(w.ctx); cause != nil {
		return cause
	}
	if err != nil {
		fmt.Fprintf(w.note, "langevin: there is no picture of samples after step %d, and training goes on: %v\n", done, err)
		return nil
	}
	return saveSamples(w.dir.file(fmt.Sprintf("samples-%010d.png", done)), model.Rows(x), model,
		picture.SamplesOptions{Columns: classes.columns(), Names: classes.picturedNames()})
}

// finite returns a number as JSON can have it, nil where it is not finite.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
