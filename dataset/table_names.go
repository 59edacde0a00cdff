package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// findNames finds out whether the first line is a header, and takes the names from it; otherwise it counts
// the line with those below it.
func (t *table) findNames(o Options) (err error) {
	header := o.Header
	switch {
	case header != "" && header != "yes" && header != "no":
		return fmt.Errorf(`the header is %.40q; want "yes" or "no", or leave it out`, header)
	case header == "no" && t.short:
		return fmt.Errorf("line %d has %s and the lines after it %d; every row needs the same number (%s)",
			t.first.line, plural(t.width-1, "column"), t.width, t.sep.hint())
	case t.lines == 0:
		return nil
	case header != "":
		t.header, t.why = header == "yes", "as was asked for"
	case t.short && t.lines > 1:
		t.header, t.why = true, "it has one cell less than the others"
	case !slices.ContainsFunc(t.first.cells, func(cell string) bool { return cell != "" }):
		t.header, t.why = false, "it has no names"
	case namesAskedFor(t.first.cells, o):
		t.header, t.why = true, "it has the names that are asked for"
	default:
		if t.header, t.why, err = findHeader(t.first.cells, t.below, t.decimalComma); err != nil {
			return fmt.Errorf("line %d: %w; say which by %s or %s (%s)", t.first.line, err, o.advise("header", "yes"),
				o.advise("header", "no"), t.sep.hint())
		}
	}
	if t.header {
		t.setNames(t.first.cells)
		return nil
	}
	for j, cell := range t.first.cells {
		t.below[j].add(cell, 0, cell, t.decimalComma)
	}
	if names := t.namesInComment(); names != nil && header == "" {
		t.setNames(names)
		t.notes = append(t.notes, fmt.Sprintf("line %d, a comment, names the columns", t.first.line-1))
	}
	return nil
}

func (t *table) setNames(given []string) {
	t.given = given
	names, changed := columnNames(given)
	t.names = names
	if changed != "" {
		t.notes = append(t.notes, changed)
	}
}

// namesInComment returns the texts of a comment in the line above the first, as numpy.savetxt writes names,
// if there is one for each column and all are different; otherwise nil.
func (t *table) namesInComment() []string {
	comment, line := "", 0
	for l := range strings.Lines(t.text) {
		if line++; line == t.first.line {
			break
		}
		comment = strings.TrimSpace(l)
	}
	rest, ok := strings.CutPrefix(comment, "#")
	if !ok {
		return nil
	}
	var names []string
	if _, err := eachRecord(rest, t.sep, false, func(r record) error {
		names = slices.Clone(r.cells)
		return nil
	}); err != nil || len(names) != t.width {
		return nil
	}
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		if kind, _ := parseCell(name, t.decimalComma); kind != textCell || seen[name] {
			return nil
		}
		seen[name] = true
	}
	return names
}
