package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/smld"
)

// readFlags say how a file of data is read.
type readFlags struct {
	Delimiter string `json:"delimiter,omitempty" placeholder:"CHAR" help:"What parts the cells of a text: a character, tab or space. By default it is found out."`
	Header    string `json:"header,omitempty" placeholder:"yes|no" help:"Whether a text begins with a line of names. By default it is found out."`
	Shape     string `json:"shape,omitempty" placeholder:"HxW" help:"Shape of the images that rows of numbers are, such as 28x28, or 28x28x3 in colour."`
}

// options returns the options of reading.
func (f *readFlags) options() (dataset.Options, error) {
	o := dataset.Options{Delimiter: f.Delimiter, Header: f.Header}
	if f.Shape != "" {
		for part := range strings.SplitSeq(f.Shape, "x") {
			n, err := strconv.Atoi(part)
			if err != nil || n < 1 {
				return o, usage("--shape %s: want whole numbers with x between them, such as 28x28", f.Shape)
			}
			o.Shape = append(o.Shape, n)
		}
	}
	return o, nil
}

// load reads data that a model is to see: its columns where it has names for them, and its shape where rows are flat.
func (f *readFlags) load(name string, seed uint64, m *smld.Model, missing bool) (*dataset.Set, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	o.Missing = missing
	width := m.Dim()
	if e := m.Encoding; e != nil {
		width = e.Width()
		if !slices.Contains(dataset.Names(), name) {
			o.Like = e.Columns
		}
	}
	set, err := dataset.Load(name, seed, o)
	if err != nil {
		return nil, err
	}
	if set.X.Cols != width {
		return nil, fmt.Errorf("the model is of rows of %d values, %s has %d", width, name, set.X.Cols)
	}
	if image := m.Image(); image != nil && set.Image != nil && *image != *set.Image {
		return nil, fmt.Errorf("the model is of images of the shape %v, %s has some of %v", m.Data.Shape, name, set.Shape)
	}
	if m.Encoding != nil && set.Fresh == nil {
		if err := m.Encoding.Check(set.X); err != nil {
			return nil, fmt.Errorf("%s is other data than the model is of: %w", name, err)
		}
	}
	return set, nil
}
