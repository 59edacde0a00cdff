package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Check returns an error that names the first value which no row of the encoding's data could have. That is
// another value in a column with a single one, or a value between the steps of a column of whole numbers.
// Encode would not see the difference. NaN is a hole, and passes.
func (e *Encoding) Check(data kernels.Matrix64) error {
	if e.Columns == nil {
		return nil
	}
	const rounding = 1e-6 // of steps that are no binary fractions
	steps, free := make([]float64, len(e.Columns)), make([]bool, len(e.Columns))
	for _, c := range e.Coordinates {
		free[c.Column] = true
		steps[c.Column] = max(steps[c.Column], c.Step)
	}
	for i := range data.Rows {
		for k, v := range data.Row(i) {
			info := &e.Columns[k]
			switch {
			case math.IsNaN(v):
			case !free[k] && v != info.Low:
				return fmt.Errorf("row %d, column %s: the value is %v, and the model knows %v alone there",
					i+1, e.columnName(k), v, info.Low)
			case steps[k] > 0 && math.Abs(round(v, info.Low, steps[k])-v) > rounding*steps[k]:
				return fmt.Errorf("row %d, column %s: the value is %v, and the model knows %v "+
					"and what is whole steps of %v from there alone",
					i+1, e.columnName(k), v, info.Low, steps[k])
			}
		}
	}
	return nil
}

func (e *Encoding) columnName(k int) string {
	if name := e.Columns[k].Name; name != "" {
		return fmt.Sprintf("%d (%q)", k+1, name)
	}
	return fmt.Sprint(k + 1)
}
