package live

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"

	"github.com/seed964deb49/langevin/smld"
)

// Memory is what the data and the trainings of several sessions may take together. Nil is no bound.
type Memory struct {
	reading sync.Mutex // held while large data are read, which takes more for a while

	mutex      sync.Mutex
	most, used int64 // bytes
}

// DefaultMemory is how many bytes the sessions of a server may take together.
const DefaultMemory = 2 << 30

// NewMemory returns one of so many bytes.
func NewMemory(most int64) *Memory { return &Memory{most: most} }

// replace gives bytes back and takes others in their place, unless there are too few.
func (m *Memory) replace(before, after int64, what string) error {
	if m == nil {
		return nil
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if rest := m.most - m.used + before; after > before && after > rest {
		return fmt.Errorf("%s would take %d MB, and %d of the %d MB of all pages are left: take less, or close other pages",
			what, megabytes(after), rest>>20, m.most>>20)
	}
	m.used += after - before
	return nil
}

// megabytes rounds up.
func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

// values returns how many values may be read in the place of data that take so many bytes.
func (m *Memory) values(before int64) int {
	if m == nil {
		return math.MaxInt
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return int((m.most - m.used + before) / perValue)
}

// read waits until no other session reads large data, and returns what ends that.
func (m *Memory) read() (done func()) {
	if m == nil {
		return func() {}
	}
	m.reading.Lock()
	return m.reading.Unlock
}

// perValue is what a value of data takes in bytes: it is kept as float64, as it was read, and as float32 in the
// order of the rows and in that of the training.
const perValue = 8 + 4 + 4

// perColumn is about what is known of a column in bytes, with its part of the events that tell of it.
const perColumn = 512

// bytesOf returns what data take. Those of the sets with names are few.
func (d *chosen) bytesOf() int64 {
	switch {
	case d.source.name != "":
		return 0
	case d.model != nil:
		return 4 * int64(len(d.model.Net.Block))
	}
	return (perValue*int64(d.set.X.Rows) + perColumn) * int64(d.set.X.Cols)
}

// bytesFor returns about what a training takes: parameters, gradients, two moments, the average, and that average
// as it is now and of two drawings; and of each layer what enters it, its slope and the gradient.
func bytesFor(m *smld.Model, batch int) int64 {
	units := 2 * m.Dim()
	for _, width := range m.Net.Sizes {
		units += width
	}
	return 4 * (8*int64(len(m.Net.Block)) + 3*int64(batch)*int64(units))
}

// readData reads data that are counted in the place of those before.
func (w *worker) readData(s *source) (*chosen, error) {
	m, limited := w.config.Memory, w.config
	if s.large() {
		defer m.read()()
	}
	if s.name == "" && !s.model() {
		limited.Limits.Values = max(1, min(limited.Limits.Values, m.values(w.held.data)))
	}
	d, err := choose(s, &limited)
	if err != nil && limited.Limits.Values < w.config.Limits.Values {
		return nil, fmt.Errorf("%w; the data of all pages count together", err)
	}
	if err != nil {
		return nil, err
	}
	needed := d.bytesOf()
	if err := m.replace(w.held.data, needed, s.title); err != nil {
		return nil, err
	}
	w.held.data = needed
	return d, nil
}

// freeTraining gives back what the training takes.
func (w *worker) freeTraining() {
	w.config.Memory.replace(w.held.training, 0, "") // which is always possible
	w.held.training = 0
}

// free gives back all, and to the system at once: an idle server collects no garbage for minutes.
func (w *worker) free() {
	m, held := w.config.Memory, w.held.data+w.held.training
	*w = worker{}
	if m != nil {
		debug.FreeOSMemory()
	}
	m.replace(held, 0, "") // which is always possible
}
