package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/smld"
)

// modelInfo is what info prints of a model.
type modelInfo struct {
	Data            smld.Description `json:"data"`
	Dim             int              `json:"dim"` // coordinates of a point
	Preconditioning string           `json:"preconditioning"`
	Layers          []int            `json:"layers"` // sizes of input, hidden layers and output
	Residual        bool             `json:"residual"`
	Parameters      int              `json:"parameters"`
	AugmentLabels   int              `json:"augmentLabels"`
	SigmaMax        float64          `json:"sigmaMax"`
	SigmaMin        float64          `json:"sigmaMin"`
	Levels          int              `json:"levels"`
	Unit            string           `json:"unit"` // of the noise levels
	Std             float32          `json:"std"`  // of the points
	Encoding        *smld.Encoding   `json:"encoding,omitempty"`
	Samplers        []samplerInfo    `json:"samplers"` // with the defaults
}

// samplerInfo is a hint at a sampler.
type samplerInfo struct {
	Name        string `json:"name"`
	Defaults    string `json:"defaults"`
	Description string `json:"description"`
}

func describeModel(m *smld.Model) *modelInfo {
	levels := m.Levels()
	d := &modelInfo{
		Data: m.Data, Dim: m.Dim(), Preconditioning: string(m.Preconditioning), Layers: m.Net.Sizes, Residual: m.Net.Residual,
		Parameters: len(m.Net.Block), AugmentLabels: m.AugmentLabels, SigmaMax: levels.Max, SigmaMin: levels.Min,
		Levels: len(m.Sigmas), Unit: "in units of the data", Std: m.Std, Encoding: m.Encoding,
	}
	if m.Encoding != nil {
		d.Unit = m.Encoding.Unit()
	}
	for _, s := range smld.Samplers() {
		var defaults []string
		for _, o := range s.List() {
			if o.Default != "" {
				defaults = append(defaults, fmt.Sprintf("--%s %s", setup.OptionFlag(o.Name), o.Default))
			}
		}
		d.Samplers = append(d.Samplers, samplerInfo{s.Name, strings.Join(defaults, " "), s.Doc})
	}
	return d
}

// print prints the model in lines of two columns.
func (d *modelInfo) print(w io.Writer) {
	fmt.Fprintf(w, "data\t%s, rows of shape %v, values %.6g to %.6g\n", d.Data.Name, d.Data.Shape, d.Data.Low, d.Data.High)
	kind := "plain"
	if d.Residual {
		kind = "residual"
	}
	layers := d.Layers
	fmt.Fprintf(w, "network\t%s, %d inputs, hidden layers %s, %d outputs, %d parameters\n",
		kind, layers[0], setup.Sizes(layers[1:len(layers)-1]), layers[len(layers)-1], d.Parameters)
	fmt.Fprintf(w, "preconditioning\t%s\n", d.Preconditioning)
	fmt.Fprintf(w, "noise levels\t%.6g to %.6g %s, %d of them; the points' standard deviation is %.4g\n",
		d.SigmaMax, d.SigmaMin, d.Unit, d.Levels, d.Std)
	if d.AugmentLabels > 0 {
		fmt.Fprintf(w, "augment labels\t%d\n", d.AugmentLabels)
	}
	if classes := d.Data.Classes; len(classes) > 0 {
		fmt.Fprintf(w, "classes\t%d, %s\n", len(classes), setup.ClassList(classes))
	}
	d.printEncoding(w)
	fmt.Fprintf(w, "samplers\t%s by default; langevin sample --help has all, and their options\n",
		smld.DefaultSampler)
}

// printEncoding prints how columns become coordinates.
func (d *modelInfo) printEncoding(w io.Writer) {
	e := d.Encoding
	switch {
	case e == nil:
		fmt.Fprintf(w, "points\t%d coordinates, the values of a row\n", d.Dim)
		return
	case e.Image != nil:
		first := e.Coordinates[0]
		fmt.Fprintf(w, "points\t%d coordinates, the pixels of %dx%dx%d images, over %.4g\n",
			d.Dim, e.Image.Height, e.Image.Width, e.Image.Channels, first.Scale)
		return
	}
	fmt.Fprintf(w, "points\t%d coordinates of %d columns\n", d.Dim, len(e.Columns))
	const most = 50
	for k, column := range e.Columns[:min(most, len(e.Columns))] {
		name := column.Name
		if name == "" {
			name = fmt.Sprint(k + 1)
		}
		fmt.Fprintf(w, "  %s\t%s, %s\n", name, column.Kind, encodedAs(e, k))
	}
	if rest := len(e.Columns) - most; rest > 0 {
		fmt.Fprintf(w, "  ...\t%d columns more, which --json has\n", rest)
	}
}

// encodedAs says in words what coordinates a column has.
func encodedAs(e *smld.Encoding, column int) string {
	var parts []string
	indicators := 0
	for _, c := range e.Coordinates {
		switch {
		case c.Column != column:
		case c.Is != nil:
			indicators++
		default:
			part := fmt.Sprintf("(x - %.6g)/%.6g", c.Mean, c.Scale)
			if c.Bin > 0 {
				part += fmt.Sprintf(", spread over %g by training", c.Bin)
			}
			if c.Tail {
				part += ", logarithmic far out"
			}
			parts = append(parts, part)
		}
	}
	if indicators > 0 {
		parts = append(parts, fmt.Sprintf("%d indicators", indicators))
	}
	if len(parts) == 0 {
		return fmt.Sprintf("always %g", e.Columns[column].Low)
	}
	return strings.Join(parts, ", ")
}
