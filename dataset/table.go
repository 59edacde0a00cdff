package dataset

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// table is a text file of rows and columns on its way into a Set.
type table struct {
	text         string
	sep          separator
	decimalComma bool
	keepEmpty    bool // lines with separators alone are rows
	options      Options

	first     record
	short     bool // the first line has one cell less than the others
	width     int  // of the lines but a short first one
	lines     int  // without comments and blank ones
	emptyRows int  // with separators alone, that are no rows
	below     []tally

	header bool
	why    string   // there is a header, or none
	given  []string // the names as they stand in the file, or nil
	names  []string // the same without empty ones and repetitions
	index  int      // the column that numbers the rows, or -1
	notes  []string // of what was left out or changed

	labelled    bool // whether there are labels
	labels      labelTally
	classColumn string // the name of their column
}

// readTable reads a text file of rows and columns, as Open describes it.
func readTable(name string, r *io.SectionReader, o Options) (*Set, error) {
	text, err := readText(name, r)
	if err != nil {
		return nil, err
	}
	t := &table{text: text, index: -1, keepEmpty: o.Missing, options: o}
	x, columns, err := t.read(o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	set, err := newSet(name, x, []int{x.Cols}, columns, Options{Shape: o.Shape})
	if err != nil {
		return nil, err
	}
	if t.labelled {
		if err := t.labels.set(set, t.classColumn); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for j := range set.Columns {
		if c := &set.Columns[j]; c.Kind == Number {
			c.Decimals = decimals(set.X, j)
			set.Double = set.Double || c.Decimals > 0
		}
	}
	set.About = t.about(set)
	return set, nil
}

func (t *table) read(o Options) (x kernels.Matrix64, columns []Column, err error) {
	t.sep = findSeparator(t.text)
	if rest, ok := strings.CutPrefix(t.text, "sep="); ok && o.Delimiter == "" {
		// Excel's own line; it becomes a comment.
		o.Delimiter, _, _ = strings.Cut(rest, "\n")
		o.Delimiter = strings.TrimRight(o.Delimiter, "\r")
		t.text = "#" + t.text[1:]
	}
	if o.Delimiter != "" {
		if t.sep, err = parseDelimiter(o.Delimiter); err != nil {
			return x, nil, err
		}
	}
	t.decimalComma = t.sep.char == ';'
	if err := t.checkWidth(); err != nil {
		return x, nil, err
	}
	if err := t.survey(); err != nil {
		return x, nil, err
	}
	if err := t.findNames(o); err != nil {
		return x, nil, err
	}
	rows := t.lines
	if t.header {
		rows--
	}
	if rows < 1 {
		return x, nil, errors.New("the file has no rows of numbers")
	}
	if err := o.checkValues(rows, t.width); err != nil {
		return x, nil, err
	}
	skip, err := t.leaveOut(rows)
	if err != nil {
		return x, nil, err
	}
	if err := t.takeLabels(skip, o); err != nil {
		return x, nil, err
	}
	if o.labelFile {
		return kernels.NewMatrix64(rows, 0), nil, nil
	}
	if o.Label != "" {
		o.Drop = append(slices.Clone(o.Drop), o.Label)
	}
	chosen, err := choose(t.width, t.names, skip, o)
	if err != nil {
		return x, nil, err
	}
	t.noteLeftOut(skip, chosen)
	if !o.Missing {
		if err := t.checkMissing(chosen); err != nil {
			return x, nil, err
		}
	}
	if columns, err = t.kinds(chosen); err != nil {
		return x, nil, err
	}
	x = kernels.NewMatrix64(rows, len(chosen))
	return x, columns, t.fill(x, chosen, columns)
}

// survey counts lines, columns, and what the cells below the first line hold.
func (t *table) survey() (err error) {
	t.emptyRows, err = eachRecord(t.text, t.sep, t.keepEmpty, func(r record) error {
		switch t.lines++; {
		case len(r.cells) > mostColumns:
			return tooWide(r.line)
		case t.lines == 1:
			t.first = record{r.line, slices.Clone(r.cells)}
			t.width = len(r.cells)
			return nil
		case t.lines == 2:
			t.setWidth(r.cells)
		}
		if len(r.cells) != t.width {
			return fmt.Errorf("line %d has %s and the lines before it %d; every row needs the same number (%s)",
				r.line, plural(len(r.cells), "column"), t.width, t.sep.hint())
		}
		for j, cell := range r.cells {
			t.below[j].add(cell, t.lines-1, t.first.cells[j], t.decimalComma)
		}
		return nil
	})
	if t.below == nil {
		t.below = make([]tally, t.width)
	}
	return err
}

// setWidth makes room for the columns. A first line of texts with one cell less than the second has either no
// name for the names of the rows, as R writes it, or no separator at its end.
func (t *table) setWidth(second []string) {
	isNumber := func(cell string) bool {
		kind, _ := parseCell(cell, t.decimalComma)
		return kind == numberCell
	}
	if t.short = len(second) == t.width+1 && !slices.ContainsFunc(t.first.cells, isNumber); t.short {
		t.width++
		if second[t.width-1] == "" {
			t.first.cells = append(t.first.cells, "")
		} else {
			t.first.cells = slices.Insert(t.first.cells, 0, "")
		}
	}
	t.below = make([]tally, t.width)
}

// leaveOut returns the columns that are none of the data: the numbers of the rows, in a first column without
// a name, and what a separator at the end of each line opens.
func (t *table) leaveOut(rows int) (skip []int, err error) {
	last := t.width - 1
	if t.below[last].empty == rows && (t.given == nil || t.given[last] == "") {
		skip = append(skip, last)
	}
	if t.given == nil || t.width < 2 || !unnamed(t.given[0]) {
		return skip, nil
	}
	if t.short && t.given[0] == "" && !slices.Contains(skip, last) {
		t.index = 0
	} else if t.below[0].wholes == rows {
		counts := t.below[0].countsOn() && t.below[0].next <= 1
		if !counts {
			if counts, err = t.allDistinct(0); err != nil {
				return nil, err
			}
		}
		if counts {
			t.index = 0
		}
	}
	if t.index == 0 {
		skip = append(skip, 0)
	}
	return skip, nil
}

// allDistinct reports whether no two cells of a column below the first line are the same.
func (t *table) allDistinct(column int) (bool, error) {
	seen := map[string]bool{}
	distinct, line := true, 0
	_, err := eachRecord(t.text, t.sep, t.keepEmpty, func(r record) error {
		if line++; line > 1 && distinct {
			cell := r.cells[column]
			distinct = !seen[cell]
			seen[strings.Clone(cell)] = true
		}
		return nil
	})
	return distinct, err
}
