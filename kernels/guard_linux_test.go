package kernels

import (
	"syscall"
	"testing"
	"unsafe"
)

// guard returns n zero floats between two pages that cannot be read or written. The floats lie at the end of
// the accessible memory or at its start.
func guard(t testing.TB, n int, atEnd bool) []float32 {
	t.Helper()
	page := syscall.Getpagesize()
	size := (4*n + page - 1) / page * page
	const protection, flags = syscall.PROT_READ | syscall.PROT_WRITE, syscall.MAP_ANON | syscall.MAP_PRIVATE
	m, err := syscall.Mmap(-1, 0, size+2*page, protection, flags)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Munmap(m); err != nil {
			t.Error(err)
		}
	})
	for _, p := range [][]byte{m[:page], m[page+size:]} {
		if err := syscall.Mprotect(p, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	if n == 0 {
		return nil
	}
	inner := m[page : page+size]
	if atEnd {
		inner = inner[size-4*n:]
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&inner[0])), n)
}
