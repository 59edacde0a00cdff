package dataset

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/seed964deb49/langevin/internal/shortlist"
	"github.com/seed964deb49/langevin/kernels"
)

// eachRow calls f with the rows in turn, counted from 0, and the number of lines with separators alone.
func (t *table) eachRow(f func(row int, r record) error) (int, error) {
	row := 0
	if t.header {
		row = -1
	}
	return eachRecord(t.text, t.sep, t.keepEmpty, func(r record) error {
		if row++; row == 0 {
			return nil
		}
		return f(row-1, r)
	})
}

// fill sets x to the values of the chosen columns.
func (t *table) fill(x kernels.Matrix64, chosen []chosenColumn, columns []Column) error {
	places := make([]categoryPlaces, len(columns))
	for i, c := range columns {
		if c.Kind != Category {
			continue
		}
		places[i] = categoryPlaces{}
		for k, text := range c.Categories {
			places[i][text] = float64(k)
		}
	}
	_, err := t.eachRow(func(row int, r record) error {
		values := x.Row(row)
		for i, c := range chosen {
			cell := r.cells[c.column]
			v, err := t.value(cell, places[i])
			if err != nil {
				return fmt.Errorf("row %d (line %d), %s: %w", row+1, r.line, t.column(c.column), err)
			}
			values[i] = v
		}
		return nil
	})
	return err
}

// categoryPlaces are the values that stand for texts.
type categoryPlaces map[string]float64

// String lists the categories.
func (p categoryPlaces) String() string {
	var quoted []string
	for _, text := range slices.Sorted(maps.Keys(p)) {
		quoted = append(quoted, fmt.Sprintf("%q", text))
	}
	return shortlist.Join(quoted)
}

// value returns what stands for a cell, which is one of the categories, if there are any.
func (t *table) value(cell string, places categoryPlaces) (float64, error) {
	kind, v := parseCell(cell, t.decimalComma)
	switch {
	case kind == missingCell:
		return math.NaN(), nil
	case places != nil:
		place, ok := places[cell]
		if !ok {
			return 0, fmt.Errorf("%.40q is none of the model's categories %s", cell, places)
		}
		return place, nil
	case kind == numberCell:
		return v, nil
	case kind == hugeCell && strings.ContainsAny(cell, "123456789"):
		return 0, fmt.Errorf("the value %.40s is beyond the range of float64; rescale the data", cell)
	case kind == hugeCell:
		return 0, fmt.Errorf("the value is %s; every value must be a finite number", cell)
	}
	return 0, fmt.Errorf("%.40q is not a number%s (%s)", cell, t.commaHint(cell), t.sep.hint())
}

// commaHint says why a number with a decimal comma is none.
func (t *table) commaHint(cell string) string {
	if kind, _ := parseCell(cell, true); t.decimalComma || kind != numberCell {
		return ""
	}
	return "; a comma is a decimal comma only where semicolons part the cells"
}
