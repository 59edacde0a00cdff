package main

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/smld"
)

// stopSignals returns a channel of the signals that ask a training to end. One that the process was started to ignore, as nohup
// does, stays ignored.
func stopSignals() chan os.Signal {
	c := make(chan os.Signal, 1)
	for _, s := range stopping {
		if !signal.Ignored(s) {
			signal.Notify(c, s)
		}
	}
	return c
}

// salvage keeps what a training without a run directory has learned when a signal ends it.
type salvage struct {
	t       *train
	trainer *smld.Trainer
	signals chan os.Signal
}

func newSalvage(t *train, trainer *smld.Trainer) *salvage { return &salvage{t, trainer, stopSignals()} }

func (s *salvage) stop() { signal.Stop(s.signals) }

// after ends the training if a signal has come.
func (s *salvage) after(float64) error {
	select {
	case got := <-s.signals:
		path := partial(s.t.Out)
		if err := s.trainer.Averaged().Save(path); err != nil {
			return fmt.Errorf("stopped by a signal (%v): %w", got, err)
		}
		return fmt.Errorf("stopped at step %d of %d by a signal (%v); the model so far is %s, which langevin sample takes, and langevin train "+
			"--from as a start; with --dir a training can be continued", s.trainer.Done(), s.t.Steps, got, path)
	default:
		return nil
	}
}

// partial is where the model of a training goes that ends early.
func partial(out string) string {
	return strings.TrimSuffix(out, filepath.Ext(out)) + ".partial.safetensors"
}
