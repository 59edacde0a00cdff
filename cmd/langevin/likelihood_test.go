package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLikelihoodOfIntegers: the bins that training spread whole numbers over are the model's, and likelihood takes
// those. The probabilities of 0, 1 and 2 are 1/2, 1/3 and 1/6, whose entropy of 1.46 bits is the least that a model
// can have.
func TestLikelihoodOfIntegers(t *testing.T) {
	in := t.TempDir()
	data, model := filepath.Join(in, "c.csv"), filepath.Join(in, "m.st")
	if err := os.WriteFile(data, []byte(strings.Repeat("0\n1\n0\n2\n0\n1\n", 20)), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		bin      string
		discrete bool
	}{
		{"auto", true}, {"1", true}, {"none", false},
	} {
		mustRun(t, "train", "--data", data, "--out", model, "--steps", "300", "--batch", "64", "--hidden", "32,32", "--rate", "0.01",
			"--bin", c.bin)
		var l likelihoodReport
		text := mustRun(t, "likelihood", "--model", model, "--data", data, "--json", "--tolerance", "1e-3")
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatal(err)
		}
		if l.Points != 120 || l.Discrete != c.discrete || c.discrete && !(l.BitsPerDimension > 1.4 && l.BitsPerDimension < 2.6) {
			t.Errorf("bins %s: likelihood reports %+v", c.bin, l)
		}
	}
}

// TestWrittenNames: the name of a file that is written goes to the standard output, and beside JSON to the
// standard error.
func TestWrittenNames(t *testing.T) {
	out := filepath.Join(t.TempDir(), "nats.npy")
	args := []string{"likelihood", "--model", moonsModel(t), "--data", "moons", "--n", "3", "--tolerance", "1e-2", "--out", out}
	name := "wrote " + out + "\n"
	if text := mustRun(t, args...); strings.Count(text, name) != 1 {
		t.Errorf("%q has no %q", text, name)
	}
	code, stdout, stderr := command(append(args, "--json")...)
	if code != 0 || !json.Valid([]byte(stdout)) || stderr != name {
		t.Errorf("code %d, %q, and on the standard error %q, want %q", code, stdout, stderr, name)
	}
}
