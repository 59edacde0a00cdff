package kernels

import (
	"fmt"
)

// Slots is the number of goroutines that may be at work in one call of Parallel at the same time.
const Slots = maxSlots

// Parallel calls work(slot, from, to) for ranges that cover the indices 0 to n-1, on all cores. Each range
// has grain indices, the last one perhaps fewer. Parallel returns when all calls have returned.
//
// The ranges do not depend on the number of cores, so a result that depends on the range alone is always the
// same. Which goroutine does which range, and in what order, is open.
//
// Calls of work that run at the same time for one call of Parallel have different slots below Slots. Each
// slot can have memory of its own. Another call of Parallel gives out the same slots, whether work makes this
// call or it runs at the same time. Memory by slot therefore belongs to one call of Parallel.
//
// Parallel uses the kernels' pool of goroutines. work may call kernels. Such a kernel runs on one core while
// there are ranges left. If there is only one range, the kernel runs on all cores as usual.
//
// If work panics or ends its goroutine, Parallel begins no further range. It waits for the calls that have
// begun, then does the same in its caller, with the same value. The pool goes on as before.
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
