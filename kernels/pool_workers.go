package kernels

import "sync/atomic"

// Workers have the numbers from 1 on. A run on n cores is for those below n: the others, which there are
// after a run on more cores, sleep on.

var (
	workers atomic.Int64 // how many there are
	asleep  atomic.Int64 // of those
	beds    [maxSlots]bed
	// refusals counts how often awake has found no worker awake.
	refusals atomic.Int64
	toStart  = make(chan int, maxSlots)
)

// bed is where a worker sleeps. Whoever sets taken back to false wakes it, by one message: so none is left
// over that would have it look for work when there is none.
type bed struct {
	taken atomic.Bool
	wake  chan struct{}
}

// Workers are all started by one goroutine that is as old as the process. A goroutine belongs to what its
// parent does, as to the labels of profiles and the bubbles of testing/synctest, which would wait for its
// end.
func init() {
	for id := range beds {
		beds[id].wake = make(chan struct{}, 1)
	}
	go func() {
		for range maxSlots - 1 {
			go worker(<-toStart)
		}
	}()
}

// startWorkers raises the number of workers to n.
func startWorkers(n int) {
	for have := workers.Load(); have < int64(n); have = workers.Load() {
		if workers.CompareAndSwap(have, have+1) {
			toStart <- int(have) + 1
		}
	}
}

// wakeWorkers wakes those up to number n.
func wakeWorkers(n int) {
	if asleep.Load() == 0 {
		return
	}
	for id := 1; id <= n; id++ {
		if b := &beds[id]; b.rouse() {
			b.wake <- struct{}{}
		}
	}
}

// rouse takes the worker out of its bed, and reports whether it was there.
func (b *bed) rouse() bool {
	roused := b.taken.Load() && b.taken.CompareAndSwap(true, false)
	if roused {
		asleep.Add(-1)
	}
	return roused
}

// sleep returns when a fork has work for worker number id. A fork that is put on offer while the worker goes
// to bed finds it there or is found by it.
func sleep(id int) {
	b := &beds[id]
	asleep.Add(1)
	b.taken.Store(true)
	if f := offer.Load(); f != nil && f.wants(id) && b.rouse() {
		return
	}
	<-b.wake
}

// awake reports whether a worker is looking for work. Now and then it says so while all workers sleep, so
// that a caller which asks often has one woken. The answer decides how fast help comes, and nothing about
// results.
func awake() bool {
	const patience = 16 // kernels of some microseconds each, against one or two microseconds for waking
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
		sleep(id)
	}
}
