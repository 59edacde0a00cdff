package main

import (
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/seed964deb49/langevin/internal/oserror"
)

// printed is a standard output that notes its first error, so that results which nobody gets end in one.
type printed struct {
	w     io.Writer
	mutex sync.Mutex
	err   error
}

// Write writes text.
func (p *printed) Write(text []byte) (int, error) {
	n, err := p.w.Write(text)
	if err != nil {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		if p.err == nil {
			p.err = err
		}
	}
	return n, err
}

// failure returns the error of a command that has not printed all it should, or nil.
func (p *printed) failure() error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("cannot write to the standard output: %w", oserror.Cause(p.err))
}

// isTerminal reports whether what is written to a standard output comes to a terminal.
func isTerminal(w io.Writer) bool {
	if p, ok := w.(*printed); ok {
		w = p.w
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
