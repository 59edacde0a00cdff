package dataset

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed964deb49/langevin/internal/hostile"
)

// hostileTables are texts of about n bytes that are made to cost memory or time.
func hostileTables(n int) map[string]string {
	named := func(sep string, columns int) string { // names that are all different
		var b strings.Builder
		for j := range columns {
			fmt.Fprintf(&b, "%sa%d", sep, j)
		}
		return b.String()[len(sep):]
	}
	return map[string]string{
		"a wide line":    strings.Repeat("1,", n/2) + "\n",
		"two wide lines": strings.Repeat("a,", n/4) + "a\n" + strings.Repeat("1,", n/4) + "1\n",
		"wide lines of texts": strings.Repeat(strings.Repeat("b,", n/16)+"1\n", 4) +
			strings.Repeat(strings.Repeat("c,", n/16)+"1\n", 4),
		"a wide line after a short":    "1\n" + strings.Repeat("1,", n/2),
		"names in a comment":           "#" + named(",", n/9) + "\n" + strings.Repeat("1,", n/9-1) + "1\n",
		"names":                        named(",", n/9) + "\n" + strings.Repeat("1,", n/9-1) + "1\n",
		"a wide line of spaces":        strings.Repeat("1 ", n/2) + "\n",
		"a wide line of quotes":        strings.Repeat("\"\" ", n/3),
		"many lines":                   strings.Repeat("1\n", n/2),
		"blank lines":                  strings.Repeat("\n", n) + "1\n",
		"lines without cells":          strings.Repeat(strings.Repeat(",", 1000)+"\n", n/1000),
		"a quote without end":          "\"" + strings.Repeat("a\n", n/2),
		"quotes":                       strings.Repeat("\"", n),
		"lines of quotes":              strings.Repeat("\"\n", n/2),
		"cells of quotes":              strings.Repeat("\"\"\"\"\n", n/5),
		"few texts":                    strings.Repeat("a\nb\nc\n", n/6),
		"UTF-16":                       "\xff\xfe" + strings.Repeat("1\x00\n\x00", n/4),
		"a long number":                strings.Repeat("1", n),
		"a long name":                  strings.Repeat("x", n) + "\n1\n2\n",
		"errors of Excel":              strings.Repeat("\n#N/A", n/5),
		"lines of an old Macintosh":    strings.Repeat("1\r", n/2),
		"a long comment":               "#" + strings.Repeat(",", n) + "\n1\n",
		"Excel's line and a wide line": "sep=;\n" + strings.Repeat("1;", n/2) + "\n",
	}
}

// TestHostileTables reads texts that are made to cost memory or time, with each option that reads them in
// another way.
func TestHostileTables(t *testing.T) {
	n := 2*mostColumns - 64 // so that lines are just not too wide
	options := []Options{{}, {Missing: true}, {labelFile: true}, {Label: "1"}, {Columns: []string{"1"}}}
	if testing.Short() { // where code runs slowly
		n, options = n>>2, options[:1]
	}
	for what, text := range hostileTables(n) {
		for _, o := range options {
			t.Run(fmt.Sprintf("%s/%v", what, o), func(t *testing.T) {
				hostile.Read(t, len(text), hostile.Tables, func() { readOptions("a.csv", []byte(text), o) })
			})
		}
	}
	if testing.Short() {
		return
	}
	for what, text := range hostileTables(8 * n) {
		t.Run(what, func(t *testing.T) {
			hostile.Read(t, len(text), hostile.Tables, func() {
				readOptions("a.csv", []byte(text), Options{})
			})
		})
	}
}

// TestHostileArrays reads files of numbers that are made to cost memory or time.
func TestHostileArrays(t *testing.T) {
	const n = 1 << 20
	npy := func(header string) []byte {
		h := fmt.Appendf(nil, "\x93NUMPY\x02\x00%c%c%c%c", len(header)&255, len(header)>>8&255,
			len(header)>>16&255, len(header)>>24)
		return append(append(h, header...), make([]byte, n)...)
	}
	shaped := func(shape string) []byte {
		return npy(fmt.Sprintf("{'descr': '|i1', 'fortran_order': True, 'shape': (%s), }", shape))
	}
	members := func(count int, name string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range count {
			if _, err := z.Create(fmt.Sprintf(name, i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for what, c := range map[string]struct {
		name string
		data []byte
	}{
		"one row":                {"a.npy", shaped("1,1048576")},
		"one column":             {"a.npy", shaped("1048576")},
		"many dimensions":        {"a.npy", shaped("1048576" + strings.Repeat(",1", n/2))},
		"many dimensions beyond": {"a.npy", shaped(strings.Repeat("9,", n/2))},
		"a header of spaces":     {"a.npy", npy(strings.Repeat(" ", n))},
		"a header of a key":      {"a.npy", npy("{'" + strings.Repeat("k", n) + "': 1}")},
		"many members":           {"a.npz", members(n/120, "%d.npy")},
		"members of one name":    {"a.npz", members(n/120, "x%.0d.npy")},
		"wide IDX":               {"a.idx", idxFile(8, []uint32{1, n}, make([]byte, n)...)},
		"tall IDX":               {"a.idx", idxFile(8, []uint32{n}, make([]byte, n)...)},
		"IDX of many dimensions": {"a.idx", append([]byte{0, 0, 8, 255}, bytes.Repeat([]byte{0, 0, 0, 1},
			300)...)},
	} {
		for _, o := range []Options{{}, {Label: "1"}, {labelFile: true}, {Columns: []string{"1"}}} {
			t.Run(fmt.Sprintf("%s/%v", what, o), func(t *testing.T) {
				hostile.Read(t, len(c.data), hostile.Arrays, func() { readOptions(c.name, c.data, o) })
			})
		}
	}
}

// TestBombs reads compressed files that expand to much more than their size. None expands beyond the bounds,
// and a wide table among them is found out before its columns cost memory.
func TestBombs(t *testing.T) {
	const content = inflatedAlways - 1<<10
	archive := func(method uint16) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.CreateHeader(&zip.FileHeader{Name: "x.npy", Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, 4*inflatedAlways)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for what, c := range map[string]struct {
		name string
		data []byte
		want string
	}{
		"columns":  {"a.csv.gz", gzipped(bytes.Repeat([]byte("1,"), content/2)), "more than 131072 columns"},
		"columns2": {"a.txt.gz", gzipped(bytes.Repeat([]byte("1 "), content/2)), "more than 131072 columns"},
		"zeros":    {"a.csv.gz", gzipped(make([]byte, 4*inflatedAlways)), "out of proportion"},
		"members":  {"a.csv.gz", bytes.Repeat(gzipped([]byte("1\n")), 10_000), ""},
		"archive":  {"a.npz", archive(zip.Deflate), "out of proportion"},
	} {
		t.Run(what, func(t *testing.T) {
			var err error
			hostile.Read(t, inflatedAlways, 8, func() { _, err = readBytes(c.name, c.data) })
			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// FuzzGzip reads files that are compressed from arbitrary bytes and then damaged.
func FuzzGzip(f *testing.F) {
	for _, text := range []string{"1,2\n3,4\n", "", "\x00\x00\x08\x01\x00\x00\x00\x01\x07"} {
		f.Add([]byte(text), 0, byte(0), 0)
		f.Add([]byte(text), 12, byte(3), 2)
	}
	f.Fuzz(func(t *testing.T, content []byte, at int, flip byte, cut int) {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
		z.Write(content)
		z.Close()
		data := b.Bytes()
		data[uint(at)%uint(len(data))] ^= flip
		data = data[:len(data)-int(uint(cut)%uint(len(data)))]
		for _, name := range []string{"a.csv.gz", "a.idx.gz"} {
			var s *Set
			var err error
			hostile.Read(t, realSize(data), hostile.Tables, func() { s, err = readBytes(name, data) })
			checkRead(t, s, err)
		}
	})
}

// FuzzArchive reads an archive of two arrays of arbitrary names and bytes, by a name.
func FuzzArchive(f *testing.F) {
	array := []byte("\x93NUMPY\x01\x00\x36\x00" +
		"{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}\n\x01\x02")
	f.Add("x.npy", array, "y.npy", []byte{}, "x", true)
	f.Add("x.npy", array, "x.npy", array, "x", false)
	f.Add("x.npy", array, "n.txt", array, "", false)
	f.Fuzz(func(t *testing.T, name string, data []byte, other string, rest []byte, member string,
		deflate bool) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, m := range []struct {
			name string
			data []byte
		}{{name, data}, {other, rest}} {
			h := &zip.FileHeader{Name: m.name}
			if deflate {
				h.Method = zip.Deflate
			}
			w, err := z.CreateHeader(h)
			if err != nil {
				t.Skip()
			}
			w.Write(m.data)
		}
		if z.Close() != nil {
			t.Skip()
		}
		var s *Set
		var err error
		hostile.Read(t, realSize(b.Bytes()), hostile.Arrays, func() {
			s, err = readOptions("a.npz", b.Bytes(), Options{member: member})
		})
		checkRead(t, s, err)
	})
}

// FuzzLabels reads arbitrary bytes as labels of a few rows.
func FuzzLabels(f *testing.F) {
	for _, text := range []string{"a\nb\na\n", "label\n1\n2\n", "1\n1.0\n-0\n", "\"a,b\"\nc\n", "1,2\n",
		"1e300\n", "\n\n"} {
		f.Add([]byte(text), ".csv", 3)
	}
	f.Add(idxFile(8, []uint32{3}, 1, 2, 1), ".idx", 3)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, ending string, rows int) {
		if ending != ".csv" && ending != ".txt" && ending != ".npy" {
			ending = ".idx"
		}
		path := filepath.Join(dir, "labels"+ending)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		var labels []int
		var classes []string
		var err error
		hostile.Read(t, realSize(data), 2*hostile.Tables, func() {
			labels, classes, err = ReadLabels(path, rows)
		})
		if err != nil {
			return
		}
		if len(labels) != rows || len(classes) > mostClasses {
			t.Errorf("%d labels of %d rows, %d classes", len(labels), rows, len(classes))
		}
		for i, l := range labels {
			if l < 0 || l >= len(classes) {
				t.Fatalf("label %d is %d, of %d classes", i, l, len(classes))
			}
		}
	})
}

// FuzzPNGFolder reads arbitrary bytes as the second image of a folder, whose first is sound.
func FuzzPNGFolder(f *testing.F) {
	first, err := os.ReadFile("testdata/png-grey/0.png")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range []string{"testdata/png-grey/1.png", "testdata/png-grey-alpha/1.png",
		"testdata/png-one-bit/1.png"} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s *Set
		var err error
		dir := fstest.MapFS{"a.png": {Data: first}, "b.png": {Data: data}}
		size := max(inflatedAlways, inflatedRatio*(len(first)+len(data)))
		hostile.Read(t, size, hostile.Images, func() { s, err = readPNGFolder("d", dir, Options{}) })
		checkRead(t, s, err)
	})
}

// TestRandomBytes reads files of random bytes behind the first bytes of each format.
func TestRandomBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		for name, begin := range map[string]string{
			"a.npy": "\x93NUMPY\x01\x00", "a.npz": "PK\x03\x04", "a.idx": "\x00\x00\x08\x02", "a.csv": "1,",
			"a.csv.gz": "\x1f\x8b\x08\x00",
		} {
			data := []byte(begin)
			for range i % 300 {
				data = append(data, byte(r.Uint32()))
			}
			s, err := readBytes(name, data)
			checkRead(t, s, err)
		}
	}
}
