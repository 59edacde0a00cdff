package dataset

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// mostClasses is how many classes labels may have.
const mostClasses = 1000

var errTooManyClasses = fmt.Errorf("there are more than %d different labels, too many to be classes", mostClasses)

// ReadLabels reads the labels of rows, one for each: an array of as many whole numbers, or a text with one
// whole number or text in each line, in the formats of Open. labels are the places of the labels in classes.
// Those are in the order of their numbers where all are whole, and else in that of their bytes.
func ReadLabels(path string, rows int) (labels []int, classes []string, err error) {
	set, err := Open(path, Options{labelFile: true})
	if err == nil && len(set.Labels) == rows-1 {
		// The first line, which stands once, may have been taken for a name.
		if all, err := Open(path, Options{labelFile: true, Header: "no"}); err == nil {
			set = all
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if len(set.Labels) != rows {
		return nil, nil, fmt.Errorf("%s has %s and there are %s of data: want one for each row",
			path, plural(len(set.Labels), "label"), plural(rows, "row"))
	}
	return set.Labels, set.Classes, nil
}

// labelTally collects labels.
type labelTally struct {
	places map[string]int
	names  []string
	labels []int
}

// add notes the label of the next row.
func (t *labelTally) add(text string) error {
	place, ok := t.places[text]
	if !ok {
		if len(t.names) == mostClasses {
			return errTooManyClasses
		}
		if t.places == nil {
			t.places = map[string]int{}
		}
		place = len(t.names)
		text = strings.Clone(text)
		t.places[text], t.names = place, append(t.names, text)
	}
	t.labels = append(t.labels, place)
	return nil
}

// set sets the labels and classes of a set.
func (t *labelTally) set(s *Set, column string) error {
	numbers, texts := make([]float64, len(t.names)), 0
	for i, name := range t.names {
		v, err := strconv.ParseFloat(name, 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			texts++
		} else if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return fmt.Errorf("the label %.40s is a number and not whole; labels are whole numbers or texts", name)
		}
		numbers[i] = v
	}
	names := slices.Clone(t.names)
	if texts == 0 { // 7 and 7.0 are one class
		sorted := slices.Compact(slices.Sorted(slices.Values(numbers)))
		s.Classes = make([]string, len(sorted))
		for i, v := range sorted {
			s.Classes[i] = strconv.FormatFloat(v+0, 'f', -1, 64)
		}
		for i, v := range numbers {
			names[i] = strconv.FormatFloat(v+0, 'f', -1, 64)
		}
	} else {
		s.Classes = slices.Sorted(slices.Values(names))
	}
	s.Labels, s.ClassColumn = make([]int, len(t.labels)), column
	for i, place := range t.labels {
		s.Labels[i] = slices.Index(s.Classes, names[place])
	}
	return nil
}

// labelColumn returns the column of the labels, when some are left out.
func (t *table) labelColumn(skip []int, o Options) (int, error) {
	if !o.labelFile {
		return findColumn(o.Label, t.width, t.names)
	}
	var left []int
	for j := range t.width {
		if !slices.Contains(skip, j) {
			left = append(left, j)
		}
	}
	if len(left) != 1 {
		return 0, fmt.Errorf("the labels are in %s; want one, and texts with what parts cells in quotes (%s)",
			plural(len(left), "column"), t.sep.hint())
	}
	return left[0], nil
}

// takeLabels reads the labels, if some are asked for.
func (t *table) takeLabels(skip []int, o Options) error {
	if t.labelled = o.Label != "" || o.labelFile; !t.labelled {
		return nil
	}
	j, err := t.labelColumn(skip, o)
	if err != nil {
		return err
	}
	t.classColumn = t.labelName(j)
	return t.readLabels(j)
}

// readLabels reads the labels in a column.
func (t *table) readLabels(j int) error {
	_, err := t.eachRow(func(row int, r record) error {
		cell := r.cells[j]
		if kind, _ := parseCell(cell, t.decimalComma); kind == missingCell {
			return fmt.Errorf("row %d (line %d), %s: there is no label", row+1, r.line, t.column(j))
		}
		if err := t.labels.add(cell); err != nil {
			return fmt.Errorf("%s: %w", t.column(j), err)
		}
		return nil
	})
	return err
}

// labelName returns the name of a column of labels, or nothing.
func (t *table) labelName(j int) string {
	if t.names == nil {
		return ""
	}
	return t.names[j]
}

// takeLabels takes the column of labels from the values of an array.
func takeLabels(x kernels.Matrix64, shape []int, o Options) (rest kernels.Matrix64, labels labelTally, err error) {
	j := 0
	switch {
	case o.labelFile && x.Cols != 1:
		return x, labels, fmt.Errorf("labels are one number a row, and the rows have the shape %v", shape)
	case o.labelFile:
	case len(shape) != 1:
		return x, labels, fmt.Errorf("rows of the shape %v have no column of labels", shape)
	default:
		if j, err = findColumn(o.Label, x.Cols, nil); err != nil {
			return x, labels, err
		}
		if x.Cols == 1 {
			return x, labels, errors.New("there is no column beside the labels")
		}
	}
	rest = kernels.NewMatrix64(x.Rows, x.Cols-1)
	for i := range x.Rows {
		row := x.Row(i)
		copy(rest.Row(i), row[:j])
		copy(rest.Row(i)[j:], row[j+1:])
		if row[j] != row[j] {
			return x, labels, fmt.Errorf("row %d has no label", i+1)
		}
		if err := labels.add(strconv.FormatFloat(row[j], 'f', -1, 64)); err != nil {
			return x, labels, err
		}
	}
	return rest, labels, nil
}
