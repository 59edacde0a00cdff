package kernels

import (
	"fmt"
	"runtime"
)

// Parallel calls work(from, to) for ranges that cover the indices 0 to n-1, each grain long but for the last, on all
// cores, and returns when all calls have. The ranges do not depend on the number of cores; which goroutine does which,
// and in what order, is open. So a result that depends on the range alone is always the same.
//
// It shares the kernels' pool of goroutines: kernels that work calls run on one core each, and may be called.
func Parallel(n, grain int, work func(from, to int)) {
	if n < 0 || grain < 1 {
		panic(fmt.Sprintf("kernels: Parallel: %d indices in ranges of %d", n, grain))
	}
	if n <= grain {
		if n > 0 {
			work(0, n)
		}
		return
	}
	r := rangeLists.get()
	r.work, r.n, r.grain = work, n, grain
	r.run(r, (n+grain-1)/grain, runtime.GOMAXPROCS(0))
	r.work = nil
	rangeLists.put(r)
}

// rangeList is the ranges of one call of Parallel.
type rangeList struct {
	fork
	work     func(from, to int)
	n, grain int
}

var rangeLists = newFreelist[rangeList]()

func (r *rangeList) chunk(i, _ int) { r.work(i*r.grain, min((i+1)*r.grain, r.n)) }
