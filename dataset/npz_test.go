package dataset

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed964deb49/langevin/kernels"
)

// TestArchivesOfNumPy reads what numpy.savez and numpy.savez_compressed wrote.
func TestArchivesOfNumPy(t *testing.T) {
	ramp, images := make([]float64, 24), make([]float64, 80)
	for i := range ramp {
		ramp[i] = float64(i) / 3
	}
	for i := range images {
		images[i] = float64(i)
	}
	for path, want := range map[string]struct {
		shape  []int
		values []float64
	}{
		"one.npz":                 {[]int{3, 2}, ramp},
		"one.npz:arr_0":           {[]int{3, 2}, ramp},
		"one-deflated.npz":        {[]int{3, 2}, ramp},
		"several.npz:images":      {[]int{4, 4}, images},
		"several.npz:images.npy":  {[]int{4, 4}, images},
		"several.npz:labels":      {[]int{1}, []float64{0, 1, 2, 3, 4}},
		"one-deflated.npz:points": {[]int{3, 2}, ramp},
	} {
		s, err := Open(filepath.Join("testdata", path), Options{})
		if err != nil {
			t.Error(err)
		} else if s.Name != path || !slices.Equal(s.Shape, want.shape) || !slices.Equal(s.X.Data, want.values) {
			t.Errorf("%s: %s of rows of %v: %v", path, s.Name, s.Shape, s.X.Data)
		}
	}
	if s, err := Load("testdata/several.npz:labels", 1, Options{}); err != nil || s.X.Rows != 5 {
		t.Errorf("by Load: %v, %v", s, err)
	}
	for path, want := range map[string]string{
		"several.npz": "has several arrays; name one of them, such as testdata/several.npz:images: " +
			`"images" (5x4x4), "labels" (5), "names" (2), "scale"`,
		"several.npz:image": `no array "image"; it has "images" (5x4x4), "labels" (5)`,
		"several.npz:names": `several.npz:names: the elements are texts ("<U1")`,
		"several.npz:scale": "shape ()",
		"none.npz:x":        "none.npz: there is no such file",
	} {
		_, err := Open(filepath.Join("testdata", path), Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

// TestColonInFileName prefers a file of the whole name.
func TestColonInFileName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npz:b")
	data, err := os.ReadFile("testdata/vector.npy")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Skip(err) // not on every system
	}
	if s, err := Open(path, Options{}); err != nil || s.Name != "a.npz:b" || s.X.Rows != 5 {
		t.Errorf("read %v, %v", s, err)
	}
}

// archive returns a zip file of files with names and contents in turn.
func archive(method uint16, files ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for i := 0; i < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err == nil {
			_, err = io.WriteString(w, files[i+1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// badArchives are archives that must be refused, each with words that the error must have.
func badArchives() []badFile {
	vector := string(npyOf("|u1", "(3,)", 1, 2, 3))
	stored, deflated := archive(zip.Store, "a.npy", vector), archive(zip.Deflate, "a.npy", vector)
	change := func(data []byte, old, new string) []byte {
		return bytes.Replace(bytes.Clone(data), []byte(old), []byte(new), 1)
	}
	directory := bytes.Index(stored, []byte("PK\x01\x02"))
	encrypted, method := bytes.Clone(stored), bytes.Clone(stored)
	encrypted[directory+8] |= 1
	method[directory+10] = 12
	start := len("PK\x03\x04") + 26 + len("a.npy")
	mangled := bytes.Clone(deflated)
	mangled[start] |= 7 // a block type that deflate does not have
	return []badFile{
		{"empty archive", "a.npz", archive(zip.Store), "no arrays"},
		{"archive of texts", "a.npz", archive(zip.Store, "a.txt", "1 2\n"), "no arrays"},
		{"zip", "a.zip", archive(zip.Store, "a.txt", "1 2\n"), "unpack it by unzip"},
		{"spreadsheet", "a.xlsx", archive(zip.Store, "a.xml", "<x/>"), "spreadsheet"},
		{"archive by name", "a.npz", []byte("abcd"), "cut short or damaged"},
		{"archive cut", "a.npz", stored[:len(stored)-10], "cut short or damaged"},
		{"archive of a cut array", "a.npz", archive(zip.Store, "a.npy", vector[:len(vector)-1]), "truncated"},
		{"archive of an empty array", "a.npz", archive(zip.Deflate, "a.npy", ""), "not a .npy file"},
		{"archive with a changed value", "a.npz", change(stored, "\x01\x02\x03", "\x01\x02\x04"), "checksum does not match"},
		{"mangled archive", "a.npz", mangled, "is damaged"},
		{"encrypted archive", "a.npz", encrypted, "encrypted"},
		{"archive of another method", "a.npz", method, "the method 12 of zip"},
		{"archive of twins", "a.npz", archive(zip.Store, "a.npy", vector, "a.npy", vector), "several arrays"},
	}
}

func TestArchiveErrors(t *testing.T) {
	for _, c := range badArchives() {
		s, err := readBytes(c.name, c.data)
		if err == nil {
			t.Errorf("%s: read as %dx%d", c.what, s.X.Rows, s.X.Cols)
		} else if !strings.HasPrefix(err.Error(), c.name+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, want words %q", c.what, err, c.want)
		}
	}
}

// TestArchiveBomb shows that decompression stops in time, whatever size the archive claims.
func TestArchiveBomb(t *testing.T) {
	const size = 4 * inflatedAlways
	honest := archive(zip.Deflate, "a.npy", string(npyOf("|u1", "(67108864,)", make([]byte, size)...)))
	lying := bytes.Clone(honest)
	directory := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	copy(lying[directory+24:], "\x00\x01\x00\x00")
	for what, data := range map[string][]byte{"honest": honest, "lying": lying} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := readBytes("a.npz", data)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: no error", what)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 4*inflatedAlways {
			t.Errorf("%s: %d bytes allocate %d (%v)", what, len(data), n, err)
		}
	}
}

// TestArchiveHasNoTime: an archive has the date that NumPy writes and no time, so that its bytes follow from the array alone.
func TestArchiveHasNoTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.npz")
	if err := Write(path, Table{X: kernels.NewMatrix64(2, 3)}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if f := z.File[0]; f.Name != "samples.npy" || !f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) || len(f.Extra) > 0 {
		t.Errorf("%+v", f.FileHeader)
	}
}
