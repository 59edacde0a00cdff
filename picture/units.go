package picture

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Units say what points of the plane in the units of a score are in those of the data: Mean + Scale*x. The zero
// value says that the units are the same.
type Units struct{ Mean, Scale [2]float64 }

// UnitsOf returns the units of a model of points of the plane. A tail, which is logarithmic, counts as if it were not.
func UnitsOf(m *smld.Model) (Units, error) {
	u := Units{Scale: [2]float64{1, 1}}
	columns := ColumnsOf(m)
	if len(columns) != 2 || m.Dim() != 2 || columns[0].Kind == dataset.Category || columns[1].Kind == dataset.Category {
		return u, fmt.Errorf("the model is of %s, whose rows have the shape %v: want points of the plane, two columns of numbers",
			m.Data.Name, m.Data.Shape)
	}
	if m.Encoding != nil {
		for j, c := range m.Encoding.Coordinates {
			if c.Is != nil || c.Column != j {
				return u, fmt.Errorf("the model of %s takes values of its columns apart: want two columns of numbers that do not repeat", m.Data.Name)
			}
			u.Mean[j], u.Scale[j] = c.Mean, c.Scale
		}
	}
	return u, nil
}

func (u Units) scale(j int) float64 {
	if u.Scale[j] == 0 {
		return 1
	}
	return u.Scale[j]
}

// Data returns points in units of the data.
func (u Units) Data(x kernels.Matrix) kernels.Matrix64 {
	rows := kernels.NewMatrix64(x.Rows, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			rows.Row(i)[j] = u.Mean[j] + float64(u.scale(j)*float64(v))
		}
	}
	return rows
}

// noisyRows returns rows of data that points stand for, without rounding, and beyond the range of the data too.
// Columns that are not numbers are as Model.Rows has them for the point zero.
func noisyRows(m *smld.Model, points kernels.Matrix) kernels.Matrix64 {
	if m.Encoding == nil {
		return widened(points)
	}
	base := m.Rows(kernels.NewMatrix(1, points.Cols))
	rows := kernels.NewMatrix64(points.Rows, base.Cols)
	for i := range points.Rows {
		row := rows.Row(i)
		copy(row, base.Row(0))
		for j, c := range m.Encoding.Coordinates {
			if c.Is == nil {
				row[c.Column] = c.Mean + float64(c.Scale*float64(points.Row(i)[j]))
			}
		}
	}
	return rows
}

// widened returns a matrix in float64.
func widened(x kernels.Matrix) kernels.Matrix64 {
	rows := kernels.NewMatrix64(x.Rows, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			rows.Row(i)[j] = float64(v)
		}
	}
	return rows
}
