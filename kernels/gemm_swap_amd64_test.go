//go:build !purego

package kernels

import (
	"runtime"
	"testing"
)

// TestLargeProductKeepsLittle: the copy of C that a large product works on is used again by the next one, and is gone when
// there is none for a while.
func TestLargeProductKeepsLittle(t *testing.T) {
	use(t, Backends()[0])
	a, b, c := NewMatrix(512, 1200), NewMatrix(8192, 1200), NewMatrix(512, 8192)
	p := gemmProduct("", false, true, 1, a, b, c)
	p.fresh = true
	if !p.swaps() {
		t.Skip("no product is computed as its transpose in this implementation")
	}
	heap := func() int {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := heap()
	if n := testing.AllocsPerRun(1, func() { Gemm(false, true, 1, a, b, 0, c) }); n != 0 && !race {
		t.Errorf("the second product allocates %v times", n)
	}
	if kept := heap() - before; kept > 2*keptBytes {
		t.Errorf("%d bytes are kept, of %d that C has", kept, 4*len(c.Data))
	}
	runtime.KeepAlive([]Matrix{a, b, c})
}
