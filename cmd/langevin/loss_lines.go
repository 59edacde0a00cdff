package main

import (
	"time"

	"github.com/seed964deb49/langevin/smld"
)

// lossLines makes the lines of a training's losses, those of a run directory's metrics and those of --json.
type lossLines struct {
	every   int
	total   int
	started time.Time
	sum     float64 // of the losses since the last line
	batches int     // since then
}

func newLossLines(t *train) lossLines {
	return lossLines{every: max(1, t.LogSteps), total: t.Steps, started: clock()}
}

// next returns the line that is due after a step, or nil.
func (l *lossLines) next(trainer *smld.Trainer, loss float64) *metricsLine {
	l.sum += loss
	l.batches++
	done := trainer.Done()
	if done%l.every != 0 && done != l.total {
		return nil
	}
	rate, seconds := trainer.Rate(), since(l.started)
	mean := finite(l.sum / float64(l.batches))
	line := &metricsLine{Step: done, Loss: mean, Batches: l.batches, Rate: &rate, Seconds: &seconds}
	l.sum, l.batches = 0, 0
	return line
}
