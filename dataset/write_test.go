package dataset

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// mixed is a table of all kinds of columns, whose texts and values are hard to write.
func mixed() Table {
	texts := []string{"a b", "it's \"quoted\"", "one,two;three|four\tfive", "#no comment", "ünï"}
	numbers := []float64{1.0 / 3, -1e-300, 5e-324, math.MaxFloat64, 123456789.125, 1e-7, -0.25, math.Copysign(0, -1)}
	whole := []float64{0, -7, 1 << 53, 1e15, 3, math.Copysign(0, -1), 12}
	x := kernels.NewMatrix64(40, 3)
	for i := range x.Rows {
		copy(x.Row(i), []float64{numbers[i%len(numbers)], whole[i%len(whole)], float64(i % len(texts))})
	}
	return Table{X: x, Double: true, Columns: []Column{
		{Name: "length, in \"mm\"", Kind: Number, Low: -0.25, High: math.MaxFloat64},
		{Name: "count of days", Kind: Integer, Low: -7, High: 1 << 53},
		{Name: "kind", Kind: Category, Categories: []string{"#no comment", "a b", texts[1], texts[2], "ünï"}, High: 4},
	}}
}

var textEndings = []string{".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".TXT.GZ"}

// TestWriteText writes tables and reads them again.
func TestWriteText(t *testing.T) {
	table := mixed()
	for _, ending := range textEndings {
		path := filepath.Join(t.TempDir(), "a"+ending)
		s := writeAndRead(t, path, table, Options{})
		if !reflect.DeepEqual(s.Columns, table.Columns) {
			t.Errorf("%s: read %v, want %v", ending, s.Columns, table.Columns)
		}
	}
}

// writeAndRead requires that the values which are read are those that were written, bit for bit.
func writeAndRead(t *testing.T, path string, table Table, o Options) *Set {
	t.Helper()
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	if s.X.Rows != table.X.Rows || s.X.Cols != table.X.Cols {
		t.Fatalf("%s: read %dx%d, want %dx%d", path, s.X.Rows, s.X.Cols, table.X.Rows, table.X.Cols)
	}
	for i := range s.X.Rows {
		for j, got := range s.X.Row(i) {
			want := table.X.Row(i)[j]
			if !table.Double {
				got, want = float64(float32(got)), float64(float32(want))
			}
			if math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
				t.Fatalf("%s: row %d, column %d is %v, want %v", path, i, j, got, want)
			}
		}
	}
	return s
}

// TestWriteMissing writes values that are missing, in rows with others and in rows of their own.
func TestWriteMissing(t *testing.T) {
	nan := math.NaN()
	for _, table := range []Table{
		{X: kernels.Matrix64{Rows: 4, Cols: 2, Stride: 2, Data: []float64{1.5, nan, nan, nan, nan, 2, 3, 4}}},
		{X: kernels.Matrix64{Rows: 3, Cols: 1, Stride: 1, Data: []float64{1.5, nan, 2.5}}},
		{X: kernels.Matrix64{Rows: 2, Cols: 2, Stride: 3, Data: []float64{1.5, 2, -1, nan, 2}}, Double: true},
	} {
		for _, ending := range append(textEndings, ".npy", ".npz") {
			writeAndRead(t, filepath.Join(t.TempDir(), "a"+ending), table, Options{Missing: true})
		}
	}
}

// TestWriteArrays writes images.
func TestWriteArrays(t *testing.T) {
	x := wave(5, 24, 25)
	x.Row(1)[3] = 1.0 / 3
	for _, double := range []bool{false, true} {
		for _, ending := range append(textEndings, ".npy", ".npz") {
			table := Table{X: x, Shape: []int{2, 4, 3}, Double: double}
			s := writeAndRead(t, filepath.Join(t.TempDir(), "a"+ending), table, Options{})
			want := []int{24}
			if strings.HasPrefix(ending, ".n") {
				want = table.Shape
				if s.Double != double {
					t.Errorf("%s: float64 is %v, want %v", ending, s.Double, double)
				}
			}
			if !reflect.DeepEqual(s.Shape, want) {
				t.Errorf("%s: read rows of %v, want %v", ending, s.Shape, want)
			}
		}
	}
}

// TestWriteTextBytes writes few digits.
func TestWriteTextBytes(t *testing.T) {
	table := Table{
		X: kernels.Matrix64{Rows: 2, Cols: 3, Stride: 3, Data: []float64{float64(float32(0.1)), 1e6, 1, 1e-10, -2, math.NaN()}},
		Columns: []Column{{Name: "x", Kind: Number}, {Name: "n", Kind: Integer},
			{Name: "a kind", Kind: Category, Categories: []string{"p", "q r"}}},
	}
	for ending, want := range map[string]string{
		".csv": "x,n,a kind\n0.1,1000000,q r\n1e-10,-2,\n",
		".tsv": "x\tn\ta kind\n0.1\t1000000\tq r\n1e-10\t-2\tNaN\n",
		".txt": "x n \"a kind\"\n0.1 1000000 \"q r\"\n1e-10 -2 NaN\n",
	} {
		path := filepath.Join(t.TempDir(), "a"+ending)
		if err := Write(path, table); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s: wrote %q, %v, want %q", ending, got, err, want)
		}
	}
}

func TestWriteErrors(t *testing.T) {
	dir := t.TempDir()
	x := kernels.NewMatrix64(2, 2)
	x.Row(1)[0] = 2
	categories := []Column{{Kind: Category, Categories: []string{"a", "b"}}, {}}
	for _, c := range []struct {
		file  string
		table Table
		want  string
	}{
		{"a.png", Table{X: x}, "--picture"},
		{"a", Table{X: x}, "must be one of .npy, .npz, .csv"},
		{"a.npy.gz", Table{X: x}, "must be one of .npy, .npz, .csv"},
		{".gz", Table{X: x}, "must be one of .npy, .npz, .csv"},
		{"-", Table{X: x}, "must be one of .npy, .npz, .csv"},
		{"a.npy", Table{X: x, Shape: []int{3}}, "rows of 2 values do not have the shape [3]"},
		{"a.npy", Table{X: x, Shape: append(make([]int, 31), 2)}, "no arrays of 33 dimensions"},
		{"a.csv", Table{X: x, Columns: make([]Column, 3)}, "2 columns of values and 3"},
		{"a.csv", Table{X: x, Columns: categories}, "row 2, column 1: 2 is no place among 2 categories"},
		{"a.txt", Table{X: x, Columns: []Column{{Name: "a\nb"}, {Name: "c"}}}, "column 1: the text \"a\\nb\" has a line end"},
		{"none/a.csv", Table{X: x}, "no such file"},
	} {
		path := filepath.Join(dir, c.file)
		err := Write(path, c.table)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.file, err, c.want)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("files remain: %v, %v", files, err)
	}
}

// TestWriteSeparators writes texts that hold what may part cells.
func TestWriteSeparators(t *testing.T) {
	for _, c := range separators {
		texts := []string{"a" + string(c) + "b", "c" + string(c) + "d"}
		for cols := 1; cols <= 2; cols++ {
			x := kernels.NewMatrix64(6, cols)
			columns := []Column{{Name: "p" + string(c) + "q", Kind: Category, Categories: texts, High: 1}}
			for i := range x.Rows {
				x.Row(i)[0] = float64(i % 2)
			}
			if cols == 2 {
				columns = append(columns, Column{Name: "x" + string(c) + "y", Kind: Integer})
			}
			for _, ending := range textEndings {
				s := writeAndRead(t, filepath.Join(t.TempDir(), "a"+ending), Table{X: x, Columns: columns}, Options{})
				if !reflect.DeepEqual(s.Columns, columns) {
					t.Errorf("%q in %s: read %v, want %v", c, ending, s.Columns, columns)
				}
			}
		}
	}
}
