package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mount mounts a file system in memory, which the end of the test unmounts, or skips the test.
func mount(t *testing.T, options string) string {
	t.Helper()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, options); err != nil {
		t.Skipf("only where a file system can be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	return disk
}

// onDisk fails the test unless each work, whose files are on a disk, ends in one sentence with one of wants,
// and changes none of its files.
func onDisk(t *testing.T, disk string, set func(on bool), wants ...string) {
	for _, w := range works() {
		t.Run(w.name, func(t *testing.T) {
			s := w.set(t)
			dir := filepath.Join(disk, strings.ReplaceAll(w.name, " ", "-"))
			if err := os.CopyFS(dir, os.DirFS(s.fresh(t))); err != nil {
				t.Fatal(err)
			}
			t.Setenv("TMPDIR", filepath.Join(disk, "none"))
			set(true)
			code, _, stderr := command(s.args(dir)...)
			set(false)
			said := complaints(stderr)
			found := false
			for _, want := range wants {
				found = found || strings.Contains(said, want)
			}
			if code != exitError || !found || strings.Count(said, "\n") != 1 {
				t.Errorf("code %d, stderr %q, want one line with one of %q", code, stderr, wants)
			}
			s.whole(t, "on the disk", dir, false, false)
			if code, _, stderr = command(s.again(dir)...); code != 0 {
				t.Fatalf("code %d, %s", code, stderr)
			}
			s.whole(t, "and then", dir, true, false)
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestReadOnlyDisk: on a disk that is read-only nothing is written, and a command that cannot write says so
// before its work.
func TestReadOnlyDisk(t *testing.T) {
	disk := mount(t, "size=8m")
	onDisk(t, disk, func(on bool) {
		flags := uintptr(syscall.MS_REMOUNT)
		if on {
			flags |= syscall.MS_RDONLY
		}
		if err := syscall.Mount("tmpfs", disk, "tmpfs", flags, "size=8m"); err != nil {
			t.Fatal(err)
		}
	}, "read-only file system")
}

// TestFullDiskOfResults: on a disk that is full each file stays as it was, whatever kind it is.
func TestFullDiskOfResults(t *testing.T) {
	disk := mount(t, "size=2m")
	filler := filepath.Join(disk, "filler")
	onDisk(t, disk, func(on bool) {
		if !on {
			os.Remove(filler)
			return
		}
		f, err := os.Create(filler)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for {
			if _, err := f.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	}, "no space left on device", "of disk, and there are")
}

// TestFullOutput: where the standard output is a device that is full, what a command prints is lost, and the
// command says so.
func TestFullOutput(t *testing.T) {
	dir := t.TempDir()
	model := filepath.Join(dir, "m.safetensors")
	train := append([]string{"train", "--data", "moons", "--out", model}, fewSteps...)
	mustRun(t, train...)
	for _, args := range [][]string{
		{"sample", "--model", model, "--n", "9", "--levels", "2", "--out", "-"},
		{"sample", "--model", model, "--n", "9", "--levels", "2", "--out", filepath.Join(dir, "x.npy")},
		{"sample", "--model", model, "--n", "9", "--levels", "2", "--json", "--out",
			filepath.Join(dir, "x.npy")},
		{"eval", "--model", model, "--data", "moons", "--n", "60", "--sampler", "heun", "--levels", "2"},
		{"eval", "--model", model, "--data", "moons", "--n", "60", "--sampler", "heun", "--levels", "2",
			"--json"},
		{"likelihood", "--model", model, "--data", "moons", "--n", "3", "--tolerance", "1e-2"},
		{"info", model}, {"info", model, "--json"}, {"version"},
		train, append(train, "--json"),
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip(err)
		}
		var stderr bytes.Buffer
		code := run(args, full, &stderr)
		full.Close()
		said := complaints(stderr.String())
		if code != exitError || !strings.Contains(said, "no space left on device") ||
			strings.Count(said, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q", args, code, &stderr)
		}
	}
}

// TestFullDisk: a checkpoint that finds no room leaves the one before it as it was, and the message says so. A run in a
// file system that is large enough then continues.
func TestFullDisk(t *testing.T) {
	disk := mount(t, "size=400k")
	dir := filepath.Join(disk, "run")
	code, _, stderr := command(runFlags(dir, "--keep", "100", "--eval-steps", "1000")...)
	if code != 1 || !strings.Contains(stderr, "no space left on device") || !strings.Contains(stderr, "the last good checkpoint is") ||
		strings.Count(complaints(stderr), "\n") != 1 {
		t.Fatalf("code %d, %s", code, stderr)
	}
	if half, err := filepath.Glob(filepath.Join(dir, "*", ".langevin-*")); err != nil || len(half) != 0 {
		t.Errorf("half-written files are left: %v", half)
	}
	larger := filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(larger, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	mustRun(t, runFlags(whole, "--keep", "100", "--eval-steps", "1000")...)
	code, _, stderr = command("train", "--resume", larger)
	if code != 0 || strings.Contains(stderr, "continuing at step 0 ") || !strings.Contains(stderr, "continuing at step") {
		t.Errorf("code %d, %s", code, stderr)
	}
	if got, want := finals(t, larger), finals(t, whole); got[0] != want[0] || got[1] != want[1] {
		t.Error("the run ends in other files")
	}
}
