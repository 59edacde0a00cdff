package atomicfile

import (
	"errors"
	"os"
	"sync"
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

// begin notes a temporary file.
func (w *writes) begin(name string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.abandoned {
		return errAbandoned
	}
	if w.names == nil {
		w.names = map[string]bool{}
	}
	w.names[name] = true
	return nil
}

// place renames a temporary file.
func (w *writes) place(name, path string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.abandoned {
		return errAbandoned
	}
	return os.Rename(name, path)
}

// end forgets a temporary file.
func (w *writes) end(name string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	delete(w.names, name)
}
