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
type task interface{ chunk(i int) }

// fork is one parallel run of a task. It may be used again after run has returned.
type fork struct {
	task   task
	chunks int64
	next   atomic.Int64
	// inside counts the workers at this fork, from closed on between two runs, so that a worker which comes late sees
	// that it must not begin.
	inside atomic.Int64
	used   bool
}

const closed = -1 << 32

var (
	offer   atomic.Pointer[fork]
	workers atomic.Int64
	asleep  atomic.Int64
	wake    = make(chan struct{}, 1024)
)

// run calls t.chunk(i) for every i in [0, chunks), sharing the chunks out dynamically, and returns when all are done.
func (f *fork) run(t task, chunks int) {
	helpers := min(chunks, runtime.GOMAXPROCS(0)) - 1
	f.task, f.chunks = t, int64(chunks)
	f.next.Store(0)
	if f.used {
		f.inside.Add(-closed)
	}
	f.used = true
	if helpers > 0 && offer.CompareAndSwap(nil, f) {
		startWorkers(helpers)
		for range min(int64(helpers), asleep.Load()) {
			select {
			case wake <- struct{}{}:
			default:
			}
		}
		f.work()
		offer.Store(nil)
	} else {
		f.work()
	}
	// A chunk is short, and so is the wait for the last one.
	for spins := 0; !f.inside.CompareAndSwap(0, closed); spins++ {
		if spins > 1000 {
			runtime.Gosched()
		}
	}
	f.task = nil
}

func (f *fork) work() {
	for i := f.next.Add(1) - 1; i < f.chunks; i = f.next.Add(1) - 1 {
		f.task.chunk(int(i))
	}
}

// enter works on the fork, unless it is closed or has no chunk left, and reports whether it did.
func (f *fork) enter() bool {
	if f.inside.Load() < 0 {
		return false
	}
	defer f.inside.Add(-1)
	if f.inside.Add(1) <= 0 || f.next.Load() >= f.chunks {
		return false
	}
	f.work()
	return true
}

// startWorkers raises the number of workers to n.
func startWorkers(n int) {
	for have := workers.Load(); have < int64(n); have = workers.Load() {
		if workers.CompareAndSwap(have, have+1) {
			go worker()
		}
	}
}

func worker() {
	const patience = 50_000 // looks before sleeping, some tens of microseconds
	for looks := 0; ; looks++ {
		if f := offer.Load(); f != nil && f.enter() {
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

// freelist keeps used values of T, so that a kernel in its steady state allocates nothing. The first value has a place
// of its own, which costs much less to reach than a channel.
type freelist[T any] struct {
	first atomic.Pointer[T]
	rest  chan *T
}

func newFreelist[T any]() *freelist[T] { return &freelist[T]{rest: make(chan *T, 64)} }

func (l *freelist[T]) get() *T {
	if t := l.first.Swap(nil); t != nil {
		return t
	}
	select {
	case t := <-l.rest:
		return t
	default:
		return new(T)
	}
}

func (l *freelist[T]) put(t *T) {
	if l.first.CompareAndSwap(nil, t) {
		return
	}
	select {
	case l.rest <- t:
	default:
	}
}
