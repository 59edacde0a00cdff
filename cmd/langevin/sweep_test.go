package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeFile writes a file of a test and returns its path.
func writeFile(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// sweepFiles returns a grid of six trainings and what they have in common.
func sweepFiles(t *testing.T) (grid, config string) {
	dir := t.TempDir()
	grid = writeFile(t, filepath.Join(dir, "grid.json"), `{"rate": [0.001, 0.003], "hidden": [[4], [6], [4, 4]]}`)
	config = writeFile(t, filepath.Join(dir, "base.json"), `{"steps": 12, "batch": 8, "levels": 5, "rate": 1, "checkpoint-steps": 5, "eval-steps": 12}`)
	return grid, config
}

// TestSweep: a sweep trains with each choice of settings, and shards of it make the same table.
func TestSweep(t *testing.T) {
	grid, config := sweepFiles(t)
	whole, parts := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "parts")
	args := func(dir string) []string {
		return []string{"sweep", "--grid", grid, "--config", config, "--data", "digits", "--dir", dir}
	}
	want := mustRun(t, args(whole)...)
	lines := strings.Split(want, "\n")
	if len(lines) != 8 || lines[0] != "training,hidden,rate,steps_done,held_out_loss" ||
		!strings.HasPrefix(lines[1], "0,[4],0.001,12,") || !strings.HasPrefix(lines[6], `5,"[4,4]",0.003,12,`) {
		t.Errorf("the table is\n%s", want)
	}
	for i, shard := range []string{"3/4", "0/4", "2/4"} {
		mustRun(t, append(args(parts), "--shard", shard)...)
		if missing := []string{"0, 1, 2, 4, 5", "1, 2, 5", "1, 5"}[i]; true {
			fails(t, exitError, []string{"merge", parts}, "trainings: "+missing+": run")
		}
	}
	t.Setenv("SLURM_ARRAY_TASK_ID", "1")
	mustRun(t, append(args(parts), "--shards", "4")...)
	if got := mustRun(t, "merge", parts); got != want {
		t.Errorf("shards make the table\n%s\nthe whole sweep\n%s", got, want)
	}
	for _, run := range []string{"00000", "00005"} {
		sameFiles(t, run, filepath.Join(whole, run, "model.safetensors"), filepath.Join(parts, run, "model.safetensors"))
	}
}

// TestSweepGoesOn: a sweep that ended in the middle leaves what is complete as it is, and goes on from
// checkpoints.
func TestSweepGoesOn(t *testing.T) {
	grid, config := sweepFiles(t)
	dir := filepath.Join(t.TempDir(), "sweep")
	args := []string{"sweep", "--grid", grid, "--config", config, "--data", "digits", "--dir", dir}
	want := mustRun(t, args...)
	complete := filepath.Join(dir, "00001", "model.safetensors")
	before, err := os.Stat(complete)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "00002") // as if it had ended after the checkpoint at step 5
	for _, name := range []string{"model.safetensors", "checkpoints/0000000012.safetensors", "checkpoints/0000000010.safetensors"} {
		if err := os.Remove(filepath.Join(broken, name)); err != nil {
			t.Fatal(err)
		}
	}
	code, out, stderr := command(args...)
	if code != 0 || out != want || !strings.Contains(stderr, "training 1 is complete already") ||
		!strings.Contains(stderr, "continuing at step 5 of 12") {
		t.Errorf("code %d, table\n%s\nwant\n%s\n%s", code, out, want, stderr)
	}
	if after, err := os.Stat(complete); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a complete training was done again, %v", err)
	}
	other := writeFile(t, filepath.Join(t.TempDir(), "other.json"), `[{"rate": 0.1}]`)
	fails(t, exitError, []string{"sweep", "--grid", other, "--config", config, "--data", "digits", "--dir", dir}, "holds another sweep")
}

// TestSweepFailure: a training that fails does not keep a sweep from the others.
func TestSweepFailure(t *testing.T) {
	dir := t.TempDir()
	sweep := filepath.Join(dir, "sweep")
	grid := writeFile(t, filepath.Join(dir, "grid.json"), `[{"rate": 0.01}, {"rate": 1e30, "schedule": "constant", "warm-up": 0}, {"rate": 0.02}]`)
	config := writeFile(t, filepath.Join(dir, "base.json"), `{"steps": 12, "batch": 8, "levels": 5, "hidden": [6], "preconditioning": "edm", "eval-steps": 12}`)
	args := []string{"sweep", "--grid", grid, "--config", config, "--data", "moons", "--dir", sweep}
	fails(t, exitError, args, "training 1 of "+sweep)
	fails(t, exitError, []string{"merge", sweep}, "lacks 1 of 3 trainings: 1: run")
	if _, err := os.Stat(filepath.Join(sweep, "00002", "model.safetensors")); err != nil {
		t.Error(err)
	}
}

// TestSweepErrors: what cannot be trained is refused before anything is.
func TestSweepErrors(t *testing.T) {
	dir := t.TempDir()
	sweep := filepath.Join(dir, "sweep")
	for _, c := range []struct{ grid, want string }{
		{`{"rate": [0.1`, "want an object of lists"},
		{`{"rate": 0.1}`, "want an object of lists"},
		{`[1]`, "want a list of objects"},
		{`[]`, "there are 0 trainings"},
		{`{"rate": []}`, "there are 0 trainings"},
		{`{"rate": [0.1], "steppes": [1]}`, "no flag --steppes"},
		{`[{"rate": 0.1}, {"rate": -1}]`, "training 1: its settings, line"},
		{`[{"schedule": "cosinus"}]`, "one of auto, constant, cosine"},
		{`[{"dir": "x"}]`, "no flag --dir"},
	} {
		grid := writeFile(t, filepath.Join(dir, "grid.json"), c.grid)
		fails(t, exitError, []string{"sweep", "--grid", grid, "--data", "moons", "--dir", sweep}, c.want)
	}
	grid := writeFile(t, filepath.Join(dir, "grid.json"), `[{"rate": 0.1}]`)
	fails(t, exitError, []string{"sweep", "--grid", grid, "--dir", sweep}, "there are no data")
	fails(t, exitUsage, []string{"sweep", "--grid", grid, "--data", "moons", "--dir", sweep, "--shards", "2"}, "SLURM_ARRAY_TASK_ID")
	if _, err := os.Stat(sweep); !os.IsNotExist(err) {
		t.Errorf("there is a directory, %v", err)
	}
}
