package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk: a checkpoint that finds no room leaves the one before it as it was, and the message says so. A run in a
// file system that is large enough then continues.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("only where a file system can be mounted: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
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
