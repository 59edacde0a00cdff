package kernels

import (
	"runtime"
	"sync/atomic"
	"time"
)

const (
	patience = 200_000 // nanoseconds that a goroutine of the pool looks for what it waits for, before it sleeps
	looks    = 200     // between two readings of the clock
)

// processors is how many the process may use: taskset and the like leave fewer of the machine's.
var processors = runtime.NumCPU()

// Cores returns how many cores kernels share work among now: GOMAXPROCS, or the processors that the process may use
// if those are fewer, and fewer still for a while where other processes have taken some. Results do not depend on it.
func Cores() int { return share.cores(mostCores()) }

// mostCores is Cores where no other process takes any.
func mostCores() int { return min(runtime.GOMAXPROCS(0), processors, maxSlots) }

// share bounds the cores among which work is shared. Where other processes want the same cores, each goroutine of the
// pool has one for some milliseconds and then waits as long, with its chunk half done, and those that wait for it use
// up theirs: two processes that share out their work take a third longer than two that do not. The system counts how
// often it has taken a core away. So while it does so often, work is left to fewer cores, for a while that grows each
// time that the next try ends alike.
var share sharing

type sharing struct {
	most     atomic.Int64 // cores, while a pause lasts; 0 is any number
	until    atomic.Int64 // when the pause is over
	length   atomic.Int64 // of the pause
	checked  atomic.Int64 // when the count was last read
	switches atomic.Int64 // what it was
}

// Times are in nanoseconds. A process that has its cores to itself loses each some seventy times a second, and one of
// two on the same core fifteen hundred times.
const (
	firstPause   = int64(30e6)
	longPause    = int64(4e8)
	checkAfter   = int64(20e6)
	checkBefore  = int64(100e6) // a longer time was not all work
	lostTooOften = 600          // cores a second, and lostByEach more for each that work is shared among
	lostByEach   = 100
	oneSecond    = int64(1e9)
)

// cores returns the bound on n cores.
func (s *sharing) cores(n int) int {
	most := int(s.most.Load())
	if most == 0 || most >= n {
		return n
	}
	if left := s.until.Load() - now(); left <= 0 || left > longPause { // one more core is tried for as long again
		most += 1 + most/4
		if most >= n {
			s.most.Store(0)
			return n
		}
		s.most.Store(int64(most))
		s.until.Store(now() + s.length.Load())
	}
	return most
}

// watch looks at time t, if it is time to, whether the system takes cores away from a process that shares out work.
func (s *sharing) watch(t int64) {
	last := s.checked.Load()
	since := t - last
	if since >= 0 && since < checkAfter || !s.checked.CompareAndSwap(last, t) {
		return
	}
	n := involuntarySwitches()
	lost := n - s.switches.Swap(n)
	if since < 0 || since >= checkBefore {
		return
	}
	cores := s.cores(mostCores())
	if tooOften := int64(lostTooOften + lostByEach*cores); lost*oneSecond > tooOften*since {
		s.giveWay(t, cores)
	}
}

// giveWay leaves work to fewer than so many cores for a while.
func (s *sharing) giveWay(t int64, cores int) {
	length := firstPause
	if last := s.length.Load(); t-s.until.Load() < last {
		length = min(2*last, longPause)
	}
	s.length.Store(length)
	s.most.Store(int64(max(1, cores-1-cores/4)))
	s.until.Store(t + length)
}

var epoch = time.Now()

// now returns nanoseconds on a clock that only goes forward, but for bubbles of testing/synctest, which have
// their own.
func now() int64 { return int64(time.Since(epoch)) }
