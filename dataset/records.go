package dataset

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A record is the cells of one line, without the white space around them.
type record struct {
	line  int
	cells []string // until the next record is read
}

// eachRecord calls f with the records of a text in turn, leaving out comments and lines without any cell that
// is not empty; with keep, lines of two empty cells or more are records. It returns how many lines of empty
// cells it has left out. Errors are f's, and of quotes that do not match.
func eachRecord(text string, s separator, keep bool, f func(record) error) (empty int, err error) {
	next := csvRecords(text, s)
	if s.char == ' ' {
		next = spacedRecords(text)
	}
	for {
		r, err := next()
		if err == io.EOF {
			return empty, nil
		}
		if err != nil {
			return empty, err
		}
		blank := true
		for i, cell := range r.cells {
			r.cells[i] = strings.TrimSpace(cell)
			blank = blank && r.cells[i] == ""
		}
		if blank && !(keep && len(r.cells) > 1) {
			empty++
			continue
		}
		if err := f(r); err != nil {
			return empty, err
		}
	}
}

// csvRecords reads comma-separated values (RFC 4180) and their kin.
func csvRecords(text string, s separator) func() (record, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = s.char
	if s.char != '#' {
		r.Comment = '#'
	}
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = s.char != '\t' // it would trim tabs too, and with them empty cells
	r.ReuseRecord = true
	return func() (record, error) {
		cells, err := r.Read()
		if e, ok := errors.AsType[*csv.ParseError](err); ok {
			return record{}, fmt.Errorf("line %d, byte %d of the line: %w; a quote within a cell is doubled, and the "+
				"cell stands in quotes", e.Line, e.Column, e.Err)
		}
		if err != nil {
			return record{}, err
		}
		line, _ := r.FieldPos(0)
		return record{line, cells}, nil
	}
}

// spacedRecords reads cells that are parted by any number of spaces and tabs. A cell may stand in quotes.
func spacedRecords(text string) func() (record, error) {
	line := 0
	var cells []string
	return func() (record, error) {
		for text != "" {
			var l string
			l, text, _ = strings.Cut(text, "\n")
			line++
			if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
				continue
			}
			cells = cells[:0]
			for l != "" {
				cell, rest, err := spacedCell(l)
				if err != nil {
					return record{}, fmt.Errorf("line %d: %w", line, err)
				}
				cells, l = append(cells, cell), strings.TrimLeft(rest, " \t")
			}
			return record{line, cells}, nil
		}
		return record{}, io.EOF
	}
}

// spacedCell parts the first cell from the rest of a line.
func spacedCell(line string) (cell, rest string, err error) {
	if line[0] != '"' {
		if end := strings.IndexAny(line, " \t"); end >= 0 {
			return line[:end], line[end:], nil
		}
		return line, "", nil
	}
	for at := 1; ; at += 2 {
		n := strings.IndexByte(line[at:], '"')
		if n < 0 {
			return "", "", errors.New("a quote opens a cell and none closes it")
		}
		at += n
		if at+1 == len(line) || line[at+1] != '"' {
			return strings.ReplaceAll(line[1:at], `""`, `"`), line[at+1:], nil
		}
	}
}
