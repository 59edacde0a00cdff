package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// tinyRun are the flags of a run of some milliseconds.
func tinyRun(dir, data string, more ...string) []string {
	return append([]string{"train", "--data", data, "--dir", dir, "--batch", "8", "--hidden", "6", "--levels", "4", "--checkpoint-steps", "5",
		"--checkpoint", "1h", "--eval-steps", "1000000"}, more...)
}

// fails fails the test unless the command ends with the exit code and one line that has all of wants.
func fails(t *testing.T, exit int, args []string, wants ...string) {
	t.Helper()
	code, stdout, stderr := command(args...)
	for _, want := range wants {
		if line := complaints(stderr); code != exit || stdout != "" || !strings.Contains(line, want) || strings.Count(line, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q, want one line with %q", args, code, stderr, want)
		}
	}
}

// table writes points of three values.
func table(t *testing.T, path string, swap bool) {
	t.Helper()
	x := kernels.NewMatrix(40, 3)
	for i := range x.Data {
		x.Data[i] = float32(i * i % 23)
	}
	if swap {
		for j := range x.Cols {
			x.Row(3)[j], x.Row(8)[j] = x.Row(8)[j], x.Row(3)[j]
		}
	}
	if err := dataset.Write(path, dataset.Table{X: widened(x)}); err != nil {
		t.Fatal(err)
	}
}

// TestExtend: a run that is extended, finished or not, ends in the bytes of one that had all steps from the start, and its
// settings say so.
func TestExtend(t *testing.T) {
	for _, schedule := range []string{"constant", "inverse-sqrt", "cosine"} {
		dir, whole := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "whole")
		mustRun(t, tinyRun(whole, "moons", "--steps", "20", "--warm-up", "1", "--schedule", schedule)...)
		mustRun(t, tinyRun(dir, "moons", "--steps", "12", "--warm-up", "1", "--schedule", schedule)...)
		code, _, stderr := command("train", "--resume", dir, "--steps", "20")
		if code != 0 || !strings.Contains(stderr, "step 12 of 20") {
			t.Fatalf("code %d, %s", code, stderr)
		}
		if noted := strings.Contains(stderr, "a cosine over 12 steps"); noted != (schedule == "cosine") {
			t.Errorf("%s: %s", schedule, stderr)
		}
		for _, name := range []string{"model.safetensors", filepath.Join("checkpoints", "0000000020.safetensors"), "config.json"} {
			same := hash(t, filepath.Join(dir, name)) == hash(t, filepath.Join(whole, name))
			if want := schedule != "cosine" || name == "config.json"; same != want {
				t.Errorf("%s, %s: the same bytes: %v, want %v", schedule, name, same, want)
			}
		}
		mustRun(t, "train", "--resume", dir)
		fails(t, exitError, []string{"train", "--resume", dir, "--steps", "11"}, "has done 20 steps already", "not 11")
	}
}

// TestOtherData: other data of the same statistics is refused, and the same data is found elsewhere.
func TestOtherData(t *testing.T) {
	in := t.TempDir()
	dir, data, moved := filepath.Join(in, "run"), filepath.Join(in, "x.npy"), filepath.Join(in, "moved.npy")
	table(t, data, false)
	mustRun(t, tinyRun(dir, data, "--steps", "12", "--hold-out", "0", "--schedule", "constant")...)
	table(t, data, true)
	fails(t, exitError, []string{"train", "--resume", dir, "--steps", "20"}, "other data", "has x.npy changed?")
	if err := os.Remove(data); err != nil {
		t.Fatal(err)
	}
	fails(t, exitError, []string{"train", "--resume", dir, "--steps", "20"}, data+" is not there", "name it with --data")
	table(t, moved, true)
	fails(t, exitError, []string{"train", "--resume", dir, "--steps", "20", "--data", moved}, "other data")
	table(t, moved, false)
	mustRun(t, "train", "--resume", dir, "--steps", "20", "--data", moved)
	mustRun(t, "train", "--resume", dir, "--steps", "25") // the settings have the new place
	table(t, data, false)
	whole := filepath.Join(in, "whole")
	mustRun(t, tinyRun(whole, data, "--steps", "25", "--hold-out", "0", "--schedule", "constant")...)
	if hash(t, filepath.Join(dir, "model.safetensors")) != hash(t, filepath.Join(whole, "model.safetensors")) {
		t.Error("data that has moved gives another model")
	}
}

// TestChangedSettings: settings that do not fit the checkpoints are named.
func TestChangedSettings(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	mustRun(t, tinyRun(dir, "moons", "--steps", "12")...)
	config := filepath.Join(dir, "config.json")
	good, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"rate": 0.002`, `"rate": 0.001`, "learning_rate was 0.002 and is 0.001"},
		{`"seed": 1`, `"seed": 2`, "seed was 1 and is 2"},
		{`"levels": 4`, `"levels": 5`, "noise levels, 4 from"},
	} {
		changed := bytes.Replace(good, []byte(c.old), []byte(c.new), 1)
		if bytes.Equal(changed, good) {
			t.Fatalf("no %s in %s", c.old, good)
		}
		if err := os.WriteFile(config, changed, 0o666); err != nil {
			t.Fatal(err)
		}
		fails(t, exitError, []string{"train", "--resume", dir}, c.want)
	}
}

// TestChangedDataSettings: settings that make other points of the same data are named, with both values.
func TestChangedDataSettings(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	mustRun(t, tinyRun(dir, "digits", "--steps", "12", "--shift", "1")...)
	config := filepath.Join(dir, "config.json")
	good, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"shift": 1`, `"shift": 2`, `shift was "1" and is "2"`},
		{`"hold-out": 0.05`, `"hold-out": 0.1`, `hold-out was "0.05" and is "0.1"`},
		{`"scale": "auto"`, `"scale": "none"`, `scale was "auto" and is "none"`},
		{`"bin": "auto"`, `"bin": "none"`, `bin was "auto" and is "none"`},
		{`"augment-labels": true`, `"augment-labels": false`, `augment-labels was "true" and is "false"`},
	} {
		changed := bytes.Replace(good, []byte(c.old), []byte(c.new), 1)
		if bytes.Equal(changed, good) {
			t.Fatalf("no %s in %s", c.old, good)
		}
		if err := os.WriteFile(config, changed, 0o666); err != nil {
			t.Fatal(err)
		}
		fails(t, exitError, []string{"train", "--resume", dir}, c.want)
	}
	if err := os.WriteFile(config, good, 0o666); err != nil {
		t.Fatal(err)
	}
	fails(t, exitUsage, []string{"train", "--resume", dir, "--steps", "0"}, "--steps: 0: want a whole number, 1 or more")
	fails(t, exitError, []string{"train", "--resume", filepath.Join(dir, "checkpoints", "0000000012.safetensors")}, "is a file: name the folder of a run")
	if err := os.WriteFile(config, []byte("{\"keep\": 3, \"log-steps\": 1, \"checkpoint\": \"1m\"}"), 0o666); err != nil {
		t.Fatal(err)
	}
	fails(t, exitError, []string{"train", "--resume", dir}, config+`: there is no "data" in the settings`)
}

// TestFrom: a training starts at the parameters of a model, in a run directory too, and says what does not fit.
func TestFrom(t *testing.T) {
	in := t.TempDir()
	first, plain, again, dir := filepath.Join(in, "a.st"), filepath.Join(in, "b.st"), filepath.Join(in, "c.st"), filepath.Join(in, "run")
	flags := func(out string, more ...string) []string {
		return append([]string{"train", "--data", "moons", "--out", out, "--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "9"}, more...)
	}
	mustRun(t, flags(first)...)
	mustRun(t, flags(plain, "--from", first, "--rate", "1e-9")...)
	a, err := smld.LoadModel(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := smld.LoadModel(plain)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range a.Net.Block {
		if math.Abs(float64(v-b.Net.Block[i])) > 1e-6 {
			t.Fatalf("parameter %d starts at %v, want %v", i, b.Net.Block[i], v)
		}
	}
	mustRun(t, flags(again, "--from", first)...)
	mustRun(t, tinyRun(dir, "moons", "--steps", "9", "--from", first)...)
	if hash(t, again) != hash(t, filepath.Join(dir, "model.safetensors")) {
		t.Error("a run directory starts elsewhere")
	}
	fails(t, exitError, flags(again, "--from", first, "--residual"), "--from "+first, "is edm, plain", "is edm, residual")
	fails(t, exitError, flags(again, "--from", first, "--preconditioning", "ncsnv2"), "is edm")
	fails(t, exitError, []string{"train", "--data", "digits", "--from", first, "--out", again}, "dimension 2, want 64")
	fails(t, exitError, flags(again, "--from", filepath.Join(in, "none")), "no such file")
}

// TestLock: a second process in a run directory changes nothing, and the lock goes with the first.
func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b")
	mustRun(t, tinyRun(dir, "moons", "--steps", "7")...)
	half := filepath.Join(dir, "checkpoints", ".langevin-0.tmp")
	fresh, old := filepath.Join(dir, ".langevin-1.tmp"), filepath.Join(dir, ".langevin-2.tmp") // of another command, and of a killed one
	for _, path := range []string{half, fresh, old} {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	first := &runDir{path: dir}
	if err := first.take(); err != nil {
		t.Fatal(err)
	}
	if first.lock == nil {
		t.Skip("there are no locks here")
	}
	fails(t, exitError, []string{"train", "--resume", dir}, fmt.Sprintf("another process (%d) trains in %s", os.Getpid(), dir))
	fails(t, exitError, tinyRun(dir, "moons"), "trains in "+dir)
	if _, err := os.Stat(half); err != nil {
		t.Error("the temporary file of another process is removed")
	}
	first.release()
	mustRun(t, "train", "--resume", dir)
	for path, left := range map[string]bool{half: false, old: false, fresh: true} {
		if _, err := os.Stat(path); (err == nil) != left {
			t.Errorf("%s is left: %v, want %v", path, !left, left)
		}
	}
}

// TestPatternsAreNames: a folder's name is no pattern.
func TestPatternsAreNames(t *testing.T) {
	in := t.TempDir()
	dir, other := filepath.Join(in, "r[1]"), filepath.Join(in, "r1")
	mustRun(t, tinyRun(dir, "moons", "--steps", "7")...)
	mustRun(t, tinyRun(other, "moons", "--steps", "7")...)
	half := filepath.Join(other, ".langevin-0.tmp")
	if err := os.WriteFile(half, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--resume", dir)
	if _, err := os.Stat(half); err != nil {
		t.Error("a file of another folder is removed")
	}
}

// TestPruneKeepsGood: damaged checkpoints of higher numbers do not make good ones go, and the messages name files that are there.
func TestPruneKeepsGood(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	mustRun(t, tinyRun(dir, "moons", "--steps", "12", "--keep", "1")...)
	d := &runDir{path: dir}
	for _, path := range []string{d.checkpoint(13), d.checkpoint(900), filepath.Join(d.checkpoints(), "11.safetensors")} { // no name of one
		if err := os.WriteFile(path, []byte("damaged"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	code, _, stderr := command("train", "--resume", dir, "--steps", "20")
	if code != 0 || !strings.Contains(stderr, "step 12 of 20") {
		t.Fatalf("code %d, %s", code, stderr)
	}
	steps, err := d.steps()
	if err != nil || !slices.Contains(steps, 20) || slices.Contains(steps, 12) {
		t.Errorf("checkpoints %v, %v", steps, err)
	}
	mustRun(t, "train", "--resume", dir, "--steps", "22")
}

// TestPruneCountsGood: of the checkpoints to keep none is one that could not be read, nor one beyond the last.
func TestPruneCountsGood(t *testing.T) {
	d := &runDir{path: t.TempDir(), keep: 2, last: 15, bad: map[int]bool{13: true, 14: true}}
	if err := os.Mkdir(d.checkpoints(), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, step := range []int{5, 12, 13, 14, 15, 900} {
		if err := os.WriteFile(d.checkpoint(step), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.prune(); err != nil {
		t.Fatal(err)
	}
	if left, err := d.steps(); err != nil || !slices.Equal(left, []int{12, 13, 14, 15, 900}) {
		t.Errorf("checkpoints %v are left, %v", left, err)
	}
}

// TestManySteps: the number of steps takes no memory.
func TestManySteps(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	for _, steps := range []string{"1000000000000", "9223372036854775807"} {
		stopAfter(t, []string{"train", "--data", "moons", "--out", filepath.Join(t.TempDir(), "m"), "--batch", "8", "--hidden", "6", "--levels", "4",
			"--steps", steps}, syscall.SIGTERM)
	}
}

// stopAfter starts the command in a process and sends it a signal after a while.
func stopAfter(t *testing.T, args []string, sig os.Signal) {
	t.Helper()
	var stderr bytes.Buffer
	p := process(t, &stderr, append(args, "--json", "--log-steps", "1")...)
	lines, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Skip(err)
	}
	first := make([]byte, 1) // of a line that a step prints
	if _, err := io.ReadFull(lines, first); err != nil {
		t.Errorf("%v: no step is done: %v", args, err)
	}
	p.Process.Signal(sig)
	io.Copy(io.Discard, lines)
	if err := p.Wait(); p.ProcessState.ExitCode() != signalCode(sig) || !strings.Contains(stderr.String(), "by a signal") {
		t.Errorf("%v: %v, %s", args, err, &stderr)
	}
}

// TestMetricsNotFinite: what is not finite is null in the metrics and ends no training.
func TestMetricsNotFinite(t *testing.T) {
	text, err := json.Marshal(metricsLine{HeldOut: []levelLoss{{1, finite(math.Inf(1))}, {2, finite(3)}}})
	if err != nil || !strings.Contains(string(text), `{"sigma":1,"loss":null},{"sigma":2,"loss":3}`) {
		t.Errorf("%s, %v", text, err)
	}
	dir := filepath.Join(t.TempDir(), "run")
	settings := &train{Data: "moons", Steps: 100, Batch: 8, Hidden: []int{6}, Levels: 4, Rate: 1e-3, EMA: new(0.9), Seed: 1, HoldOut: 0.05, LogSteps: 10, Keep: 1}
	p, err := settings.prepare(true, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	model := p.trainer.Averaged()
	for i := range model.Net.Block {
		model.Net.Block[i] = 1e19 // finite, but neither its losses nor its samples
	}
	if err := p.trainer.StartFrom(model); err != nil {
		t.Fatal(err)
	}
	d, err := newRun(dir, settings)
	if err != nil {
		t.Fatal(err)
	}
	defer d.release()
	var note bytes.Buffer
	w := newWatch(t.Context(), settings, p, d, &note)
	if err := w.evaluate(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(note.String(), "no picture of samples after step 0") || strings.Count(note.String(), "\n") != 1 {
		t.Errorf("note %q", &note)
	}
	lines, err := os.ReadFile(d.metrics())
	if err != nil || !strings.Contains(string(lines), `"loss":null`) {
		t.Errorf("metrics %s, %v", lines, err)
	}
}

// TestResumeArchive: a run on one array of an archive goes on.
func TestResumeArchive(t *testing.T) {
	in := t.TempDir()
	path, dir := filepath.Join(in, "x.npz"), filepath.Join(in, "run")
	table(t, path, false)
	mustRun(t, tinyRun(dir, path+":samples", "--steps", "6", "--schedule", "constant")...)
	mustRun(t, "train", "--resume", dir, "--steps", "9")
}
