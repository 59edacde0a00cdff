package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
)

// TestFormatsOfSamples: a result has the format that the ending of its name tells, with the same values.
func TestFormatsOfSamples(t *testing.T) {
	in := t.TempDir()
	model := filepath.Join(in, "m.st")
	mustRun(t, "train", "--data", "moons", "--out", model, "--steps", "2", "--batch", "4", "--hidden", "4", "--levels", "3")
	for name, args := range map[string][]string{
		"sample":     {"sample", "--model", model, "--n", "9", "--levels", "4"},
		"inpaint":    {"inpaint", "--model", model, "--data", "moons", "--hide", "1", "--levels", "4", "--n", "3"},
		"likelihood": {"likelihood", "--model", model, "--data", "moons", "--n", "3", "--tolerance", "1e-2"},
	} {
		var first []float32
		for ending, magic := range map[string]string{
			".npy": "\x93NUMPY", ".npz": "PK\x03\x04", ".csv": "", ".tsv": "", ".txt": "", ".csv.gz": "\x1f\x8b",
		} {
			out := filepath.Join(in, name+ending)
			mustRun(t, append(args, "--out", out)...)
			text := content(t, out)
			if isText := magic == "" && bytes.Count(text, []byte("\n")) >= 3; !isText && (magic == "" || !bytes.HasPrefix(text, []byte(magic))) {
				t.Errorf("%s writes %.20q to %s", name, text, ending)
			}
			set, err := dataset.Open(out, dataset.Options{})
			if err != nil {
				t.Error(err)
				continue
			}
			got := set.Float32().Data // texts have the fewest digits that tell a float32
			if first == nil {
				first = got
			}
			if !slices.Equal(got, first) {
				t.Errorf("%s writes other values to %s", name, ending)
			}
		}
	}
}
