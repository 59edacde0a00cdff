package live

import (
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// Kinds of data.
const (
	planeKind = "plane" // two columns of numbers
	imageKind = "image"
	tableKind = "table"
)

// kindOf returns the kind of data with an encoding.
func kindOf(e *smld.Encoding, shape []int) string {
	switch {
	case e == nil && len(shape) == 2 || e != nil && e.Image != nil:
		return imageKind
	case e == nil && len(shape) == 1 && shape[0] == 2:
		return planeKind
	case e != nil && len(e.Columns) == 2 && numeric(e.Columns[0]) && numeric(e.Columns[1]):
		return planeKind
	}
	return tableKind
}

func numeric(c dataset.Column) bool { return c.Kind != dataset.Category }

// affine reports whether an encoding of a plane is one of scales and shifts alone, so that noise of a level is
// the same everywhere in it.
func affine(e *smld.Encoding) bool {
	if e == nil {
		return true
	}
	for j, c := range e.Coordinates {
		if c.Column != j || c.Is != nil || c.Tail {
			return false
		}
	}
	return len(e.Coordinates) == len(e.Columns)
}

// shown returns points as a page shows them, in units of the data. Those of a plane are not rounded.
func shown(m *smld.Model, points kernels.Matrix) []float64 {
	values := make([]float64, 0, points.Rows*points.Cols)
	if kindOf(m.Encoding, m.Data.Shape) == planeKind && affine(m.Encoding) {
		for i := range points.Rows {
			for j, v := range points.Row(i) {
				values = append(values, toData(m.Encoding, j, float64(v)))
			}
		}
		return values
	}
	rows := m.Rows(points)
	for i := range rows.Rows {
		values = append(values, rows.Row(i)...)
	}
	return values
}

// toData returns coordinate j of a point in units of the data, of an encoding that is affine.
func toData(e *smld.Encoding, j int, x float64) float64 {
	if e == nil {
		return x
	}
	return math.FMA(x, e.Coordinates[j].Scale, e.Coordinates[j].Mean)
}

// toModel is the inverse of toData.
func toModel(e *smld.Encoding, j int, x float64) float64 {
	if e == nil {
		return x
	}
	return (x - e.Coordinates[j].Mean) / e.Coordinates[j].Scale
}

// scaleOf returns what a unit of coordinate j is in units of the data.
func scaleOf(e *smld.Encoding, j int) float64 {
	if e == nil {
		return 1
	}
	return e.Coordinates[j].Scale
}

// imageFormat describes images, or is nil.
func imageFormat(i *dataset.Image) *ImageFormat {
	if i == nil {
		return nil
	}
	return &ImageFormat{Height: i.Height, Width: i.Width, Channels: i.Channels}
}

// ranges returns the least and greatest value of each column; of images one for all.
func ranges(e *smld.Encoding, d smld.Description) (low, high []float64) {
	if e == nil || e.Image != nil {
		if e != nil {
			return []float64{e.Low}, []float64{e.High}
		}
		low, high = []float64{float64(d.Low)}, []float64{float64(d.High)}
		if len(d.Shape) == 1 {
			for range d.Shape[0] - 1 {
				low, high = append(low, low[0]), append(high, high[0])
			}
		}
		return low, high
	}
	for _, c := range e.Columns {
		low, high = append(low, c.Low), append(high, c.High)
	}
	return low, high
}

// names returns the names of columns.
func names(columns []dataset.Column) []string {
	all := make([]string, len(columns))
	for j := range columns {
		all[j] = metrics.ColumnName(columns, j)
	}
	return all
}
