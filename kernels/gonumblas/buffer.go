package gonumblas

import (
	"sync"
	"unsafe"
)

// buffer is memory for a block that is put together, and is used again.
type buffer[T float] struct{ data []T }

var buffers32, buffers64 sync.Pool

func buffersOf[T float]() *sync.Pool {
	if unsafe.Sizeof(*new(T)) == 4 {
		return &buffers32
	}
	return &buffers64
}

// borrow returns a buffer of n elements or more, of any values.
func borrow[T float](n int) *buffer[T] {
	b, ok := buffersOf[T]().Get().(*buffer[T])
	if !ok {
		b = new(buffer[T])
	}
	if len(b.data) < n {
		b.data = make([]T, n)
	}
	return b
}

// giveBack ends the use of a buffer.
func (b *buffer[T]) giveBack() { buffersOf[T]().Put(b) }
