package dataset

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Rows are rows that come in blocks, so that they need not be in memory together. Each calls do with one block
// after the other, and with the labels of its rows in a table with Classes; it returns do's error, or its own.
// It may be called several times, and gives the same rows each time. A block holds until do returns.
type Rows struct {
	Count, Cols int
	Each        func(do func(x kernels.Matrix64, labels []int) error) error
}

// size returns how many rows and columns a table has.
func (t Table) size() Rows {
	if t.Rows != nil {
		return Rows{Count: t.Rows.Count, Cols: t.Rows.Cols}
	}
	return Rows{Count: t.X.Rows, Cols: t.X.Cols}
}

// shape returns the shape of a row.
func (t Table) shape() []int {
	if len(t.Shape) == 0 {
		return []int{t.size().Cols}
	}
	return t.Shape
}

// labelled reports whether the rows have labels.
func (t Table) labelled() bool { return t.Labels != nil || t.Rows != nil && len(t.Classes) > 0 }

// each calls do with the table's rows, block by block, and the number of the first.
func (t Table) each(do func(from int, x kernels.Matrix64, labels []int) error) error {
	if t.Rows == nil {
		return do(0, t.X, t.Labels)
	}
	from := 0
	err := t.Rows.Each(func(x kernels.Matrix64, labels []int) error {
		if x.Cols != t.Rows.Cols || x.Rows > t.Rows.Count-from {
			return fmt.Errorf("a block of %dx%d rows after %d: want %d rows of %d in all",
				x.Rows, x.Cols, from, t.Rows.Count, t.Rows.Cols)
		}
		if err := checkLabels(from, x.Rows, labels, t.Classes, t.labelled()); err != nil {
			return err
		}
		if err := do(from, x, labels); err != nil {
			return err
		}
		from += x.Rows
		return nil
	})
	if err == nil && from != t.Rows.Count {
		err = fmt.Errorf("there are %s, want %d", plural(from, "row"), t.Rows.Count)
	}
	return err
}
