package main

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
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
