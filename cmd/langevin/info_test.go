package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// informed returns what info says of a file, as a structure and to people.
func informed(t *testing.T, path string) (*describedFile, string) {
	t.Helper()
	var d describedFile
	text := mustRun(t, "info", path, "--json")
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return &d, mustRun(t, "info", path)
}

// TestInfo: what a model, a checkpoint, a run and data are.
func TestInfo(t *testing.T) {
	dir := t.TempDir()
	table, run := filepath.Join(dir, "x.csv"), filepath.Join(dir, "run")
	text := "age,town\n"
	for i := range 60 {
		text += fmt.Sprintf("%d,%s\n", 20+i*i%31, []string{"Ulm", "Bonn", "Kiel"}[i%3])
	}
	if err := os.WriteFile(table, []byte(text+",Ulm\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	d, said := informed(t, table)
	if d.Kind != "data" || d.Data.Rows != 61 || d.Data.Missing != 1 || d.Data.Columns[0].Missing != 1 || len(d.Data.Columns[1].Categories) != 3 ||
		!strings.Contains(said, "category, 3 of them") || !strings.Contains(said, "1 missing") {
		t.Errorf("%+v\n%s", d.Data, said)
	}
	if err := os.WriteFile(table, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--data", table, "--dir", run, "--steps", "12", "--batch", "8", "--hidden", "6,5", "--levels", "4", "--noise", "levels")
	d, said = informed(t, run)
	if d.Kind != "run" || d.Run.Done != 12 || d.Run.Steps != 12 || !d.Run.Complete || !slices.Equal(d.Run.Checkpoints, []int{12}) ||
		d.Run.Metrics == nil || d.Model == nil || !strings.Contains(said, "12 of 12, complete") || !strings.Contains(said, `"noise":"levels"`) {
		t.Errorf("%+v\n%s", d.Run, said)
	}
	d, said = informed(t, filepath.Join(run, "checkpoints", "0000000012.safetensors"))
	if d.Kind != "checkpoint" || d.Checkpoint.Step != 12 || d.Checkpoint.Points != 96 || d.Checkpoint.Config.Batch != 8 ||
		d.Checkpoint.DataHash == "" || d.Checkpoint.DataSettings["bin"] != "auto" || !strings.Contains(said, "12, 96 points") {
		t.Errorf("%+v\n%s", d.Checkpoint, said)
	}
	d, said = informed(t, filepath.Join(run, "model.safetensors"))
	m := d.Model
	if d.Kind != "model" || d.Checkpoint != nil || m.Dim != 4 || !slices.Equal(m.Layers, []int{11, 6, 5, 3}) || m.Parameters != 125 ||
		m.Levels != 4 || !(m.SigmaMax > m.SigmaMin) || m.Preconditioning != "linear" || len(m.Encoding.Columns) != 2 || len(m.Samplers) == 0 {
		t.Errorf("%+v\n%s", m, said)
	}
	for _, want := range []string{"hidden layers 6,5", "age", "spread over 0.5", "3 indicators", "linear", "125 parameters"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s\nhas no %q", said, want)
		}
	}
	for _, out := range []string{"", filepath.Join(dir, "elsewhere.st")} { // extended, with the old model or with one elsewhere
		args := []string{"train", "--resume", run}
		if out != "" {
			if err := os.Remove(filepath.Join(run, "model.safetensors")); err != nil {
				t.Fatal(err)
			}
			args = append(args, "--out", out)
		}
		config := filepath.Join(run, "config.json")
		text, err := os.ReadFile(config)
		if err != nil {
			t.Fatal(err)
		}
		longer := strings.NewReplacer(`"steps": 12`, `"steps": 14`, `"steps": 14`, `"steps": 16`).Replace(string(text))
		if err := os.WriteFile(config, []byte(longer), 0o666); err != nil {
			t.Fatal(err)
		}
		if d, said = informed(t, run); d.Run.Complete || d.Model == nil || !strings.Contains(said, "not complete") {
			t.Errorf("a run that is extended: %s", said)
		}
		mustRun(t, args...)
		if d, said = informed(t, run); !d.Run.Complete || d.Run.Done != d.Run.Steps || d.Model == nil {
			t.Errorf("a run that is complete again: %s", said)
		}
	}
	if d, said = informed(t, "digits"); d.Data.Classes != 10 || d.Data.Image.Height != 8 || !strings.Contains(said, "8x8") {
		t.Errorf("%+v\n%s", d.Data, said)
	}
	if d, _ = informed(t, "moons"); !d.Data.Endless {
		t.Errorf("%+v", d.Data)
	}
	broken := filepath.Join(dir, "broken.safetensors")
	if err := os.WriteFile(broken, []byte("\x08\x00\x00\x00\x00\x00\x00\x00{       "), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{broken, filepath.Join(dir, "none")} {
		if code, stdout, stderr := command("info", path); code != exitError || stdout != "" || !strings.Contains(stderr, path) {
			t.Errorf("code %d, %s", code, stderr)
		}
	}
}

// TestVersion: the version says what runs.
func TestVersion(t *testing.T) {
	if got := processorLine("riscv64", 2, nil); got != "riscv64, 2 cores" {
		t.Errorf("a processor of no features is %q", got)
	}
	lines := strings.Split(mustRun(t, "version"), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "langevin ") || !strings.HasPrefix(lines[1], "go1.") || !strings.HasPrefix(lines[2], "kernels ") ||
		!strings.Contains(lines[3], " cores") {
		t.Errorf("%q", lines)
	}
}
