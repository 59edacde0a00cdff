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

// checkLabels returns an error unless there are no labels or one for each row.
func (t Table) checkLabels() error {
	if t.Labels == nil {
		return nil
	}
	if len(t.Labels) != t.X.Rows {
		return fmt.Errorf("there are %s and %s", plural(t.X.Rows, "row"), plural(len(t.Labels), "label"))
	}
	for i, label := range t.Labels {
		if label < 0 || label >= len(t.Classes) {
			return fmt.Errorf("row %d: %d is no place among %d classes", i+1, label, len(t.Classes))
		}
	}
	return nil
}

// withLabels returns the table with the labels in a column of their own, the last.
func (t Table) withLabels() Table {
	x := kernels.NewMatrix64(t.X.Rows, t.X.Cols+1)
	for i := range x.Rows {
		copy(x.Row(i), t.X.Row(i))
		x.Row(i)[t.X.Cols] = float64(t.Labels[i])
	}
	columns := make([]Column, t.X.Cols, x.Cols)
	copy(columns, t.Columns)
	name := t.ClassColumn
	for _, other := range []string{"class", "label", "class label"} {
		if name != "" && !slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name }) {
			break
		}
		name = other
	}
	return Table{
		X: x, Double: t.Double, Columns: append(columns, Column{Name: name, Kind: Category, Categories: t.Classes}),
	}
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
	buf := npyStart(npyHeaderText(len(t.Labels), descr, nil))
	for _, label := range t.Labels {
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
	_, err := w.Write(buf)
	return err
}
