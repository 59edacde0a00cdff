package kernels

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestParallel: the ranges are the same on any number of cores, and none is left out. Calls at the same time
// have different slots, and may call kernels.
func TestParallel(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, cores := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(cores)
		for _, c := range []struct{ n, grain int }{{0, 3}, {1, 3}, {3, 3}, {4, 3}, {100, 7}, {1000, 1}} {
			var lock sync.Mutex
			done := make([]int, c.n)
			var busy [Slots]atomic.Bool
			Parallel(c.n, c.grain, func(slot, from, to int) {
				if slot >= cores || busy[slot].Swap(true) {
					t.Errorf("slot %d of %d is taken or too many", slot, cores)
				}
				z := make([]float32, 40_000)
				Noise{Seed: 1}.Fill(z, uint64(from))
				busy[slot].Store(false)
				lock.Lock()
				defer lock.Unlock()
				if from%c.grain != 0 || to != min(from+c.grain, c.n) {
					t.Errorf("n %d, grain %d: range %d to %d", c.n, c.grain, from, to)
				}
				for i := from; i < to; i++ {
					done[i]++
				}
			})
			for i, d := range done {
				if d != 1 {
					t.Errorf("n %d, grain %d, %d cores: index %d is done %d times", c.n, c.grain, cores, i, d)
				}
			}
		}
	}
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "-1 indices") {
			t.Errorf("panic %v", r)
		}
	}()
	Parallel(-1, 1, nil)
}
