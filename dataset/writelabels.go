package dataset

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed964deb49/langevin/kernels"
)

// checkLabels returns an error unless there are no labels or one for each row. Those of Rows are checked as
// they come.
func (t Table) checkLabels() error {
	if t.Rows != nil {
		return nil
	}
	return checkLabels(0, t.X.Rows, t.Labels, t.Classes, t.Labels != nil)
}

// checkLabels returns an error unless a block of rows from row from on has a label for each, or none.
func checkLabels(from, rows int, labels []int, classes []string, labelled bool) error {
	if !labelled {
		return nil
	}
	if len(labels) != rows {
		return fmt.Errorf("there are %s and %s", plural(rows, "row"), plural(len(labels), "label"))
	}
	for i, label := range labels {
		if label < 0 || label >= len(classes) {
			return fmt.Errorf("row %d: %d is no place among %d classes", from+i+1, label, len(classes))
		}
	}
	return nil
}

// withLabels returns rows with their labels in a column of their own, the last.
func withLabels(rows kernels.Matrix64, labels []int) kernels.Matrix64 {
	x := kernels.NewMatrix64(rows.Rows, rows.Cols+1)
	for i := range x.Rows {
		copy(x.Row(i), rows.Row(i))
		x.Row(i)[rows.Cols] = float64(labels[i])
	}
	return x
}

// labelledColumns returns the columns, with that of the classes last.
func (t Table) labelledColumns() []Column {
	cols := t.size().Cols
	columns := make([]Column, cols, cols+1)
	copy(columns, t.Columns)
	name := t.ClassColumn
	for _, other := range []string{"class", "label", "class label"} {
		if name != "" && !slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name }) {
			break
		}
		name = other
	}
	return append(columns, Column{Name: name, Kind: Category, Categories: t.Classes})
}

// writeLabels writes the names of the rows' classes as a .npy file: an array of int64 where all are whole
// numbers, and else of texts, which NumPy holds in UTF-32, padded by zeros.
func writeLabels(w io.Writer, t Table) error {
	numbers, whole, longest := make([]int64, len(t.Classes)), true, 1
	for i, name := range t.Classes {
		n, err := strconv.ParseInt(name, 10, 64)
		numbers[i], whole = n, whole && err == nil
		longest = max(longest, utf8.RuneCountInString(name))
	}
	descr := "<i8"
	if !whole {
		descr = "<U" + strconv.Itoa(longest)
	}
	buf := npyStart(npyHeaderText(t.size().Count, descr, nil))
	err := t.each(func(_ int, _ kernels.Matrix64, labels []int) error {
		for _, label := range labels {
			if len(buf) > npyBuffer-4*longest-8 {
				if _, err := w.Write(buf); err != nil {
					return err
				}
				buf = buf[:0]
			}
			if whole {
				buf = binary.LittleEndian.AppendUint64(buf, uint64(numbers[label]))
				continue
			}
			letters := []rune(t.Classes[label])
			for _, r := range letters {
				buf = binary.LittleEndian.AppendUint32(buf, uint32(r))
			}
			buf = append(buf, make([]byte, 4*(longest-len(letters)))...)
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = w.Write(buf)
	return err
}
