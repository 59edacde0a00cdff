package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed964deb49/langevin/smld"
)

// salvage keeps what a training without a run directory has learned when its context ends.
type salvage struct {
	ctx     context.Context
	t       *train
	trainer *smld.Trainer
}

// after ends the training if the context has ended.
func (s *salvage) after(float64) error {
	if cause := context.Cause(s.ctx); cause != nil {
		return s.t.keepPartial(s.trainer, fmt.Errorf("%w at step %d of %d", cause, s.trainer.Done(), s.t.Steps))
	}
	return nil
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
