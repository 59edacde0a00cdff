package kernels

import (
	"runtime"
	"sync/atomic"
	"time"
)

const (
	patience = 30_000 // nanoseconds that a goroutine of the pool looks for what it waits for, before it sleeps
	looks    = 200    // between two readings of the clock
)

// processors is how many the process may use: taskset and the like leave fewer of the machine's.
var processors = runtime.NumCPU()

// Cores returns how many cores kernels share work among now: GOMAXPROCS, or the processors that the process may use if those are
// fewer, and fewer still for a while where other processes have taken some. Results do not depend on it.
func Cores() int { return share.cores(min(runtime.GOMAXPROCS(0), processors, maxSlots)) }

// share bounds the cores among which work is shared. A worker whose core another process takes in the middle of a chunk gets it back
// after some milliseconds, in which its caller can only wait; many steps of small networks take less than one. So whoever has
// waited that long leaves work to fewer cores for a while, ten times as long as the wait, and longer each time that the next try
// ends alike.
var share sharing

type sharing struct {
	most   atomic.Int64 // cores, while a pause lasts; 0 is any number
	until  atomic.Int64 // when the pause is over
	length atomic.Int64 // of the pause
}

const (
	pauses    = 10             // how much longer than a wait a pause is
	longPause = int64(2e8)     // the longest, in nanoseconds
	lateLeast = int64(100_000) // a wait that is always let pass
)

// cores returns the bound on n cores.
func (s *sharing) cores(n int) int {
	most := int(s.most.Load())
	if most == 0 || most >= n {
		return n
	}
	if t := now(); t >= s.until.Load() { // one more core is tried for as long again
		most += 1 + most/4
		if most >= n {
			s.most.Store(0)
			return n
		}
		s.most.Store(int64(most))
		s.until.Store(t + s.length.Load())
	}
	return most
}

// late takes note that a caller has waited for workers on the other ones of some cores, after it had worked itself. A wait that is
// longer than the work is taken for one for a core: if it was one for a long chunk, one core would have taken at most half as long
// again.
func (s *sharing) late(wait, worked int64, cores int) {
	if wait < lateLeast+worked {
		return
	}
	t := now()
	length := pauses * wait
	if last := s.length.Load(); t-s.until.Load() < last {
		length = max(length, 2*last)
	}
	length = min(length, longPause)
	s.length.Store(length)
	s.most.Store(int64(max(1, cores-1-cores/4)))
	s.until.Store(t + length)
}

var epoch = time.Now()

// now returns nanoseconds on a clock that only goes forward.
func now() int64 { return int64(time.Since(epoch)) }
