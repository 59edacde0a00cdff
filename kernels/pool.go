package kernels

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// The pool is a set of goroutines that live for the rest of the process and wait on an unbuffered channel. A kernel
// that wants help offers its fork to as many of them as are idle this moment, works on it itself, and waits for
// those that joined. Nothing queues, so that kernels may be called from many goroutines at once, and a caller that
// finds nobody idle simply does all the work.

// task is work in numbered chunks that may run in any order and at the same time.
type task interface{ chunk(i int) }

// fork is one parallel run of a task.
type fork struct {
	task   task
	chunks int64
	next   atomic.Int64
	joined sync.WaitGroup
}

var (
	offers  = make(chan *fork)
	workers atomic.Int64
)

// run calls t.chunk(i) for every i in [0, chunks), sharing the chunks out dynamically, and returns when all are done.
func (f *fork) run(t task, chunks int) {
	if chunks <= 0 {
		return
	}
	f.task, f.chunks = t, int64(chunks)
	f.next.Store(0)
	helpers := min(chunks, runtime.GOMAXPROCS(0)) - 1
	startWorkers(helpers)
offering:
	for range helpers {
		f.joined.Add(1)
		select {
		case offers <- f:
		default:
			f.joined.Done()
			break offering
		}
	}
	f.work()
	f.joined.Wait()
	f.task = nil
}

func (f *fork) work() {
	for i := f.next.Add(1) - 1; i < f.chunks; i = f.next.Add(1) - 1 {
		f.task.chunk(int(i))
	}
}

// startWorkers raises the number of workers to n.
func startWorkers(n int) {
	for have := workers.Load(); have < int64(n); have = workers.Load() {
		if workers.CompareAndSwap(have, have+1) {
			go func() {
				for f := range offers {
					f.work()
					f.joined.Done()
				}
			}()
		}
	}
}

// freelist keeps used values of T, so that a kernel in its steady state allocates nothing.
type freelist[T any] chan *T

func newFreelist[T any]() freelist[T] { return make(freelist[T], 64) }

func (l freelist[T]) get() *T {
	select {
	case t := <-l:
		return t
	default:
		return new(T)
	}
}

func (l freelist[T]) put(t *T) {
	select {
	case l <- t:
	default:
	}
}
