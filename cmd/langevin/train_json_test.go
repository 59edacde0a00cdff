package main

import (
	"encoding/json"
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
		{append([]string{"train", "--steps", "20", "--dir", run}, small...), filepath.Join(run, "model.safetensors"), []int{10, 20}},
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
