package dataset

import (
	"fmt"
	"strings"
)

// mostColumns is how many columns a text may have. Each takes hundreds of bytes beside its values, and a file
// of some kilobytes may have millions of them, compressed.
const mostColumns = 1 << 17

// checkWidth returns an error for a text with too many columns. It comes before lines are parted into cells,
// which costs memory for each. Lines with quotes are counted when they are.
func (t *table) checkWidth() error {
	line := 0
	for text := range strings.Lines(t.text) {
		line++
		if len(text) > mostColumns && text[0] != '#' && !strings.Contains(text, "\"") &&
			t.sep.columns(text) > mostColumns {
			return tooWide(line)
		}
	}
	return nil
}

// columns returns how many cells a line without quotes has.
func (s separator) columns(line string) int {
	if s.char != ' ' {
		return 1 + strings.Count(line, string(s.char))
	}
	n := 0
	for range strings.FieldsSeq(line) {
		n++
	}
	return n
}

// tooWide is the error of a line with too many columns.
func tooWide(line int) error {
	return fmt.Errorf("line %d has more than %d columns; save so wide an array by numpy.save", line,
		mostColumns)
}
