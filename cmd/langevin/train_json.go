package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/seed964deb49/langevin/smld"
)

// jsonLines prints a training's progress as lines of JSON, those of a run directory's metrics with a loss.
type jsonLines struct {
	out     io.Writer
	every   int
	total   int
	started time.Time
	sum     float64 // of the losses since the last line
	batches int     // since then
}

func newJSONLines(out io.Writer, t *train) *jsonLines {
	return &jsonLines{out: out, every: max(1, t.LogSteps), total: t.Steps, started: time.Now()}
}

// after prints a line where one is due after a step.
func (l *jsonLines) after(trainer *smld.Trainer, loss float64) error {
	l.sum += loss
	l.batches++
	done := trainer.Done()
	if done%l.every != 0 && done != l.total {
		return nil
	}
	rate, seconds := trainer.Rate(), since(l.started)
	line := metricsLine{Step: done, Loss: finite(l.sum / float64(l.batches)), Batches: l.batches, Rate: &rate, Seconds: &seconds}
	l.sum, l.batches = 0, 0
	return json.NewEncoder(l.out).Encode(line)
}

// trainReport is the last line of JSON.
type trainReport struct {
	Steps   int      `json:"steps"`
	Loss    *float64 `json:"loss"`    // mean of the last 200 batches; null where this process did no step
	Seconds float64  `json:"seconds"` // of this process
	Model   string   `json:"model"`
}

// tell prints that the model is written: to people, or as a line of JSON.
func (t *train) tell(c *console, losses *lossCurve, path string) error {
	if !t.JSON {
		fmt.Fprintf(c.out, "wrote %s\n", path)
		return nil
	}
	r := trainReport{Steps: t.Steps, Seconds: since(c.started), Model: path}
	if losses.steps > 0 {
		r.Loss = finite(losses.recent())
	}
	return json.NewEncoder(c.out).Encode(r)
}
