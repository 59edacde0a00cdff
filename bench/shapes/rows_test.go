package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/bench/internal/shape"
)

// example has two rounds of three shapes.
func example() measurement {
	a, b := shape.Shape{M: 1, N: 1, K: 500}, shape.Shape{M: 100, N: 100, K: 100}
	c := shape.Shape{M: 9, N: 300, K: 2}
	return measurement{
		conditions{threads: 2, use: "avx2", cores: "blis haswell, libxsmm hsw", transB: true, link: 1.25e-9},
		[]row{
			{ours, a, 4e-6}, {ours, b, 20e-6}, {ours, c, 1e-6},
			{"blis", a, 1e-6}, {"blis", b, 30e-6}, {"blis", c, 3e-6},
			{"libxsmm", b, 50e-6},
			{ours, a, 5e-6}, {ours, b, 10e-6}, {ours, c, 2e-6},
			{"blis", a, 2e-6}, {"blis", b, 25e-6}, {"blis", c, 1.5e-6},
			{"libxsmm", b, 20e-6},
		},
	}
}

// TestSaveLoad checks that a file gives back what was written.
func TestSaveLoad(t *testing.T) {
	want := example()
	path := filepath.Join(t.TempDir(), "rows")
	if err := want.save(path); err != nil {
		t.Fatal(err)
	}
	got, err := load(path)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.link/want.link-1) > 1e-4 {
		t.Errorf("link %v, want %v", got.link, want.link)
	}
	got.link = want.link
	if got.conditions != want.conditions {
		t.Errorf("conditions %+v, want %+v", got.conditions, want.conditions)
	}
	same := func(a, b row) bool {
		return a.driver == b.driver && a.Shape == b.Shape && math.Abs(a.seconds/b.seconds-1) < 1e-4
	}
	if !slices.EqualFunc(got.rows, want.rows, same) {
		t.Errorf("rows %v, want %v", got.rows, want.rows)
	}
}

// TestReadRefuses checks that what is wrong is named with its line.
func TestReadRefuses(t *testing.T) {
	const start = "# threads 1\n# use avx2\n# link 1\n"
	for text, want := range map[string]string{
		"ours 1 1 1 1 1\n":             "missing",
		start + "ours 1 1 1 1\n":       "line 4",
		start + "ours 1 0 1 1 1\n":     "line 4",
		start + "ours 1 1 1 -1 1\n":    "line 4",
		start + "ours 1 1 1 NaN 1\n":   "line 4",
		start + "# colour red\n":       "colour",
		"# threads x\n":                "line 1",
		"# threads 1\n# use avx2\n":    "link",
		start + "ours 1 1 1 fast 1e2 ": "line 4",
	} {
		if _, err := read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}
