package main

import (
	"context"
	"encoding/json"
	"fmt"
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
	arguments      []string // of the command line, without those that choose a shard

	mutex   sync.Mutex
	holding bool
	bar     *progress // the last one
}

// wrote names a file that is written, on the standard output. Where that has JSON, which nothing else may be
// beside, the name is a note.
func (c *console) wrote(path string, json bool) {
	w := c.out
	if json {
		w = c.log
	}
	fmt.Fprintf(w, "wrote %s\n", path)
}

// printJSON prints a value as JSON over several lines.
func (c *console) printJSON(v any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// progress returns the progress of a work of many steps. An error ends its line, also that of a command which
// is left behind.
func (c *console) progress(what string, from, total int) *progress {
	p := newProgress(c.log, what, from, total)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.bar = p
	return p
}

// endProgress ends the line of the progress, which shows nothing from then on.
func (c *console) endProgress() {
	c.mutex.Lock()
	bar := c.bar
	c.mutex.Unlock()
	if bar != nil {
		bar.finish()
	}
}

// quietFlag is the flag of commands that show progress.
type quietFlag struct {
	Quiet bool `json:"-" short:"q" help:"Show no progress and no notes on stderr; warnings, errors and results come as ever."`
}

func (q quietFlag) isQuiet() bool { return q.Quiet }
