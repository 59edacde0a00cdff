package dataset

import (
	"fmt"
	"slices"
	"strings"
)

// noteLeftOut notes the columns that were left out without being asked for.
func (t *table) noteLeftOut(skip []int, chosen []chosenColumn) {
	for _, j := range skip {
		if slices.ContainsFunc(chosen, func(c chosenColumn) bool { return c.column == j }) {
			continue
		}
		why := "which is empty"
		if j == t.index {
			why = "which has no name and numbers the rows"
		}
		t.notes = append(t.notes, fmt.Sprintf("column %d, %s, left out", j+1, why))
	}
	if t.emptyRows > 0 {
		t.notes = append(t.notes, plural(t.emptyRows, "line")+" without values left out")
	}
}

// about tells what was read.
func (t *table) about(s *Set) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s", plural(s.X.Rows, "row"), plural(s.X.Cols, "column"))
	if s.X.Cols < t.width {
		fmt.Fprintf(&b, " out of %d", t.width)
	}
	categories := 0
	for _, c := range s.Columns {
		if c.Kind == Category {
			categories++
		}
	}
	if categories > 0 {
		fmt.Fprintf(&b, ", %d of them categories", categories)
	}
	if t.width > 1 {
		fmt.Fprintf(&b, ", parted by %v", t.sep)
	}
	header := "no header"
	if t.header {
		header = "a header"
	}
	fmt.Fprintf(&b, "; line %d is %s, as %s", t.first.line, header, strings.TrimPrefix(t.why, "as "))
	for _, note := range t.notes {
		b.WriteString("; " + note)
	}
	return b.String()
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
