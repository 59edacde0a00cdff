package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// moonsModel trains a model for a moment and returns its file.
func moonsModel(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "m.st")
	mustRun(t, "train", "--data", "moons", "--out", path, "--steps", "20", "--batch", "16", "--hidden", "8", "--levels", "4")
	return path
}

func opened(t *testing.T, path string) *dataset.Set {
	t.Helper()
	set, err := dataset.Open(path, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestDrawnInParts: parts of a batch are, with every sampler, the batch.
func TestDrawnInParts(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	for _, name := range smld.SamplerNames() {
		var parts []float64
		flag := "--levels"
		if name == "langevin" {
			flag = "--steps"
		}
		for _, part := range []struct{ first, n string }{{"0", "3"}, {"3", "5"}, {"0", "8"}} {
			out := filepath.Join(dir, part.first+part.n+".npy")
			mustRun(t, "sample", "--model", model, "--sampler", name, flag, "10", "--first", part.first, "--n", part.n, "--out", out)
			if set := opened(t, out); part.n != "8" {
				parts = append(parts, set.X.Data...)
			} else if !slices.Equal(set.X.Data, parts) {
				t.Errorf("%s: parts are %v, the whole %v", name, parts, set.X.Data)
			}
		}
	}
	far := filepath.Join(dir, "far.npy")
	mustRun(t, "sample", "--model", model, "--n", "2", "--first", fmt.Sprint(uint64(1)<<59-2), "--levels", "5", "--out", far)
}

// TestTrajectory: the way of samples begins where samplers start and ends in the samples.
func TestTrajectory(t *testing.T) {
	file, dir := moonsModel(t), t.TempDir()
	model, err := smld.LoadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sampler, way string
		points       int
	}{{"heun", "way.npz", 7}, {"rk45", "way.npy", 7}, {"pc", "way.npy", 7}} {
		out, way := filepath.Join(dir, "x.npy"), filepath.Join(dir, c.way)
		mustRun(t, "sample", "--model", file, "--n", "3", "--first", "4", "--sampler", c.sampler, "--levels", "6", "--out", out, "--trajectory", way)
		set := opened(t, way)
		if fmt.Sprint(set.X.Rows, set.Shape) != fmt.Sprintf("%d [3 2]", c.points) {
			t.Fatalf("%s: %d points of shape %v, want %d of [3 2]", c.sampler, set.X.Rows, set.Shape, c.points)
		}
		at := func(step int) kernels.Matrix {
			x := kernels.NewMatrix(3, 2)
			for i, v := range set.X.Row(step) {
				x.Data[i] = float32(v)
			}
			return x
		}
		start := kernels.NewMatrix(3, 2)
		model.Prior(start, float32(model.Levels().Max), smld.Numbers{Seed: 1, First: 4})
		if first := at(0); !slices.Equal(first.Data, start.Data) {
			t.Errorf("%s: starts at %v, want %v", c.sampler, first.Data, start.Data)
		}
		end, want := narrowed(model.Rows(at(c.points-1))), opened(t, out).Float32()
		if !slices.Equal(end.Data, want.Data) {
			t.Errorf("%s: ends at %v, want %v", c.sampler, end.Data, want.Data)
		}
	}
	defer func(bound func() float64) { memoryBound = bound }(memoryBound)
	memoryBound = func() float64 { return 8*(1000+1)*2*100 - 1 }
	code, _, stderr := command("sample", "--model", file, "--sampler", "ancestral", "--out", filepath.Join(dir, "none.npy"),
		"--trajectory", filepath.Join(dir, "none.npz"))
	if line := complaints(stderr); code != exitError || !strings.Contains(line, "a trajectory of 100 samples over 1000 steps") || !strings.HasSuffix(line, "fewer samples or steps need less\n") {
		t.Errorf("code %d, %s", code, stderr)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "none*")); err != nil || len(left) > 0 {
		t.Errorf("there are %v, %v", left, err)
	}
}

// TestSampleOutputs: a picture alone, samples on the standard output, and what JSON says.
func TestSampleOutputs(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	file, picture, alone := filepath.Join(dir, "x.npy"), filepath.Join(dir, "x.png"), filepath.Join(dir, "alone.png")
	args := []string{"sample", "--model", model, "--n", "6", "--levels", "5"}
	text := mustRun(t, append(args, "--out", file, "--picture", picture, "--json")...)
	var r sampleReport
	if err := json.Unmarshal([]byte(text), &r); err != nil || strings.Count(text, "\n") != 1 {
		t.Fatalf("%q, %v", text, err)
	}
	if r.Samples != 6 || r.Sampler != smld.DefaultSampler || r.Evaluations != 5 || !slices.Equal(r.Files, []string{file, picture}) || r.Seconds < 0 || math.IsNaN(r.Seconds) {
		t.Errorf("%+v", r)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := command(append(args, "--out", "-", "--picture", picture)...)
	if code != 0 || stdout != string(want) || !strings.Contains(stderr, "5 score evaluations") {
		t.Errorf("code %d, %d bytes on the standard output, want %d; %s", code, len(stdout), len(want), stderr)
	}
	for _, flag := range []string{"--out", "--picture"} {
		mustRun(t, append(args, flag, alone)...)
		if hash(t, alone) != hash(t, picture) {
			t.Errorf("%s makes another picture", flag)
		}
	}
	if _, _, stderr := command(append(args, "--out", "-", "--quiet")...); stderr != "" {
		t.Errorf("--quiet says %q", stderr)
	}
}
