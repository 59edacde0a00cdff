package dataset

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
)

// fuzzRead reads arbitrary bytes as a file of the given name. Whatever they are, it must neither panic nor allocate
// out of proportion, and a set that it returns must be sound.
func fuzzRead(f *testing.F, name, pattern string) {
	for _, c := range badFiles() {
		if filepath.Ext(c.name) == filepath.Ext(name) {
			f.Add(c.data)
		}
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := readBytes(name, data)
		runtime.ReadMemStats(&after)
		// Gzip and zip may expand their input to 16 MiB, which a growing buffer and a matrix of bytes multiply by at most 16.
		limit := uint64(1<<22 + 256*len(data))
		if bytes.HasPrefix(data, gzipMagic) || filepath.Ext(name) == ".npz" {
			limit += 16 * inflatedAlways
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > limit {
			t.Errorf("%d bytes of input allocate %d", len(data), n)
		}
		if err != nil {
			return
		}
		if s.X.Rows < 1 || s.X.Cols < 1 || len(s.X.Data) != s.X.Rows*s.X.Cols || !fits(s.Shape, s.X.Cols) {
			t.Errorf("%dx%d, %d values, shape %v", s.X.Rows, s.X.Cols, len(s.X.Data), s.Shape)
		}
		checkValues(t, s, false)
	})
}

func checkValues(t *testing.T, s *Set, missing bool) {
	t.Helper()
	for i, v := range s.X.Data {
		if math.IsNaN(v) && !missing || math.IsInf(v, 0) {
			t.Fatalf("value %d is %v", i, v)
		}
	}
}

func FuzzIDX(f *testing.F) {
	f.Add(idxFile(0x08, []uint32{2, 1, 2}, 0, 1, 128, 255))
	fuzzRead(f, "a.idx", "digits/*.gz")
}

func FuzzNPZ(f *testing.F) {
	for _, c := range badArchives() {
		f.Add(c.data)
	}
	fuzzRead(f, "a.npz", "testdata/*.npz")
}

func FuzzNPY(f *testing.F) { fuzzRead(f, "a.npy", "testdata/*.npy") }

func FuzzCSV(f *testing.F) { fuzzRead(f, "a.csv", "testdata/*.csv") }

// FuzzTable reads arbitrary text with arbitrary options. What is read once is read again, like itself, to the same values.
func FuzzTable(f *testing.F) {
	for _, c := range goodTables() {
		f.Add(c.text, c.o.Delimiter, c.o.Header, c.o.Missing)
	}
	for _, c := range badTables() {
		f.Add(c.text, c.o.Delimiter, c.o.Header, c.o.Missing)
	}
	f.Fuzz(func(t *testing.T, text, delimiter, header string, missing bool) {
		o := Options{Delimiter: delimiter, Header: header, Missing: missing}
		s, err := readOptions("a.csv", []byte(text), o)
		if err != nil {
			return
		}
		checkValues(t, s, missing)
		if len(s.Columns) != s.X.Cols || len(s.X.Data) != s.X.Rows*s.X.Cols || s.About == "" {
			t.Errorf("%dx%d with %d columns: %q", s.X.Rows, s.X.Cols, len(s.Columns), s.About)
		}
		for j, c := range s.Columns {
			for i := range s.X.Rows {
				if v := s.X.Row(i)[j]; v < c.Low || v > c.High || c.Kind == Category && v == v && !isPlace(v, len(c.Categories)) {
					t.Fatalf("row %d has %v in column %+v", i, v, c)
				}
			}
		}
		o.Like = s.Columns
		again, err := readOptions("a.csv", []byte(text), o)
		if err != nil {
			t.Fatalf("read again: %v", err)
		}
		same := func(a, b float64) bool { return a == b || a != a && b != b }
		if !slices.EqualFunc(again.X.Data, s.X.Data, same) || !reflect.DeepEqual(again.Columns, s.Columns) {
			t.Errorf("%v of %+v, read again: %v of %+v", s.X.Data, s.Columns, again.X.Data, again.Columns)
		}
	})
}
