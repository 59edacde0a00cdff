package kernels

import (
	"runtime"
	"testing"
)

// TestFreelist: a value of little memory stays for good. A value of much memory stays until the garbage
// collector has found it unused twice. Nothing is allocated meanwhile for a kernel that takes such a value
// again.
func TestFreelist(t *testing.T) {
	type value struct{ memory []float32 }
	for _, c := range []struct {
		bytes int
		stays bool
	}{{keptBytes, true}, {keptBytes + 4, false}} {
		list := newFreelist[value]()
		list.put(&value{make([]float32, c.bytes/4)}, c.bytes)
		if n := testing.AllocsPerRun(10, func() { list.put(list.get(), c.bytes) }); n != 0 && !race {
			t.Errorf("%d bytes: %v allocations", c.bytes, n)
		}
		runtime.GC()
		runtime.GC()
		if stays := len(list.get().memory) > 0; stays != c.stays {
			t.Errorf("%d bytes: still there: %v, want %v", c.bytes, stays, c.stays)
		}
	}
	list := newFreelist[value]() // of many values all but one go
	for range 50 {
		list.put(new(value), 0)
	}
	runtime.GC()
	runtime.GC()
	if list.first.Load() == nil || list.rest.Get() != nil {
		t.Error("of values given back at once not one stays")
	}
}
