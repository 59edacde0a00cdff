package dataset

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// readCSV reads comma-separated values (RFC 4180) and their kin with tabs and semicolons.
func readCSV(name string, r *io.SectionReader) (*Set, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
		in.Discard(len(mark))
	}
	records := csv.NewReader(in)
	records.Comma = separator(in)
	records.Comment = '#'
	records.FieldsPerRecord = -1
	records.TrimLeadingSpace = records.Comma != '\t' // it would trim tabs too, and with them empty cells
	records.ReuseRecord = true

	var data []float32
	rows, cols := 0, 0
	for {
		cells, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		if len(cells) == 1 && strings.TrimSpace(cells[0]) == "" {
			continue
		}
		if cols == 0 {
			if cols = len(cells); isHeader(cells) {
				continue
			}
		}
		line, _ := records.FieldPos(0)
		if len(cells) != cols {
			return nil, fmt.Errorf("%s: line %d has %d columns and the lines before it %d; every row needs the same number",
				name, line, len(cells), cols)
		}
		rows++
		for j, cell := range cells {
			v, err := parseCell(cell)
			if err != nil {
				return nil, fmt.Errorf("%s: row %d (line %d), column %d: %w", name, rows, line, j+1, err)
			}
			data = append(data, v)
		}
	}
	if rows == 0 {
		return nil, fmt.Errorf("%s: the file has no rows of numbers", name)
	}
	return newSet(name, kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: data}, []int{cols}), nil
}

// separator returns what parts the cells of the first line that is neither blank nor a comment: a tab, a semicolon or
// a comma, the first of them that stands outside quotes. A line that is longer than the buffer counts up to there.
func separator(in *bufio.Reader) rune {
	head, _ := in.Peek(in.Size())
	for line := range strings.Lines(string(head)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		found := [3]bool{}
		quoted := false
		for _, c := range []byte(line) {
			if c == '"' {
				quoted = !quoted
			} else if k := strings.IndexByte("\t;,", c); k >= 0 && !quoted {
				found[k] = true
			}
		}
		switch {
		case found[0]:
			return '\t'
		case found[1]:
			return ';'
		}
		break
	}
	return ','
}

// isHeader reports whether no cell is a number, not even one that parseCell refuses.
func isHeader(cells []string) bool {
	for _, cell := range cells {
		_, err := strconv.ParseFloat(strings.TrimSpace(cell), 32)
		if err == nil || errors.Is(err, strconv.ErrRange) {
			return false
		}
	}
	return true
}

func parseCell(cell string) (float32, error) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return 0, errors.New("the cell is empty; every cell must hold a number")
	}
	v, err := strconv.ParseFloat(cell, 32)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return 0, fmt.Errorf("the value %.40s is beyond the range of float32; rescale the data", cell)
	case err != nil:
		return 0, fmt.Errorf("%.40q is not a number", cell)
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, checkValue(v)
	}
	return float32(v), nil
}

func csvError(name string, err error) error {
	if e, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("%s: line %d, byte %d of the line: %w", name, e.Line, e.Column, e.Err)
	}
	return fmt.Errorf("%s: cannot read the file: %w", name, cause(err))
}
