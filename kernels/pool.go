package kernels

import (
	"runtime"
	"sync/atomic"
)

// The pool is a set of goroutines that live for the rest of the process. A kernel that wants help opens its fork, puts
// it where the workers look, works on it itself, and closes it when no worker is inside any more. Only one fork is on
// offer at a time: a kernel that finds the place taken does all its work alone, so that kernels may be called from many
// goroutines at once. Idle workers look for a while before they sleep, because waking one takes longer than many
// kernels run, and a training step calls its kernels one right after the other.

// task is work in numbered chunks that may run in any order and at the same time.
type task interface {
	// chunk does chunk i. Goroutines that are at work at the same time have different slots, from 0 to maxSlots-1.
	chunk(i, slot int)
}

const maxSlots = 64

// fork is one parallel run of a task. It may be used again after run has returned.
//
// The chunks are cut into as many ranges as there are cores. A worker begins with the range of its own number and takes
// from the others when that is done, so that in the next run over the same data most chunks find it in the same core's
// cache.
type fork struct {
	task   task
	cores  int
	ranges [maxSlots]chunkRange
	left   atomic.Int64 // chunks that nobody has taken
	slots  atomic.Int64 // slots given out
	// inside counts the workers at this fork. It is closed between two runs, so that a worker which comes late sees that
	// it must not begin.
	inside atomic.Int64
	// sleeps says that the caller waits for a message on out, which the last worker sends.
	sleeps  atomic.Bool
	out     chan struct{}
	failure atomic.Pointer[failure]
}

// failure is how a chunk ended that did not return: by a panic with a value, or by runtime.Goexit.
type failure struct {
	value any
	exit  bool
}

// chunkRange is a range of chunks, of which those below next are taken. It fills a pair of cache lines.
type chunkRange struct {
	next atomic.Int64
	end  int64
	_    [112]byte
}

const closed = -1

var (
	offer   atomic.Pointer[fork]
	workers atomic.Int64
	asleep  atomic.Int64
	// refusals counts how often awake has said no.
	refusals atomic.Int64
	wake     = make(chan struct{}, 1024)
)

// run has every chunk of [0, chunks) done by up to cores goroutines and returns when all are. If a chunk panics,
// nobody takes another one; when those that are taken are done, run panics with the same value.
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
	f.slots.Store(1)
	f.inside.Store(0)
	f.lead()
	if failed := f.failure.Swap(nil); failed != nil {
		if failed.exit {
			runtime.Goexit()
		}
		panic(failed.value)
	}
}

// lead does chunks together with the workers and waits for them, also where a chunk panics.
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
		for range min(int64(f.cores-1), asleep.Load()) {
			select {
			case wake <- struct{}{}:
			default:
			}
		}
	}
	f.work(0, 0)
}

// firstOf returns the first chunk of range r, as r*chunks/cores without overflow.
func firstOf(r, chunks, cores int) int64 {
	return int64(r)*int64(chunks/cores) + int64(r*(chunks%cores)/cores)
}

// work does chunks, from those of range home on, until there are none left.
func (f *fork) work(home, slot int) {
	for r := range f.cores {
		from := &f.ranges[(home+r)%f.cores]
		for i := from.next.Add(1) - 1; i < from.end; i = from.next.Add(1) - 1 {
			f.left.Add(-1)
			f.task.chunk(int(i), slot)
		}
	}
}

// stop leaves no chunk for anybody who has not begun it.
func (f *fork) stop() {
	if f.left.Load() <= 0 {
		return
	}
	f.left.Store(0)
	for r := range f.cores {
		f.ranges[r].next.Store(f.ranges[r].end)
	}
}

// enter has worker number id work on the fork, unless it is closed or has no chunk left, and reports whether it did.
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
	slot := f.slots.Add(1) - 1
	if slot < int64(f.cores) {
		f.work(id, int(slot))
	}
	returned = true
	return slot < int64(f.cores)
}

// join counts a worker in, unless the fork is closed, and reports whether it did. A closed one stays as it is: whoever is
// counted, if only in passing, is waited for by the next run.
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

// leave takes a worker off the count, and wakes the caller if it was the last one.
func (f *fork) leave() {
	if f.inside.Add(-1) == 0 && f.sleeps.Load() {
		select {
		case f.out <- struct{}{}:
		default:
		}
	}
}

// close closes the fork if no worker is inside, and reports whether it did. Looking first leaves the workers their
// cache line.
func (f *fork) close() bool { return f.inside.Load() == 0 && f.inside.CompareAndSwap(0, closed) }

// wait returns when no worker is inside any more.
func (f *fork) wait() {
	const spins = 1000 // about as long as waking somebody takes
	for range spins {
		if f.close() {
			return
		}
	}
	from := now()
	for now()-from < patience {
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
		<-f.out // a message may be of an earlier run
	}
	f.sleeps.Store(false)
}

// taken reports whether the pool is at work for somebody: a kernel that starts now does all its work alone, as one
// does that the work of Parallel calls.
func taken() bool { return offer.Load() != nil }

// startWorkers raises the number of workers to n.
func startWorkers(n int) {
	for have := workers.Load(); have < int64(n); have = workers.Load() {
		if workers.CompareAndSwap(have, have+1) {
			go worker(int(have) + 1)
		}
	}
}

// awake reports whether a worker is looking for work. Now and then it says so of workers that sleep: whoever asks often
// should have one woken. The answer decides how fast help comes, nothing about results.
func awake() bool {
	const patience = 16 // kernels, some microseconds each, against one or two for waking
	return asleep.Load() < workers.Load() || refusals.Add(1)%patience == 0
}

// worker works on whatever fork is on offer.
func worker(id int) {
	defer func() { go worker(id) }() // a chunk may end its goroutine by runtime.Goexit
	for {
		for from := now(); now()-from < patience; {
			for range looks {
				if f := offer.Load(); f != nil && f.enter(id) {
					from = now()
				}
			}
		}
		asleep.Add(1)
		if f := offer.Load(); f == nil || f.left.Load() <= 0 {
			<-wake
		}
		asleep.Add(-1)
	}
}
