package main

import (
	"errors"
	"fmt"
	"io/fs"
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
		err := fmt.Errorf("stopped at step %d of %d by a signal (%v)", s.trainer.Done(), s.t.Steps, got)
		return s.t.keepPartial(s.trainer, err)
	default:
		return nil
	}
}

// keepPartial makes a run directory of a training that has none and that an error ends: beside the model's
// place or, where that fails, in the system's folder for temporary files. It returns the error with how to go
// on from there.
func (t *train) keepPartial(trainer *smld.Trainer, err error) error {
	places := []string{t.Out + ".partial", filepath.Join(os.TempDir(), filepath.Base(t.Out)+".partial")}
	var failed error
	for _, place := range places {
		path, failure := t.saveRun(trainer, place)
		if failure == nil {
			return fmt.Errorf("%w; langevin train --resume %s --out %s goes on", err, path, t.Out)
		}
		if failed == nil {
			failed = failure
		}
	}
	return fmt.Errorf("%w; what was learned is lost: %w", err, failed)
}

// saveRun makes a run directory, at the first free of the names path, path-2 and so on, that continues the
// training to the bytes of one that nothing ended.
func (t *train) saveRun(trainer *smld.Trainer, path string) (string, error) {
	settings := *t
	settings.HoldOut = 0 // as without a run directory
	if err := settings.absolute(); err != nil {
		return "", err
	}
	// Settings cannot hold a name that is not UTF-8; where the data is not found, --resume asks for it.
	for _, path := range []*string{&settings.Data, &settings.Labels, &settings.From} {
		*path = strings.ToValidUTF8(*path, "\ufffd")
	}
	first := path
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", err
		}
		path = fmt.Sprintf("%s-%d", first, n)
	}
	dir, err := newRun(path, &settings)
	if err == nil {
		defer dir.release()
		err = dir.save(trainer)
	}
	if err != nil {
		os.RemoveAll(path) // which this made
		return "", err
	}
	return path, nil
}
