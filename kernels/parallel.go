package kernels

import (
	"fmt"
)

// Slots is the number of goroutines that may be at work in one call of Parallel at the same time.
const Slots = maxSlots

// Parallel calls work(slot, from, to) for ranges that cover the indices 0 to n-1, each grain long but for the last, on all
// cores, and returns when all calls have. The ranges do not depend on the number of cores; which goroutine does which,
// and in what order, is open. So a result that depends on the range alone is always the same. Of one call of Parallel, calls of
// work that run at the same time have different slots, less than Slots, so that each can have memory of its own. Two calls
// of Parallel that run at the same time give out the same slots, and so does one that work makes: memory by slot belongs to
// one call of Parallel.
//
// It shares the kernels' pool of goroutines: kernels that work calls may be called, and run on one core each while
// there are ranges left. Where one range is all, they run on all cores as usual.
//
// If work panics, or ends its goroutine, no further range is begun; when those at work are done, Parallel does the same
// in the caller, with the same value. The pool goes on as before.
func Parallel(n, grain int, work func(slot, from, to int)) {
	if n < 0 || grain < 1 {
		panic(fmt.Sprintf("kernels: Parallel: %d indices in ranges of %d", n, grain))
	}
	if n <= grain {
		if n > 0 {
			work(0, 0, n)
		}
		return
	}
	r := rangeLists.get()
	r.work, r.n, r.grain = work, n, grain
	r.run(r, (n-1)/grain+1, Cores())
	r.work = nil
	rangeLists.put(r, 0)
}

// rangeList is the ranges of one call of Parallel.
type rangeList struct {
	fork
	work     func(slot, from, to int)
	n, grain int
}

var rangeLists = newFreelist[rangeList]()

func (r *rangeList) chunk(i, slot int) {
	r.work(slot, i*r.grain, i*r.grain+min(r.grain, r.n-i*r.grain))
}
