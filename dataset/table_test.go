package dataset

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestTables reads small tables.
func TestTables(t *testing.T) {
	for _, c := range goodTables() {
		s, err := readOptions("a.csv", []byte(c.text), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		var columns []string
		for _, col := range s.Columns {
			columns = append(columns, strings.TrimPrefix(col.Name+":"+string(col.Kind), ":"))
		}
		same := func(a, b float64) bool { return a == b || a != a && b != b }
		if got := strings.Join(columns, " "); got != c.columns || !slices.EqualFunc(s.X.Data, c.want, same) {
			t.Errorf("%s: columns %q with %v, want %q with %v", c.what, got, s.X.Data, c.columns, c.want)
		}
		if !strings.Contains(s.About, c.about) || strings.Contains(s.About, "\n") {
			t.Errorf("%s: %q, want words %q", c.what, s.About, c.about)
		}
	}
}

// TestTableErrors names what is wrong in a table, where, and what to do.
func TestTableErrors(t *testing.T) {
	for _, c := range badTables() {
		s, err := readOptions("a.csv", []byte(c.text), c.o)
		if err == nil {
			t.Errorf("%s: read as %v, %s", c.what, s.X.Data, s.About)
			continue
		}
		for _, want := range append(c.want, "a.csv: ") {
			if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %q, want words %q", c.what, err, want)
			}
		}
	}
}

// TestCompressedTables: members of gzip follow each other, zeros may follow them, and other compressions are named.
func TestCompressedTables(t *testing.T) {
	one, two := gzipped([]byte("x,y\n1,2\n")), gzipped([]byte("3,4\n"))
	for what, data := range map[string][]byte{
		"members": slices.Concat(one, two), "zeros": slices.Concat(one, two, make([]byte, 1000)),
		"zeros between": slices.Concat(one, make([]byte, 3), two),
	} {
		s, err := readBytes("a.tsv.gz", data)
		if err != nil || !slices.Equal(s.X.Data, []float64{1, 2, 3, 4}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for head, want := range map[string]string{
		"\xfd7zXZ\x00": "xz -dk a.csv", "BZh9": "bzip2 -dk a.csv", "\x28\xb5\x2f\xfd": "zstd -d a.csv", "PK\x03\x04": "unzip a.csv",
		"PAR1": "Parquet", "\x89HDF\r\n\x1a\n": "HDF5", "\x89PNG\r\n\x1a\n": "folder of .png files", "\xff\xd8\xff\xe0JFIF": "JPEG",
		"GIF89a12": "GIF",
	} {
		if _, err := readBytes("a.csv", []byte(head+"rest of it")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want words %q", head, err, want)
		}
	}
}

// TestTextExtensions reads text under each of its extensions.
func TestTextExtensions(t *testing.T) {
	for _, ext := range []string{".csv", ".tsv", ".txt", ".dat", ".data", ".CSV"} {
		for name, data := range map[string][]byte{"a" + ext: []byte("1 2\n"), "a" + ext + ".gz": gzipped([]byte("1 2\n"))} {
			if s, err := readBytes(name, data); err != nil || !slices.Equal(s.X.Data, []float64{1, 2}) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestTruncatedWhileRead: a file that is shorter than it was when it was opened is an error.
func TestTruncatedWhileRead(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.csv": []byte("1,2\n3,4\n"), "a.npy": npyOf("|u1", "(2, 2)", 1, 2, 3, 4), "a.idx": idxFile(0x08, []uint32{4}, 1, 2, 3, 4),
	} {
		if _, err := read(name, sectionOf(data[:len(data)-2], len(data)), Options{}); err == nil || !strings.Contains(err.Error(), "has become shorter while it was read") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestArrayColumns takes and leaves out columns of arrays by number, and holds them against a model's.
func TestArrayColumns(t *testing.T) {
	data := npyOf("|u1", "(2, 3)", 1, 2, 3, 4, 5, 6)
	for _, c := range []struct {
		o    Options
		want []float64
		err  string
	}{
		{Options{Columns: []string{"3", "1"}}, []float64{3, 1, 6, 4}, ""},
		{Options{Drop: []string{"2"}}, []float64{1, 3, 4, 6}, ""},
		{Options{Columns: []string{"x"}}, nil, "numbered 1 to 3"},
		{Options{Like: []Column{{Name: "a"}, {Name: "b"}}}, nil, "the model has 2 columns and the data 3"},
		{Options{Like: []Column{{}, {}}, Drop: []string{"2"}}, []float64{1, 3, 4, 6}, ""},
		{Options{Columns: []string{"1"}, Like: []Column{{Kind: Category, Categories: []string{"a", "b"}}}}, nil, "row 2, column 1: 4 is no category"},
	} {
		s, err := readOptions("a.npy", data, c.o)
		switch {
		case c.err != "":
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%+v: %v, want words %q", c.o, err, c.err)
			}
		case err != nil:
			t.Errorf("%+v: %v", c.o, err)
		case !slices.Equal(s.X.Data, c.want) || len(s.Columns) != s.X.Cols:
			t.Errorf("%+v: %v", c.o, s.X.Data)
		}
	}
	if _, err := readOptions("a.npy", npyOf("|u1", "(1, 2, 2)", 1, 2, 3, 4), Options{Drop: []string{"1"}}); err == nil {
		t.Error("an image has lost a column")
	}
}

// TestLoadedNamesTakeNoColumns: a toy set is like a model of its columns and no other.
func TestLoadedNamesTakeNoColumns(t *testing.T) {
	for _, c := range []struct {
		name string
		o    Options
		ok   bool
	}{
		{"moons", Options{Like: []Column{{Name: "x"}, {Name: "y"}}}, true},
		{"moons", Options{Like: []Column{{}, {}}}, true},
		{"moons", Options{Like: []Column{{Name: "y"}, {Name: "x"}}}, false},
		{"moons", Options{Like: []Column{{}}}, false},
		{"moons", Options{Columns: []string{"x"}}, false},
		{"digits", Options{Drop: []string{"1"}}, false},
		{"digits", Options{Missing: true}, true},
	} {
		if _, err := Load(c.name, 1, c.o); (err == nil) != c.ok {
			t.Errorf("%s, %+v: %v", c.name, c.o, err)
		}
	}
}

func TestOpenKeepsTheBaseName(t *testing.T) {
	path := t.TempDir() + "/points.dat"
	if err := os.WriteFile(path, []byte("1 2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(path, Options{}); err != nil || s.Name != "points.dat" {
		t.Errorf("%v, %v", s, err)
	}
}
