package compare

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Formats are the kinds of output.
var Formats = []string{"text", "markdown", "csv", "json"}

// Table writes cells as they are measured.
type Table struct {
	w      io.Writer
	format string
	peers  []Peer
	cells  []Cell
}

// NewTable writes the head of a table in one of Formats.
func NewTable(w io.Writer, format string, peers []Peer) *Table {
	t := &Table{w: w, format: format, peers: peers}
	switch format {
	case "text":
		fmt.Fprintf(w, "%-9s%-4s%8s", "row", "", "n")
		for _, p := range peers {
			fmt.Fprintf(w, "%14s", p.Name)
		}
		fmt.Fprintf(w, "%8s  %s\n", "ratio", "best")
	case "markdown":
		fmt.Fprint(w, "| row | n |")
		for _, p := range peers {
			fmt.Fprintf(w, " %s |", p.Name)
		}
		fmt.Fprintf(w, " ratio |\n|---|--:|%s\n", strings.Repeat("--:|", len(peers)+1))
	case "csv":
		t.writeRecord("row", "precision", "n", "implementation", "ns", "accurate", "ours")
	}
	return t
}

// Add writes a cell.
func (t *Table) Add(c Cell) {
	t.cells = append(t.cells, c)
	switch t.format {
	case "text":
		fmt.Fprintf(t.w, "%-9s%-4s%8d", c.Row, c.Precision, c.N)
		for i := range t.peers {
			fmt.Fprintf(t.w, "%14s", t.nanoseconds(c, i))
		}
		fmt.Fprintf(t.w, "%8s  %s\n", ratio(c), t.best(c))
	case "markdown":
		fmt.Fprintf(t.w, "| %s %s | %d |", c.Row, c.Precision, c.N)
		for i := range t.peers {
			fmt.Fprintf(t.w, " %s |", t.nanoseconds(c, i))
		}
		fmt.Fprintf(t.w, " %s |\n", ratio(c))
	case "csv":
		for i, p := range t.peers {
			if ns := c.Nanoseconds[i]; !math.IsNaN(ns) {
				t.writeRecord(c.Row, c.Precision, strconv.Itoa(c.N), p.Name,
					strconv.FormatFloat(ns, 'g', 5, 64),
					strconv.FormatBool(p.accurate(c.Row, c.Precision)), strconv.FormatBool(p.Ours))
			}
		}
	}
}

// Close writes the counts, or all of JSON.
func (t *Table) Close() error {
	switch t.format {
	case "text", "markdown":
		compared, close, reached := 0, 0, 0
		for _, c := range t.cells {
			r := c.Ratio()
			if math.IsNaN(r) {
				continue
			}
			compared++
			if r >= 0.95 {
				close++
			}
			if r >= 1 {
				reached++
			}
		}
		fmt.Fprintf(t.w,
			"\nof %d compared, %d are at 0.95 of the best accurate one or above, %d at 1 or above\n",
			compared, close, reached)
	case "json":
		return t.writeJSON()
	}
	return nil
}

// nanoseconds is a cell's time as text, with a tilde where values of the row are inaccurate.
func (t *Table) nanoseconds(c Cell, i int) string {
	ns := c.Nanoseconds[i]
	if math.IsNaN(ns) {
		return "-"
	}
	mark := ""
	if !t.peers[i].accurate(c.Row, c.Precision) {
		mark = "~"
	}
	return mark + grouped(ns)
}

// grouped writes a time with three digits or more, and a comma at every thousand.
func grouped(ns float64) string {
	switch {
	case ns < 10:
		return strconv.FormatFloat(ns, 'f', 2, 64)
	case ns < 100:
		return strconv.FormatFloat(ns, 'f', 1, 64)
	}
	s := strconv.FormatFloat(ns, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func ratio(c Cell) string {
	if math.IsNaN(c.Ratio()) {
		return "-"
	}
	return strconv.FormatFloat(c.Ratio(), 'f', 2, 64)
}

func (t *Table) best(c Cell) string {
	if c.Best < 0 {
		return "-"
	}
	return t.peers[c.Best].Name
}

func (t *Table) writeRecord(fields ...string) {
	w := csv.NewWriter(t.w)
	if err := w.Write(fields); err != nil {
		panic(err)
	}
	w.Flush()
}

func (t *Table) writeJSON() error {
	type entry struct {
		Row         string             `json:"row"`
		Precision   string             `json:"precision"`
		N           int                `json:"n"`
		Nanoseconds map[string]float64 `json:"ns"`
		Best        string             `json:"best"`
		Ratio       *float64           `json:"ratio"`
	}
	entries := []entry{}
	for _, c := range t.cells {
		e := entry{Row: c.Row, Precision: c.Precision, N: c.N, Best: t.best(c)}
		e.Nanoseconds = map[string]float64{}
		for i, p := range t.peers {
			if !math.IsNaN(c.Nanoseconds[i]) {
				e.Nanoseconds[p.Name] = c.Nanoseconds[i]
			}
		}
		if r := c.Ratio(); !math.IsNaN(r) {
			e.Ratio = &r
		}
		entries = append(entries, e)
	}
	encoder := json.NewEncoder(t.w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(entries)
}
