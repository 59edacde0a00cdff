package dataset

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// inBlocks returns the table with its rows in blocks of some rows.
func inBlocks(t Table, rows int) Table {
	x, labels := t.X, t.Labels
	t.X, t.Labels = kernels.Matrix64{}, nil
	t.Rows = &Rows{Count: x.Rows, Cols: x.Cols, Each: func(do func(kernels.Matrix64, []int) error) error {
		for from := 0; from < x.Rows; from += rows {
			to := min(from+rows, x.Rows)
			var some []int
			if labels != nil {
				some = labels[from:to]
			}
			if err := do(x.Slice(from, to), some); err != nil {
				return err
			}
		}
		return nil
	}}
	return t
}

// TestWriteRows: rows in blocks make the file that rows in memory make.
func TestWriteRows(t *testing.T) {
	plain := mixed()
	labelled := mixed()
	labelled.Classes = []string{"p", "a longer name", "3"}
	for i := range labelled.X.Rows {
		labelled.Labels = append(labelled.Labels, i%3)
	}
	images := Table{X: wave(5, 24, 25), Shape: []int{2, 4, 3}}
	large := Table{X: wave(30_000, 3, 3)}
	large.Labels, large.Classes = make([]int, 30_000), []string{"12", "-7"}
	for i := range large.Labels {
		large.Labels[i] = i / 7 % 2
	}
	for name, table := range map[string]Table{"plain": plain, "labelled": labelled, "images": images, "large": large} {
		for _, ending := range append(textEndings, ".npy", ".npz") {
			dir := t.TempDir()
			want, got := filepath.Join(dir, "want"+ending), filepath.Join(dir, "got"+ending)
			if err := errors.Join(Write(want, table), Write(got, inBlocks(table, 7))); err != nil {
				t.Fatal(err)
			}
			a, errA := os.ReadFile(want)
			b, errB := os.ReadFile(got)
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Errorf("%s%s: other bytes in blocks: %d and %d of them", name, ending, len(a), len(b))
			}
		}
	}
}

// TestWriteRowsErrors: rows that are not as they were said to be leave no file.
func TestWriteRowsErrors(t *testing.T) {
	dir := t.TempDir()
	broken := errors.New("no more of them")
	for _, c := range []struct {
		want  string
		spoil func(*Table)
	}{
		{"there are 40 rows, want 41", func(t *Table) { t.Rows.Count++ }},
		{"a block of 5x3 rows after 35: want 39 rows of 3 in all", func(t *Table) { t.Rows.Count-- }},
		{"do not have the shape", func(t *Table) { t.Shape = []int{4} }},
		{"there are 5 rows and 0 labels", func(t *Table) { t.Classes = []string{"a"} }},
		{"no more of them", func(t *Table) {
			each := t.Rows.Each
			t.Rows.Each = func(do func(kernels.Matrix64, []int) error) error {
				return errors.Join(each(do), broken)
			}
		}},
		{"row 33, column 3: 7 is no place among 5 categories", func(t *Table) {
			each := t.Rows.Each
			t.Rows.Each = func(do func(kernels.Matrix64, []int) error) error {
				from := 0
				return each(func(x kernels.Matrix64, labels []int) error {
					if from == 30 {
						x.Row(2)[2] = 7
						defer func() { x.Row(2)[2] = 2 }()
					}
					from += x.Rows
					return do(x, labels)
				})
			}
		}},
	} {
		table := inBlocks(mixed(), 5)
		c.spoil(&table)
		path := filepath.Join(dir, "a.csv")
		if err := Write(path, table); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("files remain: %v, %v", files, err)
	}
}
