package kernels

import (
	"runtime"
	"sync/atomic"
	"time"
)

const (
	patience = 200_000 // nanoseconds that a worker looks for work before it sleeps
	looks    = 200     // between two readings of the clock
	// A caller waits ten times as long for its workers before it sleeps. A browser that paints takes a core
	// for a millisecond, many times a second. Where the caller slept meanwhile, a training took a fifth more
	// time: the system puts caller and worker on the same core when they wake, and leaves them there.
	callersPatience = 2_000_000
)

// processors is how many processors the process may use. taskset and the like leave it fewer than the machine
// has.
var processors = runtime.NumCPU()

// Cores returns how many cores kernels share work among now. It is GOMAXPROCS, or the number of processors
// that the process may use if that is less. It is smaller for a while where other processes have taken some
// cores. Results do not depend on it.
func Cores() int { return share.cores(mostCores()) }

// mostCores is the number of cores where no other process takes any.
func mostCores() int { return min(runtime.GOMAXPROCS(0), processors, maxSlots) }

// share bounds the number of cores among which work is shared.
//
// Another process may want the same cores. Each goroutine of the pool then has a core for some milliseconds
// and waits as long, with its chunk half done. The goroutines that wait for this chunk use up their cores
// meanwhile. Two processes that share out their work so take a third longer than two that do not.
//
// The system counts how often it has taken a core away, and how long the process has run. While cores go
// often and a good part of one is lost, work is left to fewer cores for a while, the pause. The pause grows
// each time the next try ends alike. A process that takes a core often but soon gives it back, as one that
// paints does, is not given way to: what is left of the core is worth more than the waiting costs.
var share sharing

type sharing struct {
	most     atomic.Int64 // cores that share work during a pause; 0 is any number
	until    atomic.Int64 // when the pause is over
	length   atomic.Int64 // of the pause
	checked  atomic.Int64 // when the usage was last read
	switches atomic.Int64 // the usage at that time
	ran      atomic.Int64
}

// usage is what a process has had of its cores.
type usage struct {
	switches int64 // how often the system has taken a core away
	ran      int64 // nanoseconds of all cores together
}

// Times are in nanoseconds. A process that has its cores to itself loses each core some seventy times a
// second. One of two processes on the same core loses it fifteen hundred times, and half of its time. Beside
// a browser that paints sixty frames a second, a process on two cores loses them a thousand times, and six
// tenths of one.
const (
	firstPause   = int64(30e6)
	longPause    = int64(4e8)
	checkAfter   = int64(50e6)  // the system counts time in ticks of up to 4e6 on each core
	checkBefore  = int64(150e6) // the process did not work all through a longer time
	lostTooOften = 600          // cores a second, and lostByEach more for each core that shares work
	lostByEach   = 100
	lostTooMuch  = 0.8 // of a core
	oneSecond    = int64(1e9)
)

// cores returns how many of n cores share work.
func (s *sharing) cores(n int) int {
	most := int(s.most.Load())
	if most == 0 || most >= n {
		return n
	}
	if left := s.until.Load() - now(); left <= 0 || left > longPause { // try one more core for as long again
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

// watch finds out at time t whether the system takes cores away from this process. It looks now and then
// only.
func (s *sharing) watch(t int64) {
	last := s.checked.Load()
	since := t - last
	if since >= 0 && since < checkAfter || !s.checked.CompareAndSwap(last, t) {
		return
	}
	u := processUsage()
	lost := u.switches - s.switches.Swap(u.switches)
	ran := u.ran - s.ran.Swap(u.ran)
	if since < 0 || since >= checkBefore {
		return
	}
	cores := s.cores(mostCores())
	often := lost*oneSecond > int64(lostTooOften+lostByEach*cores)*since
	if often && float64(ran) < (float64(cores)-lostTooMuch)*float64(since) {
		s.giveWay(t, cores)
	}
}

// giveWay leaves work to fewer than the given number of cores for a while.
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
