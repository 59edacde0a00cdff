package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"sync"

	"github.com/seed964deb49/langevin/internal/fault"
)

// errAbandoned is the error of a write that Abandon has ended.
var errAbandoned = errors.New("the process is ending")

// writes are those under way in this process, by the names of their temporary files.
type writes struct {
	mutex     sync.Mutex
	abandoned bool
	names     map[string]bool
}

var underWay writes

// Abandon gives up all writes of this process that are under way, and those that begin later: no temporary
// file remains, and no file is replaced any more. It is for a process that is about to end while goroutines
// still write.
func Abandon() {
	w := &underWay
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.abandoned = true
	for name := range w.names {
		os.Remove(name)
	}
}

// create makes a temporary file, which must be new, and notes it. Abandon comes before or after it, so that
// no file is there that Abandon does not know.
func (w *writes) create(name string, mode fs.FileMode) (*os.File, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.abandoned {
		return nil, errAbandoned
	}
	if err := fault.Before(fault.Create); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	if w.names == nil {
		w.names = map[string]bool{}
	}
	w.names[name] = true
	return f, nil
}

// place renames a temporary file.
func (w *writes) place(name, path string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.abandoned {
		return errAbandoned
	}
	return fault.Do(fault.Rename, func() error { return os.Rename(name, path) })
}

// end forgets a temporary file that is in its place or removed.
func (w *writes) end(name string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	delete(w.names, name)
}
