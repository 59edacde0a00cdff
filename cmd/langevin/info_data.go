package main

import (
	"fmt"
	"io"
	"math"

	"github.com/seed964deb49/langevin/dataset"
)

// dataInfo is what info prints of data.
type dataInfo struct {
	Name    string          `json:"name"`
	Rows    int             `json:"rows"`
	Endless bool            `json:"endless"` // points without end, of which these are the first
	Shape   []int           `json:"shape"`   // of a row
	Image   *dataset.Image  `json:"image,omitempty"`
	Columns []columnSummary `json:"columns,omitempty"`
	Low     float64         `json:"low"`
	High    float64         `json:"high"`
	Missing int             `json:"missing"` // values
	Whole   bool            `json:"whole"`   // all are whole numbers
	Classes int             `json:"classes,omitempty"`
	About   string          `json:"about,omitempty"` // what was found out of the file
}

// columnSummary is what is known of a column.
type columnSummary struct {
	dataset.Column
	Missing int `json:"missing,omitempty"`
}

func describeData(set *dataset.Set) *dataInfo {
	d := &dataInfo{
		Name: set.Name, Rows: set.X.Rows, Endless: set.Fresh != nil, Shape: set.Shape, Image: set.Image, Whole: set.Whole,
		About: set.About, Low: math.Inf(1), High: math.Inf(-1),
	}
	missing := make([]int, set.X.Cols)
	for i := range set.X.Rows {
		for j, v := range set.X.Row(i) {
			if math.IsNaN(v) {
				missing[j]++
				d.Missing++
				continue
			}
			d.Low, d.High = min(d.Low, v), max(d.High, v)
		}
	}
	if d.Low > d.High { // nothing is there
		d.Low, d.High = 0, 0
	}
	for j, c := range set.Columns {
		d.Columns = append(d.Columns, columnSummary{c, missing[j]})
	}
	classes := map[int]bool{}
	for _, l := range set.Labels {
		classes[l] = true
	}
	d.Classes = len(classes)
	return d
}

// print prints the data in lines of two columns.
func (d *dataInfo) print(w io.Writer) {
	count := fmt.Sprint(d.Rows)
	if d.Endless {
		count = "without end"
	}
	fmt.Fprintf(w, "rows\t%s, of shape %v\n", count, d.Shape)
	values := fmt.Sprintf("%.6g to %.6g", d.Low, d.High)
	if d.Whole {
		values += ", whole numbers"
	}
	if d.Missing > 0 {
		values += fmt.Sprintf(", %d missing", d.Missing)
	}
	fmt.Fprintf(w, "values\t%s\n", values)
	if d.Image != nil {
		fmt.Fprintf(w, "images\t%dx%d, channels %d\n", d.Image.Height, d.Image.Width, d.Image.Channels)
	}
	if d.Classes > 0 {
		fmt.Fprintf(w, "classes\t%d\n", d.Classes)
	}
	if d.About != "" {
		fmt.Fprintf(w, "read as\t%s\n", d.About)
	}
	const most = 50
	for j, c := range d.Columns[:min(most, len(d.Columns))] {
		c.print(w, j)
	}
	if rest := len(d.Columns) - most; rest > 0 {
		fmt.Fprintf(w, "  ...\t%d columns more, which --json has\n", rest)
	}
}

func (c *columnSummary) print(w io.Writer, j int) {
	name := c.Name
	if name == "" {
		name = fmt.Sprint(j + 1)
	}
	text := fmt.Sprintf("%s, %.6g to %.6g", c.Kind, c.Low, c.High)
	if c.Kind == dataset.Category {
		text = fmt.Sprintf("%s, %d of them", c.Kind, len(c.Categories))
	}
	if c.Missing > 0 {
		text += fmt.Sprintf(", %d missing", c.Missing)
	}
	fmt.Fprintf(w, "  %s\t%s\n", name, text)
}
