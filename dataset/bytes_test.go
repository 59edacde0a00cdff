package dataset

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestRead: bytes that are on no disk are read as a file of that name is, to the last word about them.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		for _, member := range []string{"", ":a", ":arr_0"} {
			want, wantErr := Open(path+member, Options{})
			got, err := Read(path+member, bytes.NewReader(data), int64(len(data)), Options{})
			if wantErr != nil && member != "" {
				continue // Open looks for a file of the whole name first
			}
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Errorf("%s%s: %v, want %v", path, member, err, wantErr)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s%s: %+v, want %+v", path, member, got, want)
			}
			if err == nil {
				n++
			}
		}
	}
	if n < 20 {
		t.Errorf("%d files were read", n)
	}
}

// pictures returns a folder of two pictures of six values.
func pictures(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pictures")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"b.png", "a.png"} {
		m := image.NewGray(image.Rect(0, 0, 3, 2))
		m.Pix[i] = 9
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestReadFolder: the same of a folder.
func TestReadFolder(t *testing.T) {
	dir := pictures(t)
	want, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadFolder("some/pictures", os.DirFS(dir), Options{})
	if err != nil || !reflect.DeepEqual(got, want) || got.Name != "pictures" {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	if _, err := ReadFolder("x", empty{}, Options{}); err == nil || !strings.Contains(err.Error(), "x: ") {
		t.Error(err)
	}
}

// empty is a folder without files.
type empty struct{}

func (empty) Open(name string) (fs.File, error)          { return nil, fs.ErrNotExist }
func (empty) ReadDir(name string) ([]fs.DirEntry, error) { return nil, nil }

// TestMostValues: more values than are taken are an error with both numbers, of each format.
func TestMostValues(t *testing.T) {
	dir := t.TempDir()
	x := kernels.NewMatrix64(6, 4)
	for i := range x.Data {
		x.Data[i] = float64(i) / 2
	}
	for _, name := range []string{"a.csv", "a.npy", "a.npz", "a.tsv.gz"} {
		path := filepath.Join(dir, name)
		if err := Write(path, Table{X: x}); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{MostValues: 24}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		_, err := Open(path, Options{MostValues: 23})
		if err == nil || !strings.Contains(err.Error(), "6 rows of 4 values, and at most 23 values") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := Open(pictures(t), Options{MostValues: 11})
	if err == nil || !strings.Contains(err.Error(), "2 rows of 6 values, and at most 11 values") {
		t.Error(err)
	}
}

// TestWriteTo: what is written to a writer is what is written to a file of that name, and so are errors.
func TestWriteTo(t *testing.T) {
	x := kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2.5, -3, 1e-9}}
	for _, name := range []string{"a.csv", "a.npy", "a.npz", "a.txt", "a.tsv.gz", "a.x"} {
		table := Table{X: x, Labels: []int{1, 0}, Classes: []string{"cat", "dog"}}
		path := filepath.Join(t.TempDir(), name)
		wantErr := Write(path, table)
		var b bytes.Buffer
		err := WriteTo(&b, path, table)
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("%s: %v, want %v", name, err, wantErr)
		}
		if want, err := os.ReadFile(path); err == nil && !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s: %q, want %q", name, b.Bytes(), want)
		}
	}
}
