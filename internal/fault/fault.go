// Package fault lets tests fail each operation that changes files, or end the process there. Whatever of this
// module changes files says so here before. Without a test that costs a load from memory.
package fault

import (
	"io"
	"sync/atomic"
)

// Op is an operation on files.
type Op string

// The operations. A Write is in two parts, between which it fails.
const (
	Create  Op = "create"
	Mode    Op = "change the mode"
	Write   Op = "write"
	Sync    Op = "sync"
	Close   Op = "close"
	Rename  Op = "rename"
	SyncDir Op = "sync the directory"
	Remove  Op = "remove"
	Mkdir   Op = "make a directory"
)

var hook atomic.Pointer[func(Op) error]

// Set makes f what Before returns, until undo is called. It is for tests.
func Set(f func(Op) error) (undo func()) {
	old := hook.Swap(&f)
	return func() { hook.Store(old) }
}

// Before returns the error that an operation is to end in, or nil.
func Before(op Op) error {
	if f := hook.Load(); f != nil {
		return (*f)(op)
	}
	return nil
}

// Do carries out an operation, unless it is to fail.
func Do(op Op, f func() error) error {
	if err := Before(op); err != nil {
		return err
	}
	return f()
}

// WriteTo writes bytes. Where it is to fail, half of them are written.
func WriteTo(w io.Writer, p []byte) (int, error) {
	if hook.Load() == nil {
		return w.Write(p)
	}
	n, err := w.Write(p[:len(p)/2])
	if err == nil {
		err = Before(Write)
	}
	if err != nil {
		return n, err
	}
	m, err := w.Write(p[n:])
	return n + m, err
}
