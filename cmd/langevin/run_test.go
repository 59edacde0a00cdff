package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var kills = flag.Int("kills", 4, "how often TestKilled kills a training")

// asCommand makes the test binary the command, for tests that need a process of its own.
const asCommand = "LANGEVIN_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		killSelf()
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	flag.Parse()
	os.Exit(m.Run())
}

// process is a command line that runs in a process of its own.
func process(t testing.TB, stderr *bytes.Buffer, args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), asCommand+"=1")
	c.Stderr = stderr
	return c
}

func runFlags(dir string, more ...string) []string {
	return append([]string{"train", "--data", "digits", "--dir", dir, "--steps", "150", "--batch", "32", "--hidden", "24,20,24",
		"--residual", "--levels", "12", "--checkpoint-steps", "7", "--checkpoint", "1h", "--eval-steps", "50", "--noise", "log-uniform",
		"--schedule", "cosine", "--warm-up", "5", "--bin", "1", "--clip", "5", "--shift", "1"}, more...)
}

// finals are the files of a run that hold its result: the model and the last checkpoint.
func finals(t testing.TB, dir string) []string {
	return []string{hash(t, filepath.Join(dir, "model.safetensors")), hash(t, filepath.Join(dir, "checkpoints", "0000000150.safetensors"))}
}

// TestRunDirectory: a run leaves what it should, its settings make the same run again, and it is not written over.
func TestRunDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	mustRun(t, runFlags(dir, "--checkpoint-steps", "30")...)
	for _, name := range []string{"config.json", "model.safetensors", "samples-0000000050.png", "samples-0000000150.png"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	if err != nil || len(left) != 3 {
		t.Errorf("checkpoints %v, want the last three", left)
	}
	text, err := os.ReadFile(filepath.Join(dir, "metrics.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var steps []int
	held, batches := 0, 0
	for line := range strings.Lines(string(text)) {
		var m metricsLine
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, m.Step)
		batches += m.Batches
		if m.HeldOut != nil {
			held++
			if len(m.HeldOut) != 10 || !(*m.HeldOut[0].Loss > 0) {
				t.Errorf("held-out losses %+v", m.HeldOut)
			}
		} else if !(*m.Loss > 0) || *m.Rate < 0 {
			t.Errorf("line %s", line)
		}
	}
	if batches != 150 {
		t.Errorf("the losses are means of %d batches, want 150", batches)
	}
	if !slices.IsSorted(steps) || held != 3 || len(steps) != 5 {
		t.Errorf("metrics of steps %v, %d of them of held-out points", steps, held)
	}
	again := filepath.Join(t.TempDir(), "again")
	mustRun(t, "train", "--config", filepath.Join(dir, "config.json"), "--dir", again)
	if !slices.Equal(finals(t, again), finals(t, dir)) {
		t.Error("the settings of a run give another one")
	}
	if config, err := os.ReadFile(filepath.Join(again, "config.json")); err != nil || hash(t, filepath.Join(dir, "config.json")) != hash(t, filepath.Join(again, "config.json")) {
		t.Errorf("settings come back as %s, %v", config, err)
	}
	if code, _, stderr := command(runFlags(dir)...); code != 1 || !strings.Contains(stderr, "holds a run already") {
		t.Errorf("a second run in the folder: code %d, %s", code, stderr)
	}
	mustRun(t, "train", "--resume", again) // complete, and stays so
	if !slices.Equal(finals(t, again), finals(t, dir)) {
		t.Error("resuming a run that is complete changes it")
	}
}

// TestKilled: a training that is killed at random moments, by SIGKILL and now and then by SIGTERM, and continued each time,
// ends in the same files as one that is not.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	whole := filepath.Join(t.TempDir(), "whole")
	started := time.Now()
	var stderr bytes.Buffer
	switch err := process(t, &stderr, runFlags(whole)...).Run(); {
	case errors.Is(err, syscall.ENOEXEC):
		t.Skip("under an emulator that the system does not know, no process can start another: ", err)
	case err != nil:
		t.Fatalf("%v: %s", err, &stderr)
	}
	length := time.Since(started)
	want := finals(t, whole)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, %v a run", seed, length)
	r := rand.New(rand.NewPCG(seed, 0))
	dir, killed := filepath.Join(t.TempDir(), "run"), 0
	for killed < *kills {
		args := []string{"train", "--resume", dir}
		if _, err := os.Stat(filepath.Join(dir, "config.json")); err != nil {
			args = runFlags(dir)
		}
		stderr.Reset()
		p := process(t, &stderr, args...)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(r.Int64N(int64(length))), func() {
			sig := os.Signal(os.Kill)
			if r.IntN(4) == 0 {
				sig = syscall.SIGTERM
			}
			p.Process.Signal(sig)
		})
		err := p.Wait()
		if timer.Stop() || err == nil { // it was over before
			if err != nil {
				t.Fatalf("langevin %v: %v: %s", args, err, &stderr)
			}
			if got := finals(t, dir); !slices.Equal(got, want) {
				t.Fatalf("after %d kills the files are %v, want %v", killed, got, want)
			}
			dir = filepath.Join(t.TempDir(), "run")
			continue
		}
		if state, ok := p.ProcessState.Sys().(syscall.WaitStatus); !ok || !state.Signaled() && !strings.Contains(stderr.String(), "by a signal") && !strings.Contains(stderr.String(), "context") {
			t.Fatalf("langevin %v: %v: %s", args, err, &stderr)
		}
		killed++
	}
	stderr.Reset()
	args := []string{"train", "--resume", dir}
	if _, err := os.Stat(filepath.Join(dir, "config.json")); err != nil {
		args = runFlags(dir)
	}
	if err := process(t, &stderr, args...).Run(); err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	if got := finals(t, dir); !slices.Equal(got, want) {
		t.Errorf("after %d kills the files are %v, want %v", killed, got, want)
	}
	if half, err := filepath.Glob(filepath.Join(dir, "*", ".langevin-*")); err != nil || len(half) != 0 {
		t.Errorf("half-written files are left: %v", half)
	}
}

// TestDivergedRun names the step and the last good checkpoint.
func TestDivergedRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	code, _, stderr := command("train", "--data", "moons", "--dir", dir, "--rate", "1e11", "--schedule", "constant", "--warm-up", "1000000", "--steps", "3000", "--batch", "8", "--hidden", "8",
		"--levels", "5", "--checkpoint-steps", "5", "--eval-steps", "3000", "--keep", "2")
	if code != 1 || !strings.Contains(stderr, "diverged") || !strings.Contains(stderr, "the last good checkpoint is "+filepath.Join(dir, "checkpoints")) {
		t.Fatalf("code %d, %s", code, stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "model.safetensors")); err == nil {
		t.Error("a training that diverged leaves a model")
	}
}

// TestBrokenCheckpoint: where the last checkpoint is broken, the one before it serves.
func TestBrokenCheckpoint(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	mustRun(t, tinyRun(dir, "moons", "--steps", "12")...)
	last, model := filepath.Join(dir, "checkpoints", "0000000012.safetensors"), filepath.Join(dir, "model.safetensors")
	want := []string{hash(t, last), hash(t, model)}
	if err := os.WriteFile(last, []byte("no checkpoint"), 0o666); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := command("train", "--resume", dir)
	if code != 0 || !strings.Contains(stderr, last) || !strings.Contains(stderr, "continuing at step 10 of 12") {
		t.Errorf("code %d, %s", code, stderr)
	}
	if got := []string{hash(t, last), hash(t, model)}; !slices.Equal(got, want) {
		t.Error("the run ends in other files")
	}
}

func TestRunErrors(t *testing.T) {
	in := t.TempDir()
	empty, broken, typo := filepath.Join(in, "empty"), filepath.Join(in, "broken"), filepath.Join(in, "typo.json")
	for path, text := range map[string]string{filepath.Join(broken, "config.json"): "{", typo: `{"data": "moons", "stepz": 3}`} {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		want string
		code int
		args []string
	}{
		{"--data, or --resume", exitUsage, []string{"--steps", "3"}},
		{"--out for a model file, or --dir", exitUsage, []string{"--data", "moons"}},
		{"holds no run to continue", exitError, []string{"--resume", empty}},
		{"broken settings", exitError, []string{"--resume", broken}},
		{"leave out --batch", exitUsage, []string{"--resume", empty, "--batch", "7"}},
		{"no flag --stepz", exitError, []string{"--config", typo, "--dir", empty}},
		{"0 checkpoints to keep", exitUsage, []string{"--data", "moons", "--dir", empty, "--keep", "0"}},
		{"metrics every 0", exitUsage, []string{"--data", "moons", "--dir", empty, "--log-steps", "0"}},
		{"to hold out", exitError, []string{"--data", "digits", "--dir", empty, "--hold-out", "0.9"}},
		{"--bin -1", exitUsage, []string{"--data", "digits", "--dir", empty, "--bin=-1"}},
	} {
		code, stdout, stderr := command(append([]string{"train"}, c.args...)...)
		said := complaints(stderr)
		if code != c.code || stdout != "" || !strings.Contains(said, c.want) || strings.Count(said, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q, want one line with %q", c.args, code, stderr, c.want)
		}
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("a run that cannot start leaves a folder")
	}
}

// TestConfigs: the settings that the documentation offers are settings.
func TestConfigs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "configs", "*.json"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		dir := filepath.Join(t.TempDir(), "run")
		mustRun(t, "train", "--config", f, "--data", "digits", "--dir", dir, "--steps", "2", "--warm-up", "1", "--batch", "5", "--hidden", "6")
		want, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "config.json"))
		if err != nil {
			t.Fatal(err)
		}
		var a, b map[string]any
		if err := errors.Join(json.Unmarshal(want, &a), json.Unmarshal(got, &b)); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"data", "steps", "warm-up", "batch", "hidden"} { // the flags come first
			delete(a, name)
		}
		for name, value := range a {
			if b[name] != value {
				t.Errorf("%s: %s is %v, want %v", f, name, b[name], value)
			}
		}
	}
}
