package kernels

import (
	"runtime"
	"sync/atomic"
)

// The pool is a set of goroutines, the workers, that live for the rest of the process. A kernel that wants
// help opens a fork and puts the fork where the workers look. The kernel then works on the fork itself, and
// closes the fork when no worker is inside any more.
//
// Only one fork is on offer at a time. A kernel that finds the place taken does all its work alone, so many
// goroutines may call kernels at once.
//
// An idle worker looks for work for a while before it sleeps. Waking a worker takes longer than many kernels
// run, and a training step calls its kernels one right after the other.

// task is work in numbered chunks. The chunks may run in any order and at the same time.
type task interface {
	// chunk does chunk i. Goroutines that work at the same time have different slots, from 0 to maxSlots-1.
	chunk(i, slot int)
}

const maxSlots = 64

// fork is one parallel run of a task. A fork may be used again after run has returned.
//
// The chunks are cut into as many ranges as there are cores. A worker begins with the range of its own
// number, and takes chunks from other ranges when its own is done. The next run over the same data therefore
// finds most chunks in the cache of the same core.
type fork struct {
	task   task
	cores  int
	ranges [maxSlots]chunkRange
	left   atomic.Int64 // chunks that nobody has taken
	// inside counts the workers at this fork. It is closed between two runs, and tells a late worker not to
	// begin.
	inside atomic.Int64
	// sleeps is true while the caller waits for a message on out. The last worker sends the message.
	sleeps  atomic.Bool
	out     chan struct{}
	failure atomic.Pointer[failure]
}

// failure is how a chunk ended that did not return: by a panic with a value, or by runtime.Goexit.
type failure struct {
	value any
	exit  bool
}

// chunkRange is a range of chunks. Those below next are taken. The struct fills a pair of cache lines.
type chunkRange struct {
	next atomic.Int64
	end  int64
	_    [112]byte
}

const closed = -1

var offer atomic.Pointer[fork]

// run has every chunk of [0, chunks) done by up to cores goroutines, and returns when all chunks are done. If
// a chunk panics, nobody takes another chunk. run then waits for the chunks that have begun, and panics with
// the same value.
func (f *fork) run(t task, chunks, cores int) {
	cores = min(chunks, cores, maxSlots)
	if cores <= 1 {
		for i := range chunks {
			t.chunk(i, 0)
		}
		return
	}
	share.watch(now())
	f.task, f.cores = t, cores
	for r := range cores {
		f.ranges[r].next.Store(firstOf(r, chunks, cores))
		f.ranges[r].end = firstOf(r+1, chunks, cores)
	}
	f.left.Store(int64(chunks))
	f.inside.Store(0)
	f.lead()
	if failed := f.failure.Swap(nil); failed != nil {
		if failed.exit {
			runtime.Goexit()
		}
		panic(failed.value)
	}
}

// lead does chunks together with the workers, then waits for the workers, even where a chunk panics.
func (f *fork) lead() {
	offered := offer.CompareAndSwap(nil, f)
	defer func() {
		f.stop()
		if offered {
			offer.Store(nil)
		}
		f.wait()
		f.task = nil
	}()
	if offered {
		startWorkers(f.cores - 1)
		wakeWorkers(f.cores - 1)
	}
	f.work(0, 0)
}

// firstOf returns the first chunk of range r. It is r*chunks/cores, computed without overflow.
func firstOf(r, chunks, cores int) int64 {
	return int64(r)*int64(chunks/cores) + int64(r*(chunks%cores)/cores)
}

// work does chunks until none is left, and begins with those of range home.
func (f *fork) work(home, slot int) {
	for r := range f.cores {
		from := &f.ranges[(home+r)%f.cores]
		for i := from.next.Add(1) - 1; i < from.end; i = from.next.Add(1) - 1 {
			f.left.Add(-1)
			f.task.chunk(int(i), slot)
		}
	}
}

// stop takes away the chunks that nobody has begun.
func (f *fork) stop() {
	if f.left.Load() <= 0 {
		return
	}
	f.left.Store(0)
	for r := range f.cores {
		f.ranges[r].next.Store(f.ranges[r].end)
	}
}

// enter has worker number id work on the fork, and reports whether it did. The number is the worker's slot
// too. A fork that is closed, has no chunk left, or is for fewer cores, takes no such worker.
func (f *fork) enter(id int) bool {
	if f.left.Load() <= 0 || !f.join() {
		return false
	}
	returned := false
	defer func() {
		if !returned {
			value := recover()
			f.failure.CompareAndSwap(nil, &failure{value: value, exit: value == nil})
			f.stop()
		}
		f.leave()
	}()
	wanted := id < f.cores
	if wanted {
		f.work(id, id)
	}
	returned = true
	return wanted
}

// wants reports whether enter would have worker number id work.
func (f *fork) wants(id int) bool {
	if f.left.Load() <= 0 || !f.join() {
		return false
	}
	defer f.leave()
	return id < f.cores
}

// join counts a worker in unless the fork is closed, and reports whether it did. It leaves the count of a
// closed fork alone. The next run would wait for any worker that is counted, even for a moment.
func (f *fork) join() bool {
	for {
		n := f.inside.Load()
		if n == closed {
			return false
		}
		if f.inside.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// leave takes a worker off the count. The last worker wakes the caller.
func (f *fork) leave() {
	if f.inside.Add(-1) == 0 && f.sleeps.Load() {
		select {
		case f.out <- struct{}{}:
		default:
		}
	}
}

// close closes the fork if no worker is inside, and reports whether it did. The plain read before the
// exchange leaves the cache line to the workers.
func (f *fork) close() bool { return f.inside.Load() == 0 && f.inside.CompareAndSwap(0, closed) }

// wait closes the fork when no worker is inside any more.
func (f *fork) wait() {
	const spins = 1000 // these take about as long as waking a goroutine
	for range spins {
		if f.close() {
			return
		}
	}
	from := now()
	for now()-from < callersPatience {
		for range spins {
			if f.close() {
				return
			}
		}
	}
	if f.out == nil {
		f.out = make(chan struct{}, 1)
	}
	f.sleeps.Store(true)
	for !f.close() {
		<-f.out // the message may be one of an earlier run
	}
	f.sleeps.Store(false)
}

// taken reports whether a fork is on offer. A kernel that starts now does all its work alone. So does a
// kernel that the work of Parallel calls.
func taken() bool { return offer.Load() != nil }
