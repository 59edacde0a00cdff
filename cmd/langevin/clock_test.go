package main

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestClockJumps: with a clock that jumps by years, to and fro, a training and its samples have the bytes
// that they have with one that does not. Neither do they depend on the times of files.
func TestClockJumps(t *testing.T) {
	dir := t.TempDir()
	train := func(name string) string {
		run := filepath.Join(dir, name)
		mustRun(t, tinyRun(run, "moons", "--steps", "12", "--schedule", "constant", "--checkpoint-steps",
			"1000", "--checkpoint", "1h")...)
		filepath.WalkDir(run, func(path string, _ fs.DirEntry, _ error) error {
			at := clock()
			return os.Chtimes(path, at, at)
		})
		mustRun(t, "train", "--resume", run, "--steps", "20")
		mustRun(t, "sample", "--model", filepath.Join(run, "model.safetensors"), "--n", "9", "--out",
			filepath.Join(run, "x.npy"))
		return run
	}
	results := func(run string) (hashes []string) {
		for _, name := range []string{"model.safetensors", "x.npy", "checkpoints/0000000020.safetensors"} {
			hashes = append(hashes, hash(t, filepath.Join(run, name)))
		}
		return hashes
	}
	want := results(train("calm"))
	defer func() { clock = time.Now }()
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 0))
		clock = func() time.Time { return time.Unix(r.Int64N(1<<32), 0) } // 1970 to 2106
		if got := results(train(string(rune('a' + seed)))); !slices.Equal(got, want) {
			t.Errorf("with clock %d the files are %v, want %v", seed, got, want)
		}
	}
}
