package dataset

import (
	"bytes"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// wave is the data of the testdata/write-*.npy files.
func wave(rows, cols, stride int) kernels.Matrix64 {
	x := kernels.Matrix64{Rows: rows, Cols: cols, Stride: stride, Data: make([]float64, rows*stride)}
	for i := range rows {
		for j := range cols {
			x.Row(i)[j] = float64((i*cols+j)*37%64-20) / 8
		}
	}
	return x
}

// TestWriteNPYIsNumPySave compares with files that numpy.save wrote.
func TestWriteNPYIsNumPySave(t *testing.T) {
	ones := slices.Repeat([]int{1}, 17)
	for _, c := range []struct {
		file  string
		x     kernels.Matrix64
		shape []int
	}{
		{"write-2d.npy", wave(30, 2, 2), nil},
		{"write-2d.npy", wave(30, 2, 7), []int{2}},
		{"write-3d.npy", wave(5, 12, 13), []int{3, 4}},
		{"write-6d.npy", wave(5, 12, 12), []int{1, 3, 1, 4, 1}},
		{"write-20d.npy", wave(5, 12, 12), append([]int{3, 4}, ones...)},
		{"write-empty.npy", kernels.NewMatrix64(0, 3), nil},
	} {
		want, err := os.ReadFile("testdata/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := WriteNPY(&got, c.x, false, c.shape...); err != nil {
			t.Errorf("%s: %v", c.file, err)
		} else if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s: wrote\n%q, want\n%q", c.file, got.Bytes(), want)
		}
	}
}

// TestTravel reads arrays that numpy.save wrote in all types and orders and writes them as numpy.save wrote the same numbers in
// float32.
func TestTravel(t *testing.T) {
	for want, files := range map[string][]string{
		"le-f4.npy":    {"le-f4", "be-f4", "le-f8", "be-f8", "i1", "le-i2", "be-i2", "le-i4", "be-i4", "le-i8", "be-i8"},
		"version1.npy": {"version1", "version2", "version3", "u1", "le-u2", "be-u2", "le-u4", "be-u4", "le-u8", "be-u8"},
		"write-2d.npy": {"write-2d"}, "write-3d.npy": {"write-3d"}, "write-6d.npy": {"write-6d"}, "write-20d.npy": {"write-20d"},
	} {
		bytesOfNumPy, err := os.ReadFile("testdata/" + want)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			s, err := Open("testdata/"+file+".npy", Options{})
			if err != nil {
				t.Error(err)
				continue
			}
			var again bytes.Buffer
			if err := WriteNPY(&again, s.X, false, s.Shape...); err != nil {
				t.Errorf("%s: %v", file, err)
			} else if !bytes.Equal(again.Bytes(), bytesOfNumPy) {
				t.Errorf("%s.npy, written again, is not %s", file, want)
			}
		}
	}
}

func TestNPYRoundTrip(t *testing.T) {
	for _, c := range []struct {
		x     kernels.Matrix64
		shape []int
	}{
		{wave(1, 1, 1), []int{1}},
		{wave(3, 7, 9), []int{7}},
		{wave(500, 64, 64), []int{8, 8}}, // more than the writer's buffer
	} {
		var file bytes.Buffer
		if err := WriteNPY(&file, c.x, false, c.shape...); err != nil {
			t.Fatal(err)
		}
		s, err := readBytes("a.npy", file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if s.X.Rows != c.x.Rows || !slices.Equal(s.Shape, c.shape) {
			t.Fatalf("%d rows of shape %v become %d of %v", c.x.Rows, c.shape, s.X.Rows, s.Shape)
		}
		for i := range s.X.Rows {
			if !slices.Equal(s.X.Row(i), c.x.Row(i)) {
				t.Fatalf("row %d of %v is %v, want %v", i, c.shape, s.X.Row(i), c.x.Row(i))
			}
		}
	}
}

// limited fails once it has taken n bytes.
type limited struct{ n int }

func (w *limited) Write(p []byte) (int, error) {
	if len(p) > w.n {
		return w.n, errFull
	}
	w.n -= len(p)
	return len(p), nil
}

var errFull = errors.New("disk full")

func TestWriteNPYErrors(t *testing.T) {
	x := kernels.NewMatrix64(300, 64)
	for _, n := range []int{0, 1 << 16, 300*64*4 + 127} {
		if err := WriteNPY(&limited{n}, x, false); !errors.Is(err, errFull) {
			t.Errorf("a disk full after %d bytes gives %v", n, err)
		}
	}
	for _, shape := range [][]int{{63}, {8, 9}, {-8, -8}, {8, 8, 0}, {math.MaxInt, 4}, {0}} {
		if err := WriteNPY(&limited{1 << 30}, x, false, shape...); err == nil || !strings.Contains(err.Error(), "64 values") {
			t.Errorf("shape %v gives %v", shape, err)
		}
	}
	if err := WriteNPY(&limited{1 << 30}, wave(1, 1, 1), false, slices.Repeat([]int{1}, 30000)...); err == nil {
		t.Error("a header that is too long gives no error")
	}
}
