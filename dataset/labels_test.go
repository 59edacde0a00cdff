package dataset

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLabelColumn: a column of labels is none of the points. Classes that are whole numbers are in their order.
func TestLabelColumn(t *testing.T) {
	for _, c := range []struct {
		name, text, label string
		labels            []int
		classes           []string
		column            string
	}{
		{"names", "a,kind,b\n1,cat,2\n3,dog,4\n5,cat,6\n", "kind", []int{0, 1, 0}, []string{"cat", "dog"}, "kind"},
		{"numbers", "a,kind,b\n1,10,2\n3,9,4\n5,10.0,6\n", "kind", []int{1, 0, 1}, []string{"9", "10"}, "kind"},
		{"many texts, each once", "a,id,b\n1,x,2\n3,w,4\n5,v,6\n", "id", []int{2, 1, 0}, []string{"v", "w", "x"}, "id"},
		{"mixed", "a,kind,b\n1,10,2\n3,none yet,4\n5,9,6\n", "2", []int{0, 2, 1}, []string{"10", "9", "none yet"}, "kind"},
		{"no header", "1,7,2\n3,-1,4\n5,7,6\n", "2", []int{1, 0, 1}, []string{"-1", "7"}, ""},
	} {
		s, err := Open(writeFile(t, "a.csv", c.text), Options{Label: c.label})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !slices.Equal(s.Labels, c.labels) || !slices.Equal(s.Classes, c.classes) || s.ClassColumn != c.column {
			t.Errorf("%s: labels %v of %q in column %q, want %v of %q in %q",
				c.name, s.Labels, s.Classes, s.ClassColumn, c.labels, c.classes, c.column)
		}
		if want := []float64{1, 2, 3, 4, 5, 6}; !slices.Equal(s.X.Data, want) || s.X.Cols != 2 {
			t.Errorf("%s: points %v, want %v", c.name, s.X.Data, want)
		}
	}
}

// TestLabelsOfArray: the same of an array, whose other columns may be an image.
func TestLabelsOfArray(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npy")
	x := kernels.Matrix64{Rows: 2, Cols: 5, Stride: 5, Data: []float64{3, 1, 2, 3, 4, -1, 5, 6, 7, 8}}
	if err := Write(path, Table{X: x}); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{Label: "1", Shape: []int{2, 2}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Labels, []int{1, 0}) || !slices.Equal(s.Classes, []string{"-1", "3"}) ||
		!slices.Equal(s.X.Data, []float64{1, 2, 3, 4, 5, 6, 7, 8}) || s.Image == nil {
		t.Errorf("%+v", s)
	}
}

// TestReadLabels: files of labels, with a header or without.
func TestReadLabels(t *testing.T) {
	npy := filepath.Join(t.TempDir(), "l.npy")
	if err := Write(npy, Table{X: kernels.Matrix64{Rows: 3, Cols: 1, Stride: 1, Data: []float64{2, 0, 2}}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path    string
		rows    int
		labels  []int
		classes []string
	}{
		{writeFile(t, "l.txt", "7\n3\n7\n"), 3, []int{1, 0, 1}, []string{"3", "7"}},
		{writeFile(t, "l.txt", "cat\ndog\ndog\ncat\n"), 4, []int{0, 1, 1, 0}, []string{"cat", "dog"}},
		{writeFile(t, "l.csv", "kind\ndog\ndog\ncat\ncat\n"), 4, []int{1, 1, 0, 0}, []string{"cat", "dog"}},
		{writeFile(t, "l.csv", "emu\ndog\ndog\ncat\ncat\n"), 5, []int{2, 1, 1, 0, 0}, []string{"cat", "dog", "emu"}},
		{writeFile(t, "l.csv", "label\n1\n0\n"), 2, []int{1, 0}, []string{"0", "1"}},
		{npy, 3, []int{1, 0, 1}, []string{"0", "2"}},
	} {
		labels, classes, err := ReadLabels(c.path, c.rows)
		if err != nil || !slices.Equal(labels, c.labels) || !slices.Equal(classes, c.classes) {
			t.Errorf("labels %v of %q (%v), want %v of %q", labels, classes, err, c.labels, c.classes)
		}
	}
}

func TestLabelErrors(t *testing.T) {
	many := strings.Builder{}
	for i := range mostClasses + 2 {
		many.WriteString(strings.Repeat("a", 1+i/50) + strings.Repeat("b", i%50) + "\n")
	}
	read := func(text string) error {
		_, _, err := ReadLabels(writeFile(t, "l.txt", text), 3)
		return err
	}
	open := func(text, label string) error {
		_, err := Open(writeFile(t, "l.csv", text), Options{Label: label})
		return err
	}
	for _, c := range []struct {
		want string
		err  error
	}{
		{"has 2 labels and there are 3 rows of data", read("7\n3\n")},
		{"0.5 is a number and not whole", read("7\n0.5\n7\n")},
		{"in 2 columns; want one", read("7 1\n3 1\n7 1\n")},
		{"more than 1000 different labels", read(many.String())},
		{`no column "c"; there are "a", "b"`, open("a,b\n1,2\n", "c")},
		{`row 2 (line 3), column 2 ("b"): there is no label`, open("a,b\n1,2\n3,\n", "b")},
		{"no column is left", open("a\n1\n2\n", "a")},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%v, want an error with %q", c.err, c.want)
		}
	}
	if _, err := Open(writeFile(t, "l.csv", "a,b\n1,2\n"), Options{Label: "1", Columns: []string{"b"}}); err != nil {
		t.Error(err)
	}
}

// TestToyLabels: labels of toy sets are those of the points, whichever batch they are in.
func TestToyLabels(t *testing.T) {
	classes := map[string]int{
		"8gaussians": 8, "moons": 2, "2spirals": 2, "pinwheel": 5, "25gaussians": 25, "2gaussians": 2,
	}
	for _, name := range ToyNames() {
		set, err := Load(name, 3, Options{})
		if err != nil {
			t.Fatal(err)
		}
		source, ok := set.Fresh(3).(Labelled)
		if ok != (classes[name] > 0) || len(set.Classes) != classes[name] {
			t.Errorf("%s: %d classes, want %d", name, len(set.Classes), classes[name])
		}
		if !ok {
			continue
		}
		labels := make([]int, 100)
		source.LabelBatch(labels, 50)
		if !slices.Equal(labels, set.Labels[50:150]) || source.Classes() != classes[name] {
			t.Errorf("%s: labels %v from point 50 on, want %v", name, labels, set.Labels[50:150])
		}
		if name == "pinwheel" {
			checkArms(t, set)
		}
		sums := kernels.NewMatrix64(classes[name], 3)
		for i, label := range set.Labels {
			row := sums.Row(label)
			row[0], row[1], row[2] = row[0]+set.X.Row(i)[0], row[1]+set.X.Row(i)[1], row[2]+1
		}
		for k := range sums.Rows {
			x, y := sums.Row(k)[0]/sums.Row(k)[2], sums.Row(k)[1]/sums.Row(k)[2]
			var want [2]float32
			switch name {
			case "8gaussians":
				want = ringMeans[k]
			case "25gaussians":
				means, _ := GridGaussians()
				want = [2]float32(means.Row(k))
			case "2gaussians":
				_, means, _ := TwoGaussians()
				want = [2]float32(means.Row(k))
			case "moons": // the mean of sin over half a circle is 2/pi
				want = [][2]float32{{-1, 4/math.Pi - 0.2}, {1, 1 - 4/math.Pi - 0.2}}[k]
			default:
				continue
			}
			if math.Hypot(x-float64(want[0]), y-float64(want[1])) > 0.15 {
				t.Errorf("%s: the mean of class %d is (%.2f, %.2f), want %v", name, k, x, y, want)
			}
		}
	}
}

// checkArms checks the arms of pinwheel. A point at distance 2r from the centre is turned clockwise by
// 2 pi k/5 + exp(r)/4.
func checkArms(t *testing.T, set *Set) {
	t.Helper()
	right := 0
	for i, label := range set.Labels {
		x, y := set.X.Row(i)[0], set.X.Row(i)[1]
		turn := -math.Atan2(y, x) - math.Exp(math.Hypot(x, y)/2)/4
		if k := math.Round(turn * 5 / (2 * math.Pi)); int(k+50)%5 == label {
			right++
		}
	}
	if share := float64(right) / float64(len(set.Labels)); share < 0.9 {
		t.Errorf("pinwheel: %.3f of the points are on the arm of their class", share)
	}
}

// TestWriteLabels: labels come back from what is written.
func TestWriteLabels(t *testing.T) {
	x := kernels.Matrix64{Rows: 3, Cols: 2, Stride: 2, Data: []float64{1.5, 2, 3, 4, 5, 6}}
	dir := t.TempDir()
	for _, classes := range [][]string{{"3", "7"}, {"a cat", "ein \"Löwe\""}} {
		table := Table{
			X: x, Columns: []Column{{Name: "a"}, {Name: "class"}}, Labels: []int{1, 0, 1}, Classes: classes,
		}
		for _, ending := range textEndings {
			path := filepath.Join(dir, "l"+ending)
			if err := Write(path, table); err != nil {
				t.Fatal(err)
			}
			s, err := Open(path, Options{Label: "label"})
			if err != nil || !slices.Equal(s.Labels, table.Labels) || !slices.Equal(s.Classes, classes) ||
				!slices.Equal(s.X.Data, x.Data) {
				t.Errorf("%s: %+v, %v", ending, s, err)
			}
		}
	}
	path := filepath.Join(dir, "l.npz")
	err := Write(path, Table{X: x, Labels: []int{1, 0, 1}, Classes: []string{"-3", "7"}})
	if err != nil {
		t.Fatal(err)
	}
	labels, classes, err := ReadLabels(path+":labels", 3)
	if err != nil || !slices.Equal(labels, []int{1, 0, 1}) || !slices.Equal(classes, []string{"-3", "7"}) {
		t.Errorf("%v of %q, %v", labels, classes, err)
	}
	if s, err := Open(path+":samples", Options{}); err != nil || !slices.Equal(s.X.Data, x.Data) {
		t.Errorf("%+v, %v", s, err)
	}
	for _, labels := range [][]int{{1, 0}, {0, 1, 2}} {
		if err := Write(path, Table{X: x, Labels: labels, Classes: []string{"-3", "7"}}); err == nil {
			t.Errorf("labels %v were written", labels)
		}
	}
}

// TestEpochsRows: the rows are those that points come from.
func TestEpochsRows(t *testing.T) {
	x := kernels.Matrix{Rows: 5, Cols: 1, Stride: 1, Data: []float32{0, 1, 2, 3, 4}}
	e, points, rows := NewEpochs(x, 3), kernels.NewMatrix(13, 1), make([]int, 13)
	e.Batch(points, 4)
	e.Rows(rows, 4)
	for i, row := range rows {
		if float32(row) != points.Data[i] {
			t.Errorf("point %d is row %d, and %v", 4+i, row, points.Data[i])
		}
	}
}
