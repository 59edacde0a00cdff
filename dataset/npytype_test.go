package dataset

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestHalfFloats compares float16 with what NumPy makes of them.
func TestHalfFloats(t *testing.T) {
	want, err := Open("testdata/half-float64.npy", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"testdata/half.npy", "testdata/half-be.npy"} {
		got, err := Open(file, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got.X.Data {
			if math.Float64bits(v) != math.Float64bits(want.X.Data[i]) {
				t.Errorf("%s: value %d is %v, want %v", file, i, v, want.X.Data[i])
			}
		}
	}
	if v := halfFloat(0xfc00); !math.IsInf(v, -1) {
		t.Errorf("the half of the bits fc00 is %v", v)
	}
	if v := halfFloat(0x7c01); v == v {
		t.Errorf("the half of the bits 7c01 is %v", v)
	}
}

// TestTypesOfNumPy reads types under the other names that NumPy takes, and shapes with -1.
func TestTypesOfNumPy(t *testing.T) {
	files, err := filepath.Glob("testdata/type-*.npy")
	if err != nil || len(files) != 15 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		s, err := Open(file, Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		want := []float64{0, 1, 2, 3, 4, 5}
		if strings.Contains(file, "bool") || strings.Contains(file, "question") {
			want = []float64{0, 1, 1, 1, 1, 1}
		}
		if s.X.Rows != 2 || !slices.Equal(s.X.Data, want) {
			t.Errorf("%s: %d rows of %v, want %v", file, s.X.Rows, s.X.Data, want)
		}
		left := ""
		if file == "testdata/type-f4.npy" {
			left = ", without the 4 bytes that follow the array"
		}
		if want := "2 rows of the shape 3" + left; s.About != want {
			t.Errorf("%s: %q, want %q", file, s.About, want)
		}
	}
}

// TestUnknownDimension takes -1 at each place, and of several elements' worth of bytes the whole ones.
func TestUnknownDimension(t *testing.T) {
	for shape, want := range map[string][]int{
		"(-1,)": {1}, "(-1, 2)": {2}, "(2, -1)": {3}, "(1, -1, 2)": {3, 2}, "(3, 2, -1)": {2, 1}, "(3,2,-1,)": {2, 1},
	} {
		s, err := readBytes("a.npy", npyOf("<u2", shape, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7))
		if err != nil {
			t.Error(err)
		} else if !slices.Equal(s.Shape, want) || !slices.Equal(s.X.Data, []float64{1, 2, 3, 4, 5, 6}) {
			t.Errorf("%s: rows of %v, %v", shape, s.Shape, s.X.Data)
		}
	}
}
