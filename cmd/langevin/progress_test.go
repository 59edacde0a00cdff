package main

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/schollz/progressbar/v3"
)

// TestProgressResumed: the time left follows from the steps done now, not from those of a run that this one continues.
func TestProgressResumed(t *testing.T) {
	var log strings.Builder
	p := newProgress(&log, "training", 900, 1000)
	p.started = p.started.Add(-20 * time.Second)
	p.shown = p.started
	p.step(910, func() string { return "loss 1" })
	if want := "training: step 910 of 1000, loss 1, 3m0s left\n"; log.String() != want {
		t.Errorf("progress is %q, want %q", log.String(), want)
	}
	p.finish()
	p.step(920, func() string { return "loss 1" })
	if strings.Count(log.String(), "\n") != 1 {
		t.Errorf("progress that is over goes on: %q", log.String())
	}
	if strconv.IntSize < 64 {
		return
	}
	log.Reset()
	p = newProgress(&log, "training", 0, math.MaxInt) // a time that a Duration does not hold
	p.started = p.started.Add(-20 * time.Second)
	p.shown = p.started
	p.step(10, func() string { return "loss 1" })
	if want := "loss 1, 1281023h53m38s left\n"; !strings.HasSuffix(log.String(), want) {
		t.Errorf("progress is %q, want it to end in %q", log.String(), want)
	}
}

// TestProgressOfError: an error stands on a line of its own behind a bar, also where the command was left
// behind and would go on showing it.
func TestProgressOfError(t *testing.T) {
	var terminal bytes.Buffer
	c := &console{ctx: t.Context(), log: &terminal, warn: &terminal}
	p := c.progress("sampling", 0, 10)
	p.bar = progressbar.NewOptions(10, progressbar.OptionSetWriter(&terminal))
	p.shown = p.started.Add(-time.Second)
	p.step(3, func() string { return "sigma 1" })
	if c.report(errors.New("no more"), "") != exitError || !strings.HasSuffix(terminal.String(), "\nlangevin: no more\n") {
		t.Errorf("%q", terminal.String())
	}
	length := terminal.Len()
	p.shown = p.started
	p.step(10, func() string { return "sigma 1" })
	p.finish()
	if terminal.Len() > length {
		t.Errorf("the bar goes on: %q", terminal.String()[length:])
	}
}
