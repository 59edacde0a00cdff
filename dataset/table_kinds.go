package dataset

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/internal/shortlist"
)

// column names a column in errors.
func (t *table) column(j int) string {
	if t.names == nil || t.given[j] == "" {
		return fmt.Sprintf("column %d", j+1)
	}
	return fmt.Sprintf("column %d (%q)", j+1, t.names[j])
}

// drop words how to leave a column out.
func (t *table) drop(j int) string {
	name := strconv.Itoa(j + 1)
	if t.names != nil && !strings.Contains(t.names[j], ",") { // a comma would part names
		name = t.names[j]
	}
	return t.options.advise("drop", name)
}

// checkMissing counts the cells that are missing.
func (t *table) checkMissing(chosen []chosenColumn) error {
	total := 0
	var columns []string
	for _, c := range chosen {
		n := t.below[c.column].missing
		if n == 0 {
			continue
		}
		where := fmt.Sprintf("%d in %s", n, t.column(c.column))
		if columns == nil {
			line, _, err := t.find(c.column, missingCell)
			if err != nil {
				return err
			}
			where += fmt.Sprintf(" (first in line %d)", line)
		}
		columns = append(columns, where)
		total += n
	}
	if total == 0 {
		return nil
	}
	return fmt.Errorf("%s without a value (empty, NA, NaN, null, None or ?): %s; leave those rows or columns out, or fill the "+
		"cells in, which langevin inpaint does with a model of complete rows (%s)",
		plural(total, "cell"), shortlist.Join(columns), t.sep.hint())
}

// kinds returns the columns that are chosen, with their categories, after checking that all of a column's
// cells may be of one kind.
func (t *table) kinds(chosen []chosenColumn) ([]Column, error) {
	columns := make([]Column, len(chosen))
	withComma, withPoint := -1, -1
	for i, c := range chosen {
		col := &columns[i]
		if t.names != nil {
			col.Name = t.names[c.column]
		} else if c.like != nil {
			col.Name = c.like.Name
		}
		y := &t.below[c.column]
		switch {
		case c.like != nil && c.like.Kind == Category:
			col.Kind, col.Categories = Category, c.like.Categories
			continue
		case c.like == nil && y.texts > 0 && !y.numeric():
			categories, err := t.categories(c.column)
			if err != nil {
				return nil, err
			}
			col.Kind, col.Categories = Category, categories
			continue
		}
		if y.commas > 0 {
			withComma = c.column
		}
		if y.points > 0 {
			withPoint = c.column
		}
	}
	if withComma >= 0 && withPoint >= 0 {
		return nil, fmt.Errorf("%s has numbers with a comma and %s numbers with a point; write all of them with one of the two",
			t.column(withComma), t.column(withPoint))
	}
	return columns, nil
}

// categories returns the different texts of a column in the order of their bytes.
func (t *table) categories(j int) ([]string, error) {
	y := &t.below[j]
	n, d := y.present(), len(y.distinct)
	few := !y.many && (d <= 2 || n >= 4*d)
	if few && !y.holdsOddNumbers() {
		return slices.Sorted(maps.Keys(y.distinct)), nil
	}
	if y.holdsDates() {
		return nil, fmt.Errorf("%s holds dates; make numbers of them, such as days since a day, or leave the column out by %s",
			t.column(j), t.drop(j))
	}
	line, example, err := t.find(j, textCell)
	if err != nil {
		return nil, err
	}
	such := fmt.Sprintf("such as %.40q in line %d", example, line)
	if y.holdsOddNumbers() {
		return nil, fmt.Errorf("%s holds numbers with more than digits and a decimal point, %s; write them plainly, or leave "+
			"the column out by %s%s (%s)", t.column(j), such, t.drop(j), t.commaHint(example), t.sep.hint())
	}
	what := fmt.Sprintf("%d different texts in %d cells", d, n)
	if y.many {
		what = fmt.Sprintf("more than %d different texts", mostCategories)
	}
	return nil, fmt.Errorf("%s holds %s, %s, too many to be categories; leave it out by %s, or make numbers or fewer texts of "+
		"it (%s)", t.column(j), what, such, t.drop(j), t.sep.hint())
}

var errFound = errors.New("found")

// find returns the first cell of a column that is of a kind, and its line.
func (t *table) find(j int, kind cellKind) (line int, cell string, err error) {
	_, err = t.eachRow(func(_ int, r record) error {
		if k, _ := parseCell(r.cells[j], t.decimalComma); k == kind {
			line, cell = r.line, r.cells[j]
			return errFound
		}
		return nil
	})
	if err == errFound {
		err = nil
	}
	return line, cell, err
}
