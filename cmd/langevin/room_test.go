package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNoRoom: results that a disk has no room for are refused before the work, with the figures.
func TestNoRoom(t *testing.T) {
	defer func(before func(string) float64) { freeRoom = before }(freeRoom)
	in := t.TempDir()
	if free := freeRoom(in); !(free > 0) {
		t.Errorf("%v bytes are free", free)
	}
	model, out := filepath.Join(in, "m.st"), filepath.Join(in, "x.npy")
	mustRun(t, "train", "--data", "moons", "--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "2", "--out", model)
	freeRoom = func(string) float64 { return 300 }
	mustRun(t, "sample", "--model", model, "--n", "37", "--levels", "4", "--out", out) // 296 bytes, and the header
	for _, args := range [][]string{
		{"sample", "--model", model, "--n", "38", "--out", out},
		{"sample", "--model", model, "--n", "76", "--out", filepath.Join(in, "x.csv")},
		{"inpaint", "--model", model, "--data", "moons", "--hide", "1", "--n", "4", "--draws", "9", "--out", out},
		{"train", "--data", "moons", "--hidden", "6", "--levels", "4", "--rate", "1e30", "--steps", "100", "--out", filepath.Join(in, "n.st")},
		tinyRun(filepath.Join(in, "run"), "moons", "--rate", "1e30", "--steps", "100"), // which would fail
	} {
		fails(t, exitError, args, " of disk, and there are 300 bytes free")
	}
	for bytes, want := range map[float64]string{0: "0 bytes", 999: "999 bytes", 1500: "1.5 kB", 2.5e6: "2.5 MB", 3e12: "3e+03 GB"} {
		if got := size(bytes); got != want {
			t.Errorf("%v bytes are %s, want %s", bytes, got, want)
		}
	}
	if _, err := os.Stat(filepath.Join(in, "run")); err == nil {
		t.Error("a run that has no room leaves a folder")
	}
}
