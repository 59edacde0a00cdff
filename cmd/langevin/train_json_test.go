package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTrainJSON: the standard output has nothing but lines of JSON, the last of which tells of the model, in a
// run that goes on too.
func TestTrainJSON(t *testing.T) {
	dir := t.TempDir()
	run, out := filepath.Join(dir, "run"), filepath.Join(dir, "m.st")
	small := []string{"--data", "moons", "--batch", "8", "--hidden", "6", "--levels", "4", "--log-steps", "10", "--json", "--quiet"}
	for _, c := range []struct {
		args  []string
		model string
		steps []int
	}{
		{append([]string{"train", "--steps", "25", "--out", out}, small...), out, []int{10, 20, 25}},
		{append([]string{"train", "--steps", "20", "--dir", run, "--eval-steps", "1000"}, small...), filepath.Join(run, "model.safetensors"), []int{10, 20}},
		{[]string{"train", "--resume", run, "--steps", "34", "--json", "--quiet"}, filepath.Join(run, "model.safetensors"), []int{30, 34}},
	} {
		code, stdout, stderr := command(c.args...)
		if code != 0 || stderr != "" && !strings.Contains(stderr, "cosine") {
			t.Fatalf("%v: code %d, %s", c.args, code, stderr)
		}
		lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
		var steps []int
		for _, text := range lines[:len(lines)-1] {
			var line metricsLine
			if err := json.Unmarshal([]byte(text), &line); err != nil || !(*line.Loss > 0) || *line.Seconds < 0 {
				t.Fatalf("%q, %v", text, err)
			}
			steps = append(steps, line.Step)
		}
		var r trainReport
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &r); err != nil || !(*r.Loss > 0) {
			t.Fatalf("%q, %v", lines[len(lines)-1], err)
		}
		if last := c.steps[len(c.steps)-1]; !slices.Equal(steps, c.steps) || r.Steps != last || r.Model != c.model {
			t.Errorf("%v: lines of steps %v, and %+v; want %v and %s", c.args, steps, r, c.steps, c.model)
		}
	}
}

// closed is a standard output that takes a few lines and then none.
type closed struct{ lines int }

func (c *closed) Write(text []byte) (int, error) {
	if c.lines--; c.lines < 0 {
		return 0, errors.New("nobody listens")
	}
	return len(text), nil
}

// TestJSONOfNobody: where the lines of JSON cannot be written the model is written all the same, and the error
// comes then. So it is where they go to a pipe that is closed.
func TestJSONOfNobody(t *testing.T) {
	dir := t.TempDir()
	whole, out, piped := filepath.Join(dir, "whole.st"), filepath.Join(dir, "m.st"), filepath.Join(dir, "p.st")
	args := func(out string) []string {
		return []string{"train", "--data", "moons", "--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "30", "--json", "--log-steps", "10", "--out", out}
	}
	mustRun(t, args(whole)...)
	var stderr bytes.Buffer
	code := run(args(out), &closed{1}, &stderr)
	if want := "the model is in " + out + ", but not all lines of JSON could be written: nobody listens"; code != exitError || !strings.Contains(stderr.String(), want) {
		t.Errorf("code %d, %q, want %q", code, &stderr, want)
	}
	if hash(t, out) != hash(t, whole) {
		t.Error("the model is another one")
	}
	if testing.Short() {
		return
	}
	stderr.Reset()
	p := process(t, &stderr, args(piped)...)
	read, write, err := os.Pipe()
	if err != nil {
		t.Skip(err)
	}
	read.Close()
	p.Stdout = write
	err = p.Run()
	if write.Close(); err == nil || p.ProcessState.ExitCode() != exitError || !strings.Contains(stderr.String(), piped) {
		t.Errorf("%v, %q", err, &stderr)
	}
	if hash(t, piped) != hash(t, whole) {
		t.Error("the model is another one")
	}
}
