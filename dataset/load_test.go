package dataset

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func TestLoad(t *testing.T) {
	for _, name := range append(Names(), "testdata/le-f4.npy") {
		set, err := Load(name, 3, Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		if _, unknown := Toy(name, 0); unknown != nil {
			if set.Fresh != nil {
				t.Errorf("%s has points without end", name)
			}
			continue
		}
		first := kernels.NewMatrix(5, 2)
		set.Fresh(3).Batch(first, 20)
		if !slices.Equal(set.Float32().Slice(20, 25).Data, first.Data) || set.X.Rows != 10_000 || set.Double || set.Whole ||
			len(set.Columns) != 2 || set.Columns[0].Name != "x" || set.Columns[1].Kind != Number || set.Image != nil {
			t.Errorf("%s: %d points, columns %v", name, set.X.Rows, set.Columns)
		}
	}
	for path, want := range map[string]string{
		"mooons":            `named "mooons"; give the path of an IDX, .npy, .npz or .csv file or of a folder of .png files, or one of digits, 8gaussians, moons`,
		"testdata":          "is a directory",
		"testdata/make.py":  "neither IDX, .npy nor .npz",
		"testdata/none.npy": "no file named",
	} {
		set, err := Load(path, 3, Options{})
		if set != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q) gives %v, %v, want words %q", path, set, err, want)
		}
	}
}
