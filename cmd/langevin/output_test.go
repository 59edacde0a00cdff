package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestOutputsBeforeWork: what cannot be written is found before the work, and nothing is written.
func TestOutputsBeforeWork(t *testing.T) {
	dir := t.TempDir()
	plane, space := filepath.Join(dir, "plane.st"), filepath.Join(dir, "space.st")
	mustRun(t, "train", "--data", "moons", "--out", plane, "--steps", "2", "--batch", "4", "--hidden", "4", "--levels", "3")
	points, line := kernels.NewMatrix(30, 3), ""
	for i := range points.Data {
		points.Data[i] = float32(i * i % 17)
	}
	data := filepath.Join(dir, "x.npy")
	if err := dataset.Write(data, dataset.Table{X: widened(points)}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--data", data, "--out", space, "--steps", "2", "--batch", "4", "--hidden", "4", "--levels", "3")
	dangling, hard, taken := filepath.Join(dir, "dangling.npy"), filepath.Join(dir, "hard"), filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{dangling: filepath.Join(dir, "none", "x"), filepath.Join(dir, "here"): dir} {
		if err := os.Symlink(target, link); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	if err := os.Link(taken, hard); err != nil {
		t.Skip("no links here:", err)
	}
	// The work would fail.
	train := []string{"train", "--data", "moons", "--steps", "100", "--batch", "4", "--hidden", "4", "--levels", "3", "--rate", "1e30"}
	sample := []string{"sample", "--model", plane, "--n", "100"}
	new, picture := filepath.Join(dir, "new.npy"), filepath.Join(dir, "new.png")
	for _, c := range []struct {
		want string
		code int
		args []string
	}{
		{"leads to no file", exitError, append(train, "--out", dangling)},
		{"not a regular file", exitError, append(train, "--out", os.DevNull)},
		{"is a directory", exitError, append(train, "--out", dir)},
		{"no directory", exitError, append(train, "--out", filepath.Join(dir, "none", "x"))},
		{"which is read", exitUsage, []string{"train", "--data", data, "--out", data}},
		{"the same file", exitUsage, append(sample, "--out", new, "--picture", new)},
		{"the same file", exitUsage, append(sample, "--out", new, "--picture", dir+"/.//new.npy")},
		{"the same file", exitUsage, append(sample, "--out", new, "--picture", filepath.Join(dir, "here", "new.npy"))},
		{"the same file", exitUsage, append(sample, "--out", taken, "--picture", hard)},
		{"which is read", exitUsage, append(sample, "--out", plane)},
		{"leads to no file", exitError, append(sample, "--out", new, "--picture", dangling)},
		{"an animation shows", exitError, []string{"sample", "--model", space, "--n", "3", "--out", new, "--picture", new + ".gif"}},
		{"end the name in .png", exitUsage, []string{"inpaint", "--model", space, "--data", data, "--hide", "1", "--out", new, "--picture", new + ".gif"}},
		{"leads to no file", exitError, []string{"eval", "--model", plane, "--data", "moons", "--picture", dangling}},
		{"end the name in .safetensors", exitUsage, append(train, "--out", new)},
		{"end the name in .safetensors", exitUsage, append(train, "--out", filepath.Join(dir, "new.PT"))},
		{"standard output", exitUsage, append(train, "--out", "-")},
		{"which is read", exitUsage, append(train, "--from", plane, "--out", plane)},
		{"standard output", exitUsage, append(sample, "--out", new, "--picture", "-")},
		{"leave out one of them", exitUsage, append(sample, "--out", "-", "--json")},
		{"the picture already", exitUsage, append(sample, "--out", picture, "--picture", picture+".png")},
		{"needs --out", exitUsage, sample},
		{"must be .npy or .npz", exitUsage, append(sample, "--out", new, "--trajectory", picture)},
		{"the same file", exitUsage, append(sample, "--out", new, "--trajectory", new)},
		{"want at most 5764607523034", exitUsage, append(sample, "--out", new, "--first", "18446744073709551615")},
		{"end the name in .png", exitUsage, append(sample, "--out", new, "--picture", filepath.Join(dir, "new.jpg"))},
		{"end the name in .png", exitUsage, []string{"eval", "--model", plane, "--data", "moons", "--picture", filepath.Join(dir, "new.gif")}},
		{"which is read", exitUsage, []string{"likelihood", "--model", plane, "--data", data, "--out", data}},
		// Names that do not fit come before flags that sampling does not take.
		{"does not tell the format", exitUsage, append(sample, "--out", picture+"x", "--sampler", "heun", "--steps", "7")},
		{"give it by --picture", exitUsage, []string{"inpaint", "--model", plane, "--data", "moons", "--hide", "1", "--levels", "2", "--out", picture}},
		{"does not tell the format", exitUsage, []string{"likelihood", "--model", plane, "--data", "moons", "--out", picture + "x"}},
		{"leads to no file", exitError, []string{"likelihood", "--model", plane, "--data", "moons", "--out", dangling}},
	} {
		code, stdout, stderr := command(c.args...)
		if line = complaints(stderr); code != c.code || stdout != "" || !strings.Contains(line, c.want) || strings.Count(line, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q, want one line with %q", c.args, code, stderr, c.want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*new*")); err != nil || len(left) > 0 {
		t.Errorf("there are %v, %v", left, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".langevin*")); err != nil || len(left) > 0 {
		t.Errorf("there are %v, %v", left, err)
	}
}
