package dataset

import (
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func TestLoad(t *testing.T) {
	for _, name := range append(Names(), "testdata/le-f4.npy") {
		source, set, err := Load(name, 3)
		if err != nil {
			t.Error(err)
			continue
		}
		_, unknown := Toy(name, 0)
		if isToy := unknown == nil; isToy != (set == nil) {
			t.Errorf("%s: the set is %v", name, set)
		}
		if set != nil && source.Dim() != set.X.Cols {
			t.Errorf("%s: dimension %d, want %d", name, source.Dim(), set.X.Cols)
		}
		source.Batch(kernels.NewMatrix(5, source.Dim()), 0)
	}
	for path, want := range map[string]string{
		"mooons":            `named "mooons"; give the path of an IDX, .npy or .csv file, or one of digits, 8gaussians, moons`,
		"testdata":          "is a directory",
		"testdata/make.py":  "neither IDX nor .npy",
		"testdata/none.npy": "no file named",
	} {
		source, set, err := Load(path, 3)
		if source != nil || set != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q) gives %v, %v, %v, want words %q", path, source, set, err, want)
		}
	}
}
