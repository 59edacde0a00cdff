//go:build !js && !wasip1 && !plan9

package main

import (
	"errors"
	"io"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStoppedBySignals: a hang-up and an interrupt from the keyboard end a training as SIGTERM does, in a run
// directory and without one, with a checkpoint.
func TestStoppedBySignals(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if signal.Ignored(sig) {
			continue // as the process would
		}
		in := t.TempDir()
		run, out := filepath.Join(in, "run"), filepath.Join(in, "m.safetensors")
		for _, args := range [][]string{tinyRun(run, "moons", "--steps", "1000000000"), {"train", "--data", "moons", "--out", out,
			"--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "1000000000"}} {
			stopAfter(t, args, sig)
		}
		for _, dir := range []string{run, out + ".partial"} {
			if steps, err := (&runDir{path: dir}).steps(); err != nil || len(steps) == 0 {
				t.Errorf("%v: checkpoints %v, %v", sig, steps, err)
			}
		}
	}
}

// TestPartial: a training without a run directory that ends early leaves one, from which it goes on to the
// bytes that it would have had. Each has a folder of its own, elsewhere if there is none beside the model's
// place.
func TestPartial(t *testing.T) {
	in := t.TempDir()
	data, whole, out := filepath.Join(in, "x.npy"), filepath.Join(in, "whole.st"), filepath.Join(in, "m.st")
	table(t, data, false)
	mustRun(t, "train", "--data", data, "--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "20", "--out", whole)
	settings := &train{
		Data: data, Out: out, Batch: 8, Hidden: []int{6}, Levels: 4, Steps: 20, Seed: 1, AugmentLabels: true, HoldOut: 0.05, Keep: 3,
		LogSteps: 100, Checkpoint: duration{time.Minute},
	}
	p, err := settings.prepare(false, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for range 7 {
		p.trainer.Step()
	}
	for _, dir := range []string{out + ".partial", out + ".partial-2"} {
		err := settings.keepPartial(p.trainer, errors.New("stopped"))
		if want := "stopped; langevin train --resume " + dir + " --out " + out + " goes on"; err.Error() != want {
			t.Errorf("error %q, want %q", err, want)
		}
		mustRun(t, "train", "--resume", dir, "--out", out)
		if hash(t, out) != hash(t, whole) {
			t.Error("the training ends in another model")
		}
	}
	elsewhere := t.TempDir()
	t.Setenv("TMPDIR", elsewhere)
	settings.Out = filepath.Join(in, "x.npy", "m.st") // in what is no folder
	if err := settings.keepPartial(p.trainer, errors.New("stopped")); !strings.Contains(err.Error(), filepath.Join(elsewhere, "m.st.partial")) {
		t.Errorf("error %q", err)
	}
	t.Setenv("TMPDIR", data)
	if err := settings.keepPartial(p.trainer, errors.New("stopped")); !strings.Contains(err.Error(), "stopped; what was learned is lost: ") {
		t.Errorf("error %q", err)
	}
}
