package picture

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// SamplesOptions say how samples of a model are drawn. The zero value draws them as they are.
type SamplesOptions struct {
	Title string
	// True are true points, rows of data, to lie behind those samples that are no images; or without rows.
	True kernels.Matrix64
	// Columns are those of a grid of images; 0 makes it nearly square. Names are above the columns.
	Columns int
	Names   []string
}

// Samples draws rows of data of a model, as Model.Rows returns them: images in a grid, points of the plane as a
// scatter plot, and tables as pair plots.
func Samples(m *smld.Model, rows kernels.Matrix64, o SamplesOptions) (*Picture, error) {
	if f := ImagesOf(m); f != nil {
		f.Columns, f.Names = o.Columns, o.Names
		return Grid(rows, *f)
	}
	sets := []Points{{X: rows}}
	if o.True.Rows > 0 {
		sets = []Points{{Name: "true points", X: o.True, True: true}, {Name: "samples", X: rows}}
	}
	columns := ColumnsOf(m)
	if plane(columns) {
		return Scatter(Plane{Title: o.Title, Names: [2]string{columns[0].Name, columns[1].Name}}, sets...)
	}
	return Pairs(columns, sets...)
}

// CheckSamples returns an error for a model of whose samples there is no picture.
func CheckSamples(m *smld.Model) error {
	if ImagesOf(m) == nil && len(ColumnsOf(m)) == 0 {
		return fmt.Errorf("cannot draw samples of shape %v: want images (two dimensions, or a third of 3 for colours; "+
			"rows of numbers are such by train --shape), points of the plane or rows of a table", m.Data.Shape)
	}
	return nil
}

// ImagesOf returns how the samples of a model are images, or nil where they are none.
func ImagesOf(m *smld.Model) *Images {
	if f := m.Image(); f != nil {
		return &Images{Image: *f, Low: m.Data.Low, High: m.Data.High}
	}
	return nil
}

// ColumnsOf returns the columns of a model's data, or nil for rows that are no table.
func ColumnsOf(m *smld.Model) []dataset.Column {
	if len(m.Data.Shape) != 1 || m.Image() != nil {
		return nil
	}
	if m.Encoding != nil && m.Encoding.Columns != nil {
		return m.Encoding.Columns
	}
	columns := make([]dataset.Column, m.Data.Shape[0])
	for j := range columns {
		columns[j].Kind = dataset.Number
	}
	return columns
}

// plane tells whether columns are those of points of the plane.
func plane(columns []dataset.Column) bool {
	return len(columns) == 2 && columns[0].Kind == dataset.Number && columns[1].Kind == dataset.Number
}
