package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/seed964deb49/langevin/smld"
)

// jsonLines prints a training's progress as lines of JSON. An error of the standard output ends the lines and
// not the training, whose model is worth more.
type jsonLines struct {
	lossLines
	out io.Writer
	err error // the first
}

// after prints a line where one is due after a step.
func (l *jsonLines) after(trainer *smld.Trainer, loss float64) {
	if line := l.next(trainer, loss); line != nil && l.err == nil {
		l.err = json.NewEncoder(l.out).Encode(line)
	}
}

// trainReport is the last line of JSON.
type trainReport struct {
	Steps   int      `json:"steps"`
	Loss    *float64 `json:"loss"`    // mean of the last 200 batches; null where this process did no step
	Seconds float64  `json:"seconds"` // of this process
	Model   string   `json:"model"`
}

// tell prints that the model is written: to people, or as a line of JSON. It returns the error of lines of
// JSON that came before.
func (t *train) tell(c *console, losses *lossCurve, path string) error {
	if !t.JSON {
		c.wrote(path, false)
		return nil
	}
	if err := t.lines.err; err != nil {
		return fmt.Errorf("the model is in %s, but not all lines of JSON could be written: %w", path, err)
	}
	r := trainReport{Steps: t.Steps, Seconds: since(c.started), Model: path}
	if losses.last.Steps() > 0 {
		r.Loss = finite(losses.last.Mean())
	}
	return json.NewEncoder(c.out).Encode(r)
}
