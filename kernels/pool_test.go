package kernels

import (
	"sync/atomic"
	"testing"
	"time"
)

// sleepyTask is a task whose chunks take so long that every worker there is has a look.
type sleepyTask struct{ highest, done atomic.Int64 }

func (s *sleepyTask) chunk(_, slot int) {
	for {
		highest := s.highest.Load()
		if int64(slot) <= highest || s.highest.CompareAndSwap(highest, int64(slot)) {
			break
		}
	}
	time.Sleep(time.Millisecond)
	s.done.Add(1)
}

// TestFewerCores: workers that were started for more cores than a run is for stay out of it, because tasks make ready as
// many slots as there are cores.
func TestFewerCores(t *testing.T) {
	var f fork
	for _, cores := range []int{8, 2, 3, 8, 2} {
		task := &sleepyTask{}
		const chunks = 50
		f.run(task, chunks, cores)
		if task.done.Load() != chunks || task.highest.Load() >= int64(cores) {
			t.Errorf("%d cores: %d chunks of %d, slots up to %d", cores, task.done.Load(), chunks, task.highest.Load())
		}
	}
}
