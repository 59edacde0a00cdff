package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/seed964deb49/langevin/internal/shortlist"
	"github.com/seed964deb49/langevin/kernels"
)

// A chosenColumn is a column to take, and the column of a model that it is to be like, or nil.
type chosenColumn struct {
	column int
	like   *Column
}

// choose returns the columns that o asks for of a table with that many columns. Their names may be nil. Those
// to skip are taken where they are asked for.
func choose(width int, names []string, skip []int, o Options) ([]chosenColumn, error) {
	if names == nil && len(o.Like) == width && len(o.Columns) == 0 {
		skip = nil // the model has all of them, be they holes from top to bottom
	}
	chosen, err := chosenColumns(width, names, skip, o)
	if err != nil || o.Like == nil {
		return asChosen(chosen), err
	}
	unnamedColumn := func(c Column) bool { return c.Name == "" }
	if names == nil || slices.ContainsFunc(o.Like, unnamedColumn) {
		if len(chosen) != len(o.Like) {
			return nil, fmt.Errorf("the model has %s and the data %d; take those of the model by --columns",
				plural(len(o.Like), "column"), len(chosen))
		}
		all := asChosen(chosen)
		for i := range all {
			all[i].like = &o.Like[i]
		}
		return all, nil
	}
	places := make(map[string]int, len(chosen))
	for _, j := range slices.Backward(chosen) { // of several of one name the first
		places[names[j]] = j
	}
	var all []chosenColumn
	for i, c := range o.Like {
		j, ok := places[c.Name]
		if !ok {
			return nil, fmt.Errorf("the data have no column %q as the model does; %s", c.Name, there(width, names))
		}
		all = append(all, chosenColumn{j, &o.Like[i]})
	}
	return all, nil
}

func asChosen(columns []int) []chosenColumn {
	all := make([]chosenColumn, len(columns))
	for i, j := range columns {
		all[i].column = j
	}
	return all
}

// chosenColumns returns the columns that o.Columns and o.Drop leave.
func chosenColumns(width int, names []string, skip []int, o Options) (chosen []int, err error) {
	for _, text := range o.Columns {
		j, err := findColumn(text, width, names)
		if err != nil {
			return nil, err
		}
		if slices.Contains(chosen, j) {
			return nil, fmt.Errorf("column %q is asked for twice", text)
		}
		chosen = append(chosen, j)
	}
	if o.Columns == nil {
		for j := range width {
			if !slices.Contains(skip, j) || names != nil && slices.ContainsFunc(o.Like, func(c Column) bool { return c.Name == names[j] }) {
				chosen = append(chosen, j)
			}
		}
	}
	for _, text := range o.Drop {
		j, err := findColumn(text, width, names)
		if err != nil {
			return nil, err
		}
		chosen = slices.DeleteFunc(chosen, func(k int) bool { return k == j })
	}
	if len(chosen) == 0 {
		return nil, errors.New("no column is left; take fewer out")
	}
	return chosen, nil
}

// findColumn returns the column of a name or, where no column has it, of a number from 1.
func findColumn(text string, width int, names []string) (int, error) {
	if j := slices.Index(names, text); j >= 0 {
		return j, nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= width {
		return n - 1, nil
	}
	return 0, fmt.Errorf("there is no column %.40q; %s", text, there(width, names))
}

// there says which columns there are.
func there(width int, names []string) string {
	switch {
	case names == nil && width == 1:
		return "there is one column, without a name"
	case names == nil:
		return fmt.Sprintf("the columns have no names and are numbered 1 to %d", width)
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return "there are " + shortlist.Join(quoted)
}

// takeColumns returns the columns of x that o asks for, and what they are to be like. The columns have no
// names.
func takeColumns(x kernels.Matrix64, o Options) (kernels.Matrix64, []Column, error) {
	all, err := choose(x.Cols, nil, nil, o)
	if err != nil {
		return x, nil, err
	}
	y, columns := kernels.NewMatrix64(x.Rows, len(all)), make([]Column, len(all))
	for k, c := range all {
		if c.like != nil {
			columns[k] = *c.like
		}
		for i := range x.Rows {
			v := x.Row(i)[c.column]
			if n := len(columns[k].Categories); n > 0 && v == v && !isPlace(v, n) {
				return x, nil, fmt.Errorf("row %d, column %d: %v is no category, which is a whole number from 0 to %d",
					i+1, c.column+1, v, n-1)
			}
			y.Row(i)[k] = v
		}
	}
	return y, columns, nil
}

// isPlace reports whether v is a whole number from 0 to n-1.
func isPlace(v float64, n int) bool { return v >= 0 && v < float64(n) && v == float64(int(v)) }
