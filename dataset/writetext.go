package dataset

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// textWriter writes the cells of a table as text.
type textWriter struct {
	Table
	separator byte
	quoted    string // characters that a text needs quotes for
	buf       []byte // of the line
}

// writeText writes a table as .csv, .tsv or .txt.
func writeText(w io.Writer, format string, t Table) error {
	cols := t.size().Cols
	if t.labelled() {
		t.Columns, cols = t.labelledColumns(), cols+1
	}
	x := textWriter{Table: t, separator: ',', quoted: "\",;|\t\r\n#"}
	switch format {
	case ".tsv":
		x.separator = '\t'
	case ".txt":
		x.separator = ' '
	}
	if format == ".txt" || cols == 1 {
		x.quoted += " " // which would be taken for what parts the cells
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if x.named() {
		for j, c := range t.Columns {
			x.part(j)
			if err := x.text(c.Name); err != nil {
				return fmt.Errorf("the name of column %d: %w", j+1, err)
			}
		}
		if err := x.flush(out); err != nil {
			return err
		}
	}
	err := t.each(func(from int, rows kernels.Matrix64, labels []int) error {
		if t.labelled() {
			rows = withLabels(rows, labels)
		}
		for i := range rows.Rows {
			if err := x.row(rows.Row(i)); err != nil {
				return fmt.Errorf("row %d, %w", from+i+1, err)
			}
			if err := x.flush(out); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// named reports whether each column has a name.
func (x *textWriter) named() bool {
	for _, c := range x.Columns {
		if c.Name == "" {
			return false
		}
	}
	return len(x.Columns) > 0
}

// flush ends a line.
func (x *textWriter) flush(w io.Writer) error {
	_, err := w.Write(append(x.buf, '\n'))
	x.buf = x.buf[:0]
	return err
}

// part parts the cell of a column from the one before.
func (x *textWriter) part(column int) {
	if column > 0 {
		x.buf = append(x.buf, x.separator)
	}
}

// row appends the cells of a row.
func (x *textWriter) row(values []float64) error {
	empty := false // may some cell be
	for _, v := range values {
		empty = empty || v == v && x.separator != ' '
	}
	for j, v := range values {
		x.part(j)
		if v != v {
			if atEnd := j == 0 || j == len(values)-1; !empty || atEnd && x.separator == '\t' {
				x.buf = append(x.buf, "NaN"...)
			}
			continue
		}
		if x.Columns == nil || x.Columns[j].Kind != Category {
			x.number(v)
			continue
		}
		categories := x.Columns[j].Categories
		if v != math.Trunc(v) || v < 0 || v >= float64(len(categories)) {
			return fmt.Errorf("column %d: %v is no place among %d categories", j+1, v, len(categories))
		}
		if err := x.text(categories[int(v)]); err != nil {
			return fmt.Errorf("column %d: %w", j+1, err)
		}
	}
	return nil
}

// number appends the fewest digits that give v, with an exponent where they would be many.
func (x *textWriter) number(v float64) {
	bits := 64
	if !x.Double {
		v, bits = float64(float32(v)), 32
	}
	format := byte('f')
	if m := math.Abs(v); m != 0 && m < 1e-5 || m >= 1e21 {
		format = 'g'
	}
	x.buf = strconv.AppendFloat(x.buf, v, format, -1, bits)
}

// text appends a text, in quotes where it needs them.
func (x *textWriter) text(s string) error {
	if x.separator == ' ' && strings.ContainsAny(s, "\r\n") {
		return fmt.Errorf("the text %.40q has a line end, which .txt has no way to hold; write .csv", s)
	}
	if s != "" && !strings.ContainsAny(s, x.quoted) {
		x.buf = append(x.buf, s...)
		return nil
	}
	x.buf = append(x.buf, '"')
	x.buf = append(x.buf, strings.ReplaceAll(s, `"`, `""`)...)
	x.buf = append(x.buf, '"')
	return nil
}
