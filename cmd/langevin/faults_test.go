package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/fault"
	"github.com/seed964deb49/langevin/internal/parts"
	"github.com/seed964deb49/langevin/kernels"
)

// killAt is the number of the operation on files at which a process of the tests kills itself.
const killAt = "LANGEVIN_TEST_KILL_AT"

// killSelf makes the process one that kills itself, if the environment says so.
func killSelf() {
	at, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		return
	}
	done := 0
	fault.Set(func(fault.Op) error {
		if done++; done == at {
			if self, err := os.FindProcess(os.Getpid()); err == nil {
				self.Kill()
			}
			select {} // until it is dead
		}
		return nil
	})
}

// work is a command with files, which are written again from old content.
type work struct {
	name string
	args func(dir string) []string // in a copy of a folder that prepare made
	// prepare makes what the command needs.
	prepare func(t *testing.T, dir string)
	// outputs are the files that hold the result.
	outputs []string
	// again is the command that goes on after a fault, the same by default.
	again func(dir string) []string
}

// in returns words with the folder in the place of its name.
func in(dir string, words ...string) []string {
	words = slices.Clone(words)
	for i, word := range words {
		words[i] = strings.Replace(word, "DIR/", dir+"/", 1)
	}
	return words
}

// line is a command line in a folder.
func line(words ...string) func(string) []string {
	return func(dir string) []string { return in(dir, append(words, "--quiet")...) }
}

// fewSteps are flags of a training of milliseconds.
var fewSteps = []string{"--batch", "8", "--hidden", "6", "--levels", "4", "--steps", "12"}

// trainings are those that write models and runs.
func trainings() []work {
	run := append([]string{"train", "--data", "DIR/images.npy", "--dir", "DIR/run", "--checkpoint-steps", "5",
		"--checkpoint", "1h",
		"--eval-steps", "12", "--log-steps", "6", "--keep", "1", "--schedule", "constant"}, fewSteps...)
	outputs := []string{"run/model.safetensors", "run/checkpoints/0000000012.safetensors",
		"run/samples-0000000012.png"}
	goOn := func(dir string) []string {
		if _, err := os.Stat(filepath.Join(dir, "run", "config.json")); err != nil {
			return line(run...)(dir)
		}
		return line("train", "--resume", "DIR/run")(dir)
	}
	more := line("train", "--resume", "DIR/run", "--steps", "12")
	return []work{
		{name: "a model", args: line(append([]string{"train", "--data", "moons", "--out",
			"DIR/m.safetensors"}, fewSteps...)...),
			outputs: []string{"m.safetensors"}},
		{name: "a run", prepare: writeImages, args: line(run...), outputs: outputs, again: goOn},
		{name: "a run that goes on", prepare: func(t *testing.T, dir string) {
			writeImages(t, dir)
			mustRun(t, in(dir, append(run, "--steps", "7")...)...)
		}, args: more, outputs: outputs, again: more},
	}
}

// writeImages writes small images, and a model of them.
func writeImages(t *testing.T, dir string) {
	t.Helper()
	x := kernels.NewMatrix64(30, 12)
	for i := range x.Data {
		x.Data[i] = float64(i * i % 17)
	}
	data := filepath.Join(dir, "images.npy")
	if err := dataset.Write(data, dataset.Table{X: x, Shape: []int{3, 4}}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, append([]string{"train", "--data", data, "--out", filepath.Join(dir, "images.safetensors")},
		fewSteps...)...)
}

// works are commands that write each kind of file.
func works() []work {
	model := func(t *testing.T, dir string) {
		mustRun(t, in(dir, append([]string{"train", "--data", "moons", "--out", "DIR/m.safetensors"},
			fewSteps...)...)...)
	}
	sample := []string{"sample", "--model", "DIR/m.safetensors", "--n", "9", "--levels", "2"}
	shard := func(which string) []string { return append(sample, "--out", "DIR/x.csv", "--shard", which) }
	return append(trainings(), []work{
		{name: "samples", prepare: model, args: line(append(sample, "--out", "DIR/x.csv.gz", "--picture",
			"DIR/x.png", "--trajectory", "DIR/t.npz")...),
			outputs: []string{"x.csv.gz", "x.png", "t.npz"}},
		{name: "arrays", prepare: model, args: line(append(sample, "--out", "DIR/x.npz")...),
			outputs: []string{"x.npz"}},
		{name: "a part", prepare: model, args: line(shard("1/2")...),
			outputs: []string{"x.csv.parts/00001-of-00002.part"}},
		{name: "joined parts", prepare: func(t *testing.T, dir string) {
			model(t, dir)
			mustRun(t, in(dir, shard("0/2")...)...)
			mustRun(t, in(dir, shard("1/2")...)...)
		}, args: func(dir string) []string { // the parts have the names of the folder where they were made
			return in(dir, "merge", "--quiet", "DIR/x.csv.parts", "--", "--model", "DIR/m.safetensors",
				"--out", "DIR/x.csv")
		}, outputs: []string{"x.csv"}},
		{name: "a sweep", prepare: func(t *testing.T, dir string) {
			writeFile(t, filepath.Join(dir, "grid.json"), `{"steps": [2, 3], "batch": [8], "hidden": [[6]], "levels": [4], "eval-steps": [9]}`)
		}, args: line("sweep", "--grid", "DIR/grid.json", "--data", "moons", "--dir", "DIR/sweep", "--quiet"),
			outputs: []string{"sweep/sweep.json", "sweep/00000/model.safetensors", "sweep/00001/model.safetensors"}},
		{name: "likelihoods", prepare: model, args: line("likelihood", "--model", "DIR/m.safetensors",
			"--data", "moons", "--n", "3",
			"--tolerance", "1e-2", "--out", "DIR/l.npy"), outputs: []string{"l.npy"}},
		{name: "completions", prepare: model, args: line("inpaint", "--model", "DIR/m.safetensors", "--data",
			"moons", "--n", "3", "--hide", "1",
			"--levels", "2", "--particles", "2", "--sweeps", "1", "--out", "DIR/c.tsv", "--picture", "DIR/c.png"),
			outputs: []string{"c.tsv", "c.png"}},
		{name: "an animation", prepare: model, args: line("picture", "flow", "--model", "DIR/m.safetensors", "--n", "5",
			"--sampler", "heun", "--levels", "2", "--out", "DIR/f.gif"), outputs: []string{"f.gif"}},
		{name: "a picture of an evaluation", prepare: writeImages, args: line("eval", "--model",
			"DIR/images.safetensors", "--data", "DIR/images.npy",
			"--n", "9", "--sampler", "heun", "--levels", "2", "--picture", "DIR/e.svg"),
			outputs: []string{"e.svg"}},
	}...)
}

// stage is a work with the folder that it begins in and the bytes that it ends in.
type stage struct {
	work
	begin string
	want  map[string][]byte
	ops   []fault.Op // that it carries out
}

// old is what outputs hold before.
var old = []byte("old")

// set prepares a work, carries it out once and counts its operations on files.
func (w work) set(t *testing.T) *stage {
	s := &stage{work: w, begin: t.TempDir(), want: map[string][]byte{}}
	if w.prepare != nil {
		w.prepare(t, s.begin)
	}
	if s.again == nil {
		s.again = s.args
	}
	dir := s.fresh(t)
	undo := fault.Set(func(op fault.Op) error {
		s.ops = append(s.ops, op)
		return nil
	})
	mustRun(t, s.args(dir)...)
	undo()
	for _, name := range s.outputs {
		text, err := readOutput(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		s.want[name] = text
	}
	if len(s.ops) < 6*len(s.outputs) {
		t.Errorf("%v are too few operations", s.ops)
	}
	return s
}

// readOutput returns the bytes of a file. Of a part, which has the names of the folder too, it returns the
// values, if the part is whole.
func readOutput(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil || filepath.Ext(path) != ".part" {
		return text, err
	}
	p, err := parts.Open(path)
	if err == nil {
		err = p.Check()
	}
	if err != nil {
		return nil, nil // neither old nor new
	}
	const trailer = 8 + sha256.Size
	header := binary.LittleEndian.Uint64(text[len(text)-trailer:])
	return text[:len(text)-trailer-int(header)], nil
}

// fresh returns a copy of the folder that the work begins in. Outputs in it are old, but for those in folders
// that the work makes.
func (s *stage) fresh(t *testing.T) string {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(s.begin)); err != nil {
		t.Fatal(err)
	}
	for _, name := range s.outputs {
		if !strings.Contains(name, "/") {
			if err := os.WriteFile(filepath.Join(dir, name), old, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// whole fails the test unless each output is as it was before or as it should be, and no other file is half
// written. Where the work is done all are as they should be.
func (s *stage) whole(t *testing.T, what, dir string, done, killed bool) {
	t.Helper()
	for _, name := range s.outputs {
		text, err := readOutput(filepath.Join(dir, name))
		isOld := err != nil || bytes.Equal(text, old)
		if before, err := os.ReadFile(filepath.Join(s.begin, name)); err == nil {
			isOld = isOld || bytes.Equal(text, before)
		}
		if isNew := bytes.Equal(text, s.want[name]); done && !isNew || !isNew && !isOld {
			t.Errorf("%s: %s has %d bytes, which are neither the old ones nor the new ones", what, name,
				len(text))
		}
	}
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, _ error) error {
		if strings.HasPrefix(e.Name(), ".langevin-") && !killed {
			t.Errorf("%s: %s is left", what, path)
		}
		return nil
	})
}

// TestFaults: where any one operation on files fails, or all from one on, a command ends in one sentence,
// each file is as it was or as it should be, and the command, carried out again, ends in the same bytes.
func TestFaults(t *testing.T) {
	for _, w := range works() {
		t.Run(w.name, func(t *testing.T) {
			s := w.set(t)
			for at, op := range s.ops {
				for _, full := range []bool{false, true} {
					every := 1 // of the operations
					switch {
					case testing.Short():
						every = 7
					case *kills < 50 && full:
						every = 24
					case *kills < 50 && op != fault.Write:
						every = 12
					}
					if at%every != 0 {
						continue
					}
					s.fail(t, at, op, full)
				}
			}
			t.Logf("%d operations: %d writes", len(s.ops), len(slices.DeleteFunc(s.ops,
				func(op fault.Op) bool { return op != fault.Write })))
		})
	}
}

// fail carries the work out with an operation that fails, and all after it where the disk stays full.
func (s *stage) fail(t *testing.T, at int, op fault.Op, full bool) {
	errno, what := syscall.EIO, fmt.Sprintf("operation %d, %s, fails once", at, op)
	if full {
		errno, what = syscall.ENOSPC, fmt.Sprintf("all operations fail from %d, %s, on", at, op)
	}
	dir, n := s.fresh(t), 0
	t.Setenv("TMPDIR", t.TempDir()) // where a training goes that has no room beside its model
	undo := fault.Set(func(fault.Op) error {
		if n++; n == at+1 || full && n > at {
			return errno
		}
		return nil
	})
	code, _, stderr := command(s.args(dir)...)
	undo()
	said := complaints(stderr)
	if code != exitError || !strings.Contains(said, errno.Error()) || strings.Count(said, "\n") != 1 {
		t.Errorf("%s: code %d, stderr %q, want one line with %q", what, code, stderr, errno)
	}
	s.whole(t, what, dir, false, false)
	code, _, stderr = command(s.again(dir)...)
	if code != 0 {
		t.Fatalf("after this: %s: langevin %v: code %d, %s", what, s.again(dir), code, stderr)
	}
	s.whole(t, what+", and then none", dir, true, false)
}

// TestKilledAtEachWrite: a command that is killed at any operation on files, in the middle of a write too,
// leaves each file as it was or as it should be, and ends, carried out again, in the same bytes.
func TestKilledAtEachWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	for _, w := range works() {
		t.Run(w.name, func(t *testing.T) {
			s := w.set(t)
			step := 1
			if *kills < 50 { // a few alone, as processes take their time to start
				step = max(1, len(s.ops)/6)
			}
			for at := 1; at <= len(s.ops); at += step {
				s.kill(t, at)
			}
		})
	}
}

// kill carries the work out in a process that is killed at an operation.
func (s *stage) kill(t *testing.T, at int) {
	what := fmt.Sprintf("killed at operation %d, %s", at-1, s.ops[at-1])
	dir := s.fresh(t)
	var stderr bytes.Buffer
	p := process(t, &stderr, s.args(dir)...)
	p.Env = append(p.Env, fmt.Sprintf("%s=%d", killAt, at))
	err := p.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Skip("no process can start another: ", err)
	}
	if state, ok := p.ProcessState.Sys().(syscall.WaitStatus); !ok || !state.Signaled() {
		t.Fatalf("%s: %v, %s", what, err, &stderr)
	}
	s.whole(t, what, dir, false, true)
	if code, _, stderr := command(s.again(dir)...); code != 0 {
		t.Fatalf("%s: langevin %v: code %d, %s", what, s.again(dir), code, stderr)
	}
	s.whole(t, what+", and then carried out", dir, true, true)
	if half, err := filepath.Glob(filepath.Join(dir, "*", "checkpoints", ".langevin-*")); err != nil ||
		len(half) != 0 {
		t.Errorf("%s: half-written checkpoints are left: %v", what, half)
	}
}
