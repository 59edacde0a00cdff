package dataset

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// separator is what parts the cells of a text file: a character, of which a space stands for one or more of
// white space.
type separator struct {
	char rune
	why  string // how it was found
}

// separators are those that are looked for, the first that fits being taken: commas may be decimal commas
// beside semicolons and tabs, and spaces may follow any of the others.
const separators = "\t;|, "

var separatorNames = map[rune]string{'\t': "tabs", ';': "semicolons", '|': "bars", ',': "commas", ' ': "spaces"}

// String returns a name for errors.
func (s separator) String() string {
	if name, ok := separatorNames[s.char]; ok {
		return name
	}
	return fmt.Sprintf("%q", s.char)
}

// hint says which separator was taken, and why.
func (s separator) hint() string {
	return fmt.Sprintf("cells are parted by %v, %s", s, s.why)
}

// parseDelimiter returns the separator that Options.Delimiter asks for.
func parseDelimiter(text string) (separator, error) {
	const why = "as was asked for"
	switch text {
	case "tab", `\t`:
		return separator{'\t', why}, nil
	case "space":
		return separator{' ', why}, nil
	}
	c, size := utf8.DecodeRuneInString(text)
	if size != len(text) || c == utf8.RuneError || strings.ContainsRune("\"\r\n", c) {
		return separator{}, fmt.Errorf(`%.20q cannot part cells; want ",", ";", "|", "tab", "space" or another character`, text)
	}
	return separator{c, why}, nil
}

// findSeparator looks at the first lines, and takes the first of separators that gives all of them the same
// number of cells, two or more; the first line, of names, may have one less. If none does, it takes the one
// which gives most lines the same number, if those are more than half.
func findSeparator(text string) separator {
	best, most, lines := separator{',', "as no other separator is found"}, 0, firstLines(text)
	for _, c := range separators {
		counts := map[int]int{}
		for _, line := range lines {
			counts[line[c]]++
		}
		common, agree := 0, 0
		for _, line := range lines {
			if n := line[c]; n > 1 && counts[n] > agree {
				common, agree = n, counts[n]
			}
		}
		if common == 0 {
			continue
		}
		short := agree == len(lines)-1 && lines[0][c] == common-1 && agree > 1
		if agree == len(lines) || short {
			return separator{c, fmt.Sprintf("which give the first lines %d columns each", common)}
		}
		if agree > most && 2*agree > len(lines) {
			most = agree
			best = separator{c, fmt.Sprintf("which give %d of the first %d lines %d columns", agree, len(lines), common)}
		}
	}
	return best
}

// cellCounts is how many cells a line has by each separator.
type cellCounts map[rune]int

// firstLines counts the cells of the first lines that are neither blank nor comments. Separators in quotes do
// not count, and neither do line ends; a quote opens at the start of a cell.
func firstLines(text string) []cellCounts {
	const most, size = 100, 1 << 17
	var lines []cellCounts
	for at := 0; at < min(len(text), size) && len(lines) < most; {
		end := lineEnd(text, at)
		line := strings.TrimSpace(text[at:end])
		at = end + 1
		if line == "" || line[0] == '#' {
			continue
		}
		lines = append(lines, countCells(line))
	}
	if len(text) > size && len(lines) > 1 {
		lines = slices.Delete(lines, len(lines)-1, len(lines)) // it may be cut
	}
	return lines
}

// lineEnd returns where the line that starts at byte at ends, or the text.
func lineEnd(text string, at int) int {
	quoted, start := false, true
	for i := at; i < len(text); i++ {
		switch c := text[i]; {
		case quoted:
			quoted = c != '"'
		case c == '\n':
			return i
		case c == '"':
			quoted = start
		default:
			start = strings.IndexByte(separators, c) >= 0
		}
	}
	return len(text)
}

func countCells(line string) cellCounts {
	n := cellCounts{' ': 1, '\t': 1, ';': 1, '|': 1, ',': 1}
	quoted, start := false, true
	for i := range len(line) {
		c := line[i]
		switch {
		case quoted:
			quoted = c != '"'
			continue
		case c == '"':
			quoted = start
		case c == ' ' && line[i-1] != ' ':
			n[' ']++
		case c != ' ' && strings.IndexByte(separators, c) >= 0:
			n[rune(c)]++
		}
		start = strings.IndexByte(separators, c) >= 0
	}
	return n
}
