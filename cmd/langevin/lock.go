package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// take locks the run directory for this process. The system gives the lock back when the process ends, however it does; the file
// stays. Where there are no locks the directory is not locked.
func (d *runDir) take() error {
	lock := flock.New(d.file(".lock"), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
	switch ok, err := lock.TryLock(); {
	case errors.Is(err, errors.ErrUnsupported):
		return nil
	case err != nil:
		return fmt.Errorf("cannot lock the folder %s: %w", d.path, err)
	case !ok:
		return fmt.Errorf("another process trains in %s: wait for its end, or name another folder", d.path)
	}
	d.lock = lock
	return nil
}

// release gives the lock back.
func (d *runDir) release() {
	if d.lock != nil {
		d.lock.Close()
	}
}

// tidy removes what a killed writer left half done, which is nobody's while this process has the lock.
func (d *runDir) tidy() error {
	for _, dir := range []string{d.path, d.checkpoints()} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("cannot list the run's files: %w", err)
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), ".langevin-") || !strings.HasSuffix(e.Name(), ".tmp") {
				continue
			}
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return fmt.Errorf("cannot remove what an earlier process left: %w", err)
			}
		}
	}
	return nil
}
