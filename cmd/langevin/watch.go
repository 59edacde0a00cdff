package main

import (
	"fmt"
	"math"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// watch keeps a training's run directory: metrics, held-out losses, pictures of samples and checkpoints.
type watch struct {
	t       *train
	p       *prepared
	dir     *runDir
	started time.Time
	saved   time.Time
	losses  []float64 // since the last line of metrics
	signals chan os.Signal
}

// newWatch returns a watch. Until stop, SIGINT and SIGTERM end the training after a step, with a checkpoint.
func newWatch(t *train, p *prepared, dir *runDir) *watch {
	w := &watch{t: t, p: p, dir: dir, started: time.Now(), saved: time.Now(), signals: make(chan os.Signal, 1)}
	signal.Notify(w.signals, os.Interrupt, syscall.SIGTERM)
	return w
}

func (w *watch) stop() { signal.Stop(w.signals) }

// after does what is due after a step. The end of a training has a line of metrics, samples and a checkpoint too.
func (w *watch) after(loss float64) error {
	done := w.p.trainer.Done()
	end := done == w.t.Steps
	w.losses = append(w.losses, loss)
	if done%w.t.LogSteps == 0 || end {
		mean, _ := metrics.Mean(w.losses)
		rate, seconds := w.p.trainer.Rate(), math.Round(time.Since(w.started).Seconds()*1000)/1000
		if err := w.dir.log(metricsLine{Step: done, Loss: &mean, Rate: &rate, Seconds: &seconds}); err != nil {
			return err
		}
		w.losses = w.losses[:0]
	}
	every := w.t.EvalSteps
	if every == 0 {
		every = max(1, w.t.Steps/10)
	}
	if done%every == 0 || end {
		if err := w.evaluate(); err != nil {
			return err
		}
	}
	select {
	case s := <-w.signals:
		if err := w.dir.save(w.p.trainer); err != nil {
			return err
		}
		return fmt.Errorf("stopped at step %d of %d by a signal (%v); langevin train --resume %s continues", done, w.t.Steps, s, w.dir.path)
	default:
	}
	if end || time.Since(w.saved) >= w.t.Checkpoint.Duration || w.t.CheckpointSteps > 0 && done%w.t.CheckpointSteps == 0 {
		w.saved = time.Now()
		return w.dir.save(w.p.trainer)
	}
	return nil
}

// evaluate logs the held-out losses of the averaged model and draws a picture of its samples.
func (w *watch) evaluate() error {
	const levels = 10
	model, done := w.p.trainer.Averaged(), w.p.trainer.Done()
	if w.p.heldOut.Rows > 0 {
		var sigmas []float32
		for i := range levels {
			sigmas = append(sigmas, model.Sigmas[i*(len(model.Sigmas)-1)/(levels-1)])
		}
		sigmas = slices.Compact(sigmas)
		line := metricsLine{Step: done}
		for i, loss := range smld.DenoisingLosses(model.Score(), w.p.heldOut, sigmas, w.t.Seed) {
			line.HeldOut = append(line.HeldOut, levelLoss{sigmas[i], loss})
		}
		if err := w.dir.log(line); err != nil {
			return err
		}
	}
	n := 64
	switch shape := model.Data.Shape; {
	case len(shape) == 1 && shape[0] == 2:
		n = 2000
	case len(shape) != 2:
		return nil // nothing to see
	}
	sampler, err := smld.NewSampler("heun", smld.Settings{
		SigmaMax: float64(model.Sigmas[0]), SigmaMin: float64(model.Sigmas[len(model.Sigmas)-1]), Levels: 20,
	})
	if err != nil {
		return err
	}
	x := kernels.NewMatrix(n, model.Dim())
	smld.Prior(x, model.Mean, smld.PriorStd(sampler.Start(), model.Std), w.t.Seed, 0)
	if _, err := sampler.Sample(model.Score(), x, w.t.Seed, 0, nil); err != nil {
		return err
	}
	return writePicture(w.dir.file(fmt.Sprintf("samples-%010d.png", done)), x, model.Data)
}
