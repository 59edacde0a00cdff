package kernels

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// keptBytes is the most memory that a freelist keeps for good.
const keptBytes = 4 << 20

// freelist keeps used values of T, so that a kernel in its steady state allocates nothing. One value has a
// place of its own, which is fast to reach. It stays there for good if its memory is at most keptBytes. The
// garbage collector takes the other values when they have not been used for a while.
type freelist[T any] struct {
	first atomic.Pointer[T]
	rest  sync.Pool
}

func newFreelist[T any]() *freelist[T] { return new(freelist[T]) }

func (l *freelist[T]) get() *T {
	if t := l.first.Swap(nil); t != nil {
		return t
	}
	if t, ok := l.rest.Get().(*T); ok {
		return t
	}
	return new(T)
}

// put gives t back, which holds so many bytes of memory besides itself.
func (l *freelist[T]) put(t *T, bytes int) {
	if bytes > keptBytes || !l.first.CompareAndSwap(nil, t) {
		l.rest.Put(t)
	}
}

// sliceBytes is the memory of a slice.
func sliceBytes[T float](x []T) int {
	var element T
	return cap(x) * int(unsafe.Sizeof(element))
}
