package main

import (
	"path/filepath"
	"testing"
)

// TestTooMuchMemory: what does not fit in memory is refused with its size, before it is asked for.
func TestTooMuchMemory(t *testing.T) {
	in := t.TempDir()
	model, out := filepath.Join(in, "m.st"), filepath.Join(in, "x.npy")
	train := func(more ...string) []string {
		return append([]string{"train", "--data", "moons", "--out", model, "--steps", "2", "--batch", "4", "--levels", "3"}, more...)
	}
	mustRun(t, train("--hidden", "4")...)
	defer func(before func() float64) { memoryBound = before }(memoryBound)
	memoryBound = func() float64 { return 1e9 }
	fails(t, exitError, train("--batch", "1000000000", "--hidden", "4"), "batches of 1000000000 points", "needs about 40 GB", "there are 1")
	fails(t, exitError, train("--hidden", "100000,100000"), "needs about 240 GB")
	fails(t, exitError, train("--levels", "2000000000", "--hidden", "4"), "needs about 64 GB")
	sample := []string{"sample", "--model", model, "--out", out}
	fails(t, exitUsage, append(sample, "--n", "9000000", "--trajectory", out+".npz"), "at most 8388608 samples")
	fails(t, exitError, append(sample, "--levels", "1000000000"), "1000000000 noise levels", "GB")
	inpaint := []string{"inpaint", "--model", model, "--data", "moons", "--hide", "1", "--out", out}
	for _, draws := range []string{"2305843009213693952", "4611686018427387904", "4611686018427387903"} { // times rows, past an int
		fails(t, exitError, append(inpaint, "--n", "4", "--draws", draws), draws+" completions", "GB")
	}
	fails(t, exitError, append(inpaint, "--levels", "9223372036854775807"), "9223372036854775807 noise levels", "GB")
	fails(t, exitError, append(inpaint, "--sweeps", "9223372036854775807"), "9223372036854775807 sweeps over 60 noise levels")
	for _, sampler := range []string{"langevin", "annealed"} {
		fails(t, exitError, append(sample, "--sampler", sampler, "--steps", "9223372036854775807"), "9223372036854775807 steps at a level", "GB")
	}
	fails(t, exitUsage, append(sample, "--sampler", "pc", "--corrections", "9223372036854775807"), "--corrections is 9223372036854775807: want at most")
	fails(t, exitError, []string{"eval", "--exact", "--data", "2gaussians", "--n", "200000000"}, "GB")
	fails(t, exitError, []string{"likelihood", "--model", model, "--data", "moons", "--n", "200000000"}, "GB")
}

func TestAvailableMemory(t *testing.T) {
	if got := availableMemory(); !(got > 1e7) {
		t.Errorf("%v bytes", got)
	}
	if got := meminfoBytes("MemTotal:       24 kB\nMemAvailable:   12 kB\n", 1); got != 12*1024 {
		t.Errorf("%v bytes", got)
	}
	if got := meminfoBytes("MemTotal:       24 kB\n", 7); got != 7 {
		t.Errorf("%v bytes", got)
	}
}
