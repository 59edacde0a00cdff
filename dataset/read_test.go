package dataset

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// idxFile returns an IDX file.
func idxFile(code byte, dims []uint32, data ...byte) []byte {
	b := []byte{0, 0, code, byte(len(dims))}
	for _, n := range dims {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return append(b, data...)
}

// npyFile returns a .npy file of version 1.0 with the given header, unpadded.
func npyFile(header string, data ...byte) []byte {
	b := append([]byte(npyMagic), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(header)))
	return append(append(b, header...), data...)
}

// npyOf returns a .npy file with the given descr and shape.
func npyOf(descr, shape string, data ...byte) []byte {
	return npyFile("{'descr': '"+descr+"', 'fortran_order': False, 'shape': "+shape+", }\n", data...)
}

func floats(order binary.AppendByteOrder, values ...float32) (b []byte) {
	for _, v := range values {
		b = order.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func doubles(order binary.AppendByteOrder, values ...float64) (b []byte) {
	for _, v := range values {
		b = order.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		panic(err)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// readBytes reads data as a file of the given name.
func readBytes(name string, data []byte) (*Set, error) {
	return readOptions(name, data, Options{})
}

func readOptions(name string, data []byte, o Options) (*Set, error) {
	return read(name, sectionOf(data, len(data)), o)
}

// sectionOf returns data as a file that is said to have size bytes.
func sectionOf(data []byte, size int) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(data), 0, int64(size))
}

func TestOpenFilesOfNumPy(t *testing.T) {
	ramp := func(offset float32) []float32 {
		v := make([]float32, 24)
		for i := range v {
			v[i] = float32(i) + offset
		}
		return v
	}
	eighths, thirds, long := ramp(0), ramp(0), make([]float32, 120)
	for i := range 24 {
		eighths[i] /= 8
		thirds[i] = 0
		if i%3 == 0 {
			thirds[i] = 1
		}
	}
	for i := range long {
		long[i] = float32(i)
	}
	type file struct {
		name  string
		rows  int
		shape []int
		want  []float32
	}
	files := []file{
		{"bool.npy", 4, []int{3, 2}, thirds},
		{"vector.npy", 5, []int{1}, []float32{0, 1, 2, 3, 4}},
		{"fortran2.npy", 4, []int{6}, ramp(0)},
		{"fortran3.npy", 4, []int{3, 2}, ramp(0)},
		{"fortran4.npy", 2, []int{3, 4, 5}, long},
		{"version1.npy", 4, []int{3, 2}, ramp(0)},
		{"version2.npy", 4, []int{3, 2}, ramp(0)},
		{"version3.npy", 4, []int{3, 2}, ramp(0)},
		{"comma.csv", 12, []int{2}, eighths},
		{"semicolon.csv", 12, []int{2}, eighths},
		{"u1.npy", 4, []int{3, 2}, ramp(0)},
		{"i1.npy", 4, []int{3, 2}, ramp(-5)},
	}
	for _, order := range []string{"le-", "be-"} {
		for _, kind := range []string{"f4", "f8", "i2", "i4", "i8"} {
			files = append(files, file{order + kind + ".npy", 4, []int{3, 2}, ramp(-5)})
		}
		for _, kind := range []string{"u2", "u4", "u8"} {
			files = append(files, file{order + kind + ".npy", 4, []int{3, 2}, ramp(0)})
		}
	}
	for _, f := range files {
		s, err := Open(filepath.Join("testdata", f.name), Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		if s.Name != f.name || s.X.Rows != f.rows || !slices.Equal(s.Shape, f.shape) || !slices.Equal(s.Float32().Data, f.want) {
			t.Errorf("%s: %q has %d rows of shape %v: %v, want %d of %v: %v",
				f.name, s.Name, s.X.Rows, s.Shape, s.X.Data, f.rows, f.shape, f.want)
		}
	}
}

func TestLargeIntegersRoundOnce(t *testing.T) {
	got, err := Open("testdata/wide.npy", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := Open("testdata/wide-float32.npy", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Float32().Data, want.Float32().Data) {
		t.Errorf("read %v, want %v", got.X.Data, want.X.Data)
	}
	for _, c := range []struct {
		v    uint64
		want float32
	}{
		{math.MaxUint64, 0x1p64},
		{1<<63 + 1<<39, 0x1p63},
		{1<<63 + 1<<39 + 1, 0x1p63 + 0x1p40},
		{1<<53 + 1<<29, 0x1p53},
		{1<<53 + 1<<29 + 1, 0x1p53 + 0x1p30},
		{1 << 53, 0x1p53},
	} {
		if got := float32(toOdd(c.v)); got != c.want {
			t.Errorf("%d becomes %v, want %v", c.v, got, c.want)
		}
	}
}

func TestReadIDX(t *testing.T) {
	big := binary.BigEndian
	for _, c := range []struct {
		what  string
		data  []byte
		rows  int
		shape []int
		want  []float32
	}{
		{"ubyte", idxFile(0x08, []uint32{2, 1, 2}, 0, 1, 128, 255), 2, []int{1, 2}, []float32{0, 1, 128, 255}},
		{"sbyte", idxFile(0x09, []uint32{3}, 1, 0x80, 0xff), 3, []int{1}, []float32{1, -128, -1}},
		{"int16", idxFile(0x0B, []uint32{1, 2}, 0x80, 0, 1, 2), 1, []int{2}, []float32{-32768, 258}},
		{"int32", idxFile(0x0C, []uint32{2}, 0xff, 0xff, 0xff, 0xfe, 0, 1, 0, 0), 2, []int{1}, []float32{-2, 65536}},
		{"float32", idxFile(0x0D, []uint32{1, 3}, floats(big, 1.5, -2, 1e-45)...), 1, []int{3}, []float32{1.5, -2, 1e-45}},
		{"float64", idxFile(0x0E, []uint32{2, 1}, doubles(big, 0.1, -1e-300)...), 2, []int{1}, []float32{0.1, 0}},
		{"four dimensions", idxFile(0x08, []uint32{1, 1, 1, 2}, 3, 4), 1, []int{1, 1, 2}, []float32{3, 4}},
	} {
		for _, name := range []string{"a.idx", "a.csv", "a", "a.idx.gz"} {
			data := c.data
			if strings.HasSuffix(name, ".gz") {
				data = gzipped(data)
			}
			s, err := readBytes(name, data)
			if err != nil {
				t.Errorf("%s as %s: %v", c.what, name, err)
			} else if s.X.Rows != c.rows || !slices.Equal(s.Shape, c.shape) || !slices.Equal(s.Float32().Data, c.want) {
				t.Errorf("%s as %s: %d rows of %v: %v", c.what, name, s.X.Rows, s.Shape, s.X.Data)
			}
		}
	}
}

func TestReadCSV(t *testing.T) {
	for _, c := range []struct {
		what, text string
		rows, cols int
		want       []float32
	}{
		{"commas", "1,2\n3,4\n", 2, 2, []float32{1, 2, 3, 4}},
		{"no newline at the end", "1,2\n3,4", 2, 2, []float32{1, 2, 3, 4}},
		{"returns", "1,2\r\n3,4\r\n", 2, 2, []float32{1, 2, 3, 4}},
		{"spaces", " 1 , 2\n3, \"4\"\n\n  \n", 2, 2, []float32{1, 2, 3, 4}},
		{"header", "x,y\n1,2\n", 1, 2, []float32{1, 2}},
		{"quoted header", "\"x;1,5\",\"y\tz\"\n1,2\n", 1, 2, []float32{1, 2}},
		{"header after comments", "# made by hand\n\n#\nx;y\n1;2\n", 1, 2, []float32{1, 2}},
		{"byte order mark", "\ufeff1,2\n", 1, 2, []float32{1, 2}},
		{"tabs", "1\t2\t3\n", 1, 3, []float32{1, 2, 3}},
		{"one column", "5\n6\n7\n", 3, 1, []float32{5, 6, 7}},
		{"rounded once", "16777217.0000001,1e-50\n", 1, 2, []float32{16777218, 0}},
	} {
		for _, name := range []string{"a.csv", "A.TSV", "a.csv.gz"} {
			data := []byte(c.text)
			if strings.HasSuffix(name, ".gz") {
				data = gzipped(data)
			}
			s, err := readBytes(name, data)
			if err != nil {
				t.Errorf("%s: %v", c.what, err)
			} else if s.X.Rows != c.rows || s.X.Cols != c.cols || !slices.Equal(s.Float32().Data, c.want) ||
				!slices.Equal(s.Shape, []int{c.cols}) {
				t.Errorf("%s: %dx%d: %v", c.what, s.X.Rows, s.X.Cols, s.X.Data)
			}
		}
	}
}

// badFiles are files that must be refused, each with words that the error must have.
func badFiles() []badFile {
	big := binary.BigEndian
	nan := float32(math.NaN())
	digits := gzipped(idxFile(0x08, []uint32{64, 8}, make([]byte, 512)...))
	flipped := slices.Clone(digits)
	flipped[len(flipped)-7] ^= 1 // in the checksum
	mangled := slices.Clone(digits)
	mangled[10] |= 7 // a block type that deflate does not have
	return append(badArrays(), []badFile{
		{"empty", "a.npy", nil, "empty"},
		{"unknown", "a.bin", []byte("1,2\n"), "neither IDX, .npy nor .npz"},
		{"one byte", "a.csv", []byte{0}, "line 1 has a byte 0"},

		{"IDX of 3 bytes", "a.idx", []byte{0, 0, 8}, "truncated"},
		{"IDX without magic", "a.idx", []byte("abcdefgh"), "not an IDX file: it starts with the bytes 61 62"},
		{"IDX type", "a.idx", idxFile(0x0A, []uint32{1}, 1), "byte 2 is 0x0a"},
		{"IDX without dimensions", "a.idx", idxFile(0x08, nil), "no dimensions"},
		{"IDX header cut", "a.idx", idxFile(0x08, []uint32{1, 2, 3})[:13], "16 bytes, the file 13"},
		{"IDX truncated", "a.idx", idxFile(0x0C, []uint32{3, 4}, make([]byte, 40)...),
			"truncated: the header promises 3x4 values of 4 bytes, 48 bytes in all, but only 40 follow"},
		{"IDX lying", "a.idx", idxFile(0x08, []uint32{1 << 31, 784}, 1, 2, 3), "truncated"},
		{"IDX trailing", "a.idx", idxFile(0x08, []uint32{2}, 1, 2, 3), "1 bytes too many follow"},
		{"IDX overflow", "a.idx", idxFile(0x0E, []uint32{1 << 31, 1 << 31, 2}), "too large for any file"},
		{"IDX overflow to the right size", "a.idx", idxFile(0x08, []uint32{1 << 31, 1 << 31, 4}), "too large for any file"},
		{"IDX without rows", "a.idx", idxFile(0x08, []uint32{0, 4}), "no rows"},
		{"IDX without columns", "a.idx", idxFile(0x08, []uint32{4, 7, 0}), "no columns"},
		{"IDX NaN", "a.idx", idxFile(0x0D, []uint32{2, 2}, floats(big, 1, 2, 3, nan)...), "row 2, column 2: the value is NaN"},

		{"csv without rows", "a.csv", []byte("\n\n"), "no rows of numbers"},
		{"csv of a header", "a.csv", []byte("x,y\n"), "no rows of numbers"},
		{"csv ragged", "a.csv", []byte("1,2\n3,4\n5\n"), "line 3 has 1 column and the lines before it 2"},
		{"csv header of other width", "a.csv", []byte("x,y,z\n3,4\n"), "line 2 has 2 columns"},
		{"csv word", "a.csv", []byte("x,y\n1,2\n3,four\n"), `row 2 (line 3), column 2 ("y"): "four" is not a number`},
		{"csv half a header", "a.csv", []byte("x,2\n"), "line 1: the first line has texts and numbers"},
		{"csv empty cell", "a.csv", []byte("1,2\n,4\n"), "1 cell without a value (empty, NA, NaN, null, None or ?): 1 in column 1 (first in line 2)"},
		{"csv empty cell between tabs", "a.csv", []byte("1\t2\t3\n4\t\t6\n"), "1 cell without a value (empty, NA, NaN, null, None or ?): 1 in column 2 (first in line 2)"},
		{"csv NaN", "a.csv", []byte("1,2\nNaN,4\n"), "1 cell without a value (empty, NA, NaN, null, None or ?): 1 in column 1 (first in line 2)"},
		{"csv Inf first", "a.csv", []byte("-Inf\n"), "the value is -Inf"},
		{"csv beyond float64", "a.csv", []byte("1e309,2\n"), "column 1: the value 1e309 is beyond the range of float64"},
		{"csv quote", "a.csv", []byte("1,2\n3,\"4\n"), "line 2, byte 6 of the line"},
		{"csv of bytes", "a.csv", []byte{1, 2, 3, '\n', 4}, "control character 0x01"},

		{"gzip cut in the header", "a.idx.gz", digits[:6], "cut short"},
		{"gzip cut in the data", "a.idx.gz", digits[:len(digits)-12], "cut short"},
		{"gzip cut in the checksum", "a.idx.gz", digits[:len(digits)-1], "cut short"},
		{"gzip checksum", "a.idx.gz", flipped, "checksum does not match"},
		{"gzip mangled", "a.idx.gz", mangled, "damaged"},
		{"gzip header", "a.idx.gz", []byte("\x1f\x8bxxxxxxxxxxxx"), "damaged"},
		{"gzip trailing", "a.idx.gz", append(slices.Clone(digits), "rest of it"...), "damaged"},
		{"gzip empty", "a.csv.gz", gzipped(nil), "compressed file is empty"},
		{"gzip twice", "a.idx.gz", gzipped(digits), "compressed twice"},
		{"gzip by name", "a.gz", []byte("1,2\n"), "is not a gzip file"},
		{"gzip of unknown", "a.gz", gzipped([]byte("1,2\n")), "neither IDX, .npy nor .npz"},
		{"gzip lying", "a.idx.gz", gzipped(idxFile(0x08, []uint32{1 << 31, 784}, 1, 2, 3)), "truncated"},
	}...)
}

type badFile struct {
	what, name string
	data       []byte
	want       string
}

func TestReadErrors(t *testing.T) {
	for _, c := range badFiles() {
		s, err := readBytes(c.name, c.data)
		switch {
		case err == nil:
			t.Errorf("%s: read as %dx%d", c.what, s.X.Rows, s.X.Cols)
		case !strings.HasPrefix(err.Error(), c.name+": ") || !strings.Contains(err.Error(), c.want):
			t.Errorf("%s: %q, want words %q", c.what, err, c.want)
		case strings.Contains(err.Error(), "\n"):
			t.Errorf("%s: the error has more than one line: %q", c.what, err)
		}
	}
}

// TestGzipBomb decompresses zeros whose header even tells the truth, and shows that it stops in time.
func TestGzipBomb(t *testing.T) {
	const size = 4 * inflatedAlways
	data := gzipped(idxFile(0x08, []uint32{size}, make([]byte, size)...))
	if limit := inflatedRatio * len(data); limit > size/2 {
		t.Fatalf("%d bytes may expand to %d", len(data), limit)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := readBytes("a.idx.gz", data)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), "out of proportion") {
		t.Errorf("a gzip bomb gives %v", err)
	}
	// Reading it all would allocate more than five times its size on the way; the race detector costs some too.
	if n := after.TotalAlloc - before.TotalAlloc; n > 3*size {
		t.Errorf("a gzip bomb allocates %d bytes", n)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.npy")
	if err := os.WriteFile(empty, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, want string }{
		{dir, "is a directory"},
		{filepath.Join(dir, "missing.npy"), "no such file"},
		{empty, "is empty"},
		{filepath.Join(empty, "inside"), "cannot look up the file"},
		{os.DevNull, "not a regular file"},
	} {
		_, err := Open(c.path, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), c.path+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Open(%q): %v, want %q", c.path, err, c.want)
		}
	}
}

// TestOpenLongFile reads a file of several buffers, plain and compressed.
func TestOpenLongFile(t *testing.T) {
	const rows, cols = 700, 101
	data := make([]byte, 0, 8*rows*cols)
	for i := range rows * cols {
		data = binary.BigEndian.AppendUint64(data, math.Float64bits(float64(i)/4))
	}
	file := idxFile(0x0E, []uint32{rows, cols}, data...)
	for name, content := range map[string][]byte{"long": file, "long.gz": gzipped(file)} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range s.X.Data {
			if v != float64(i)/4 {
				t.Fatalf("%s: value %d is %v", name, i, v)
			}
		}
		if s.Name != name || len(s.X.Data) != rows*cols {
			t.Errorf("%s: %q has %d values", name, s.Name, len(s.X.Data))
		}
	}
}
