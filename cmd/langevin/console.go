package main

import (
	"context"
	"io"
	"sync"
	"time"
)

// console is where a command talks to people: results to out, progress and notes to log, warnings to warn. A
// command ends when its context does.
type console struct {
	ctx            context.Context
	out, log, warn io.Writer
	started        time.Time

	mutex   sync.Mutex
	holding bool
}

// quietFlag is the flag of commands that show progress.
type quietFlag struct {
	Quiet bool `json:"-" short:"q" help:"Show no progress and no notes on stderr; warnings, errors and results come as ever."`
}

func (q quietFlag) isQuiet() bool { return q.Quiet }
