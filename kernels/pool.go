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
	// inside counts the workers at this fork, from closed on between two runs, so that a worker which comes late sees
	// that it must not begin.
	inside atomic.Int64
	used   bool
}

// chunkRange is a range of chunks, of which those below next are taken. It fills a pair of cache lines.
type chunkRange struct {
	next atomic.Int64
	end  int64
	_    [112]byte
}

const closed = -1 << 32

var (
	offer   atomic.Pointer[fork]
	workers atomic.Int64
	asleep  atomic.Int64
	// refusals counts how often awake has said no.
	refusals atomic.Int64
	wake     = make(chan struct{}, 1024)
)

// run has every chunk of [0, chunks) done by up to cores goroutines and returns when all are.
func (f *fork) run(t task, chunks, cores int) {
	cores = min(chunks, cores, maxSlots)
	if cores <= 1 {
		for i := range chunks {
			t.chunk(i, 0)
		}
		return
	}
	f.task, f.cores = t, cores
	for r := range cores {
		f.ranges[r].next.Store(firstOf(r, chunks, cores))
		f.ranges[r].end = firstOf(r+1, chunks, cores)
	}
	f.left.Store(int64(chunks))
	f.slots.Store(1)
	if f.used {
		f.inside.Add(-closed)
	}
	f.used = true
	if offer.CompareAndSwap(nil, f) {
		startWorkers(cores - 1)
		for range min(int64(cores-1), asleep.Load()) {
			select {
			case wake <- struct{}{}:
			default:
			}
		}
		f.work(0, 0)
		offer.Store(nil)
	} else {
		f.work(0, 0)
	}
	// A chunk is short, and so is the wait for the last one.
	for spins := 0; !f.inside.CompareAndSwap(0, closed); spins++ {
		if spins > 1000 {
			runtime.Gosched()
		}
	}
	f.task = nil
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

// enter has worker number id work on the fork, unless it is closed or has no chunk left, and reports whether it did.
func (f *fork) enter(id int) bool {
	if f.inside.Load() < 0 || f.left.Load() <= 0 {
		return false
	}
	defer f.inside.Add(-1)
	if f.inside.Add(1) <= 0 {
		return false
	}
	slot := f.slots.Add(1) - 1
	if slot >= int64(f.cores) {
		return false
	}
	f.work(id, int(slot))
	return true
}

// taken reports whether the pool is at work for somebody: a kernel that starts now does all its work alone, as one does that the
// work of Parallel calls.
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

func worker(id int) {
	const patience = 50_000 // looks before sleeping, some tens of microseconds
	for looks := 0; ; looks++ {
		if f := offer.Load(); f != nil && f.enter(id) {
			looks = 0
		}
		if looks > patience {
			asleep.Add(1)
			if offer.Load() == nil {
				<-wake
			}
			asleep.Add(-1)
			looks = 0
		}
	}
}
