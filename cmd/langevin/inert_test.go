package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestInertFlags: a flag that would do nothing is an error that says beside what it does something.
func TestInertFlags(t *testing.T) {
	model, dir := moonsModel(t), t.TempDir()
	out, data := filepath.Join(dir, "out.st"), filepath.Join(dir, "x.npy")
	x := kernels.NewMatrix64(30, 2)
	for i := range x.Data {
		x.Data[i] = float64(i * i % 17)
	}
	if err := dataset.Write(data, dataset.Table{X: x}); err != nil {
		t.Fatal(err)
	}
	train := []string{"train", "--data", "moons", "--out", out, "--steps", "2", "--batch", "4", "--hidden", "4"}
	sample := []string{"sample", "--model", model, "--n", "3", "--out", filepath.Join(dir, "out.npy")}
	for _, c := range []struct {
		want string
		code int
		args []string
	}{
		{"--checkpoint does nothing without --dir", exitUsage, append(train, "--checkpoint", "1m")},
		{"--checkpoint-steps does nothing without --dir", exitUsage, append(train, "--checkpoint-steps", "3")},
		{"--keep does nothing without --dir", exitUsage, append(train, "--keep", "3")},
		{"--eval-steps does nothing without --dir", exitUsage, append(train, "--eval-steps", "3")},
		{"--hold-out does nothing without --dir", exitUsage, append(train, "--hold-out", "0.1")},
		{"--log-steps does nothing without --dir or --json", exitUsage, append(train, "--log-steps", "3")},
		{"--log-steps 0: want at least 1", exitUsage, append(train, "--json", "--log-steps", "0")},
		{"--augment-labels does nothing without --shift", exitUsage, append(train, "--no-augment-labels")},
		{"--log-mean does nothing with --noise levels, it is for log-normal", exitUsage, append(train, "--noise", "levels", "--log-mean", "1")},
		{"--log-std does nothing with --noise log-uniform", exitUsage, append(train, "--noise", "log-uniform", "--log-std", "1")},
		{"is no text, and takes no delimiter or header", exitError, []string{"train", "--data", data, "--out", out, "--delimiter", ","}},
		{"is no text, and takes no delimiter or header", exitError, []string{"likelihood", "--model", model, "--data", data, "--header", "yes"}},
		{"--repeats does nothing without --exact", exitUsage, []string{"eval", "--model", model, "--data", "moons", "--repeats", "10"}},
		{"--model does nothing with --exact", exitUsage, []string{"eval", "--model", model, "--exact"}},
		{"--shape does nothing with --exact", exitUsage, []string{"eval", "--shape", "2", "--exact"}},
		{"--churn-min does nothing with the sampler heun without --churn", exitUsage, append(sample, "--sampler", "heun", "--churn-min", "0.1")},
		{"--noise does nothing with the sampler heun without --churn", exitUsage, append(sample, "--sampler", "heun", "--noise", "1.01")},
		{"--churn does nothing with the sampler pc; it is for heun", exitUsage, append(sample, "--sampler", "pc", "--churn", "1")},
	} {
		code, stdout, stderr := command(c.args...)
		if line := complaints(stderr); code != c.code || stdout != "" || !strings.Contains(line, c.want) || strings.Count(line, "\n") != 1 {
			t.Errorf("%v: code %d, stderr %q, want one line with %q", c.args, code, stderr, c.want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "out*")); err != nil || len(left) > 0 {
		t.Errorf("there are %v, %v", left, err)
	}
	// Settings of a file are for any training, and those of a run directory for one without.
	settings := filepath.Join(dir, "config.json")
	if err := os.WriteFile(settings, []byte(`{"checkpoint": "5m", "log-mean": 1, "noise": "levels", "augment-labels": false}`), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, append(train, "--config", settings, "--json", "--log-steps", "1")...)
}
