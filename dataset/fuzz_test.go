package dataset

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/internal/hostile"
)

// fuzzRead reads arbitrary bytes as a file of the given name. Whatever they are, it must keep the bounds of
// package hostile, and a set that it returns must be sound.
func fuzzRead(f *testing.F, name, pattern string, factor int) {
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
		var s *Set
		var err error
		hostile.Read(t, realSize(data), factor, func() { s, err = readBytes(name, data) })
		checkRead(t, s, err)
	})
}

// checkRead fails the test unless an error is one line and a set is sound.
func checkRead(t *testing.T, s *Set, err error) {
	t.Helper()
	switch {
	case err != nil && strings.Contains(err.Error(), "\n"):
		t.Errorf("the error has more than one line: %q", err)
	case err != nil:
	case s.X.Rows < 1 || s.X.Cols < 1 || len(s.X.Data) != s.X.Rows*s.X.Cols || !fits(s.Shape, s.X.Cols):
		t.Errorf("%dx%d, %d values, shape %v", s.X.Rows, s.X.Cols, len(s.X.Data), s.Shape)
	default:
		checkValues(t, s, false)
	}
}

// realSize is the size of a file and, if it is compressed by gzip or zip, of what it expands to, as far as it
// is read.
func realSize(data []byte) int {
	limit := max(inflatedAlways, inflatedRatio*int64(len(data)))
	var content io.Reader = bytes.NewReader(nil)
	if z, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		content = z
	} else if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		var all []io.Reader
		for _, f := range z.File {
			if r, err := f.Open(); err == nil {
				all = append(all, r)
			}
		}
		content = io.MultiReader(all...)
	}
	n, _ := io.Copy(io.Discard, io.LimitReader(content, limit))
	return len(data) + int(n)
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
	fuzzRead(f, "a.idx", "digits/*labels*.gz", hostile.Arrays)
}

func FuzzNPZ(f *testing.F) {
	for _, c := range badArchives() {
		f.Add(c.data)
	}
	fuzzRead(f, "a.npz", "testdata/*.npz", hostile.Arrays)
}

func FuzzNPY(f *testing.F) { fuzzRead(f, "a.npy", "testdata/*.npy", hostile.Arrays) }

func FuzzCSV(f *testing.F) { fuzzRead(f, "a.csv", "testdata/*.csv", hostile.Tables) }

// FuzzText reads arbitrary bytes as a text of unknown form, where spaces and tabs are as likely as commas.
func FuzzText(f *testing.F) {
	for _, text := range []string{"1 2\n3 4\n", "1\t2\r\n\t4\r\n", "# a b\n1 \"2\"\n", "x\r1\r2\r",
		"\xff\xfe1\x002\x00\n\x00",
		"\xfe\xff\x001\x00\n", "sep=;\n1,5;2\n", "#N/A\n1\n", "\"a\nb\" 1\n"} {
		f.Add([]byte(text))
	}
	fuzzRead(f, "a.txt", "testdata/*.csv", hostile.Tables)
}

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
		var s *Set
		var err error
		hostile.Read(t, len(text), hostile.Tables, func() { s, err = readOptions("a.csv", []byte(text), o) })
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
