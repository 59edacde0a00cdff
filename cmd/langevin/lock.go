package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

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
		return fmt.Errorf("another process%s trains in %s: wait for its end, or name another folder", holder(lock.Path()), d.path)
	}
	d.lock = lock
	// The number is for people alone: a lock without it holds as well, and where a lock bars others from the
	// file, they cannot read it.
	_ = os.WriteFile(lock.Path(), fmt.Appendln(nil, os.Getpid()), 0o666)
	return nil
}

// holder returns the number of the process that has a lock, in brackets, or nothing where the file does not
// tell.
func holder(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	id, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (%d)", id)
}

// release gives the lock back.
func (d *runDir) release() {
	if d.lock != nil {
		d.lock.Close()
	}
}

// tidy removes what a killed writer left half done. In the folder of checkpoints that is nobody's while this
// process has the lock. Beside it other commands may be writing, such as sample, so that only what is an hour
// old goes.
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
			info, err := e.Info()
			if dir == d.path && (err != nil || clock().Sub(info.ModTime()) < time.Hour) {
				continue
			}
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return fmt.Errorf("cannot remove what an earlier process left: %w", err)
			}
		}
	}
	return nil
}
