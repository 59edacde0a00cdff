package smld

import (
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestEncodingCheck: values that a model cannot tell from those that it knows are errors, and holes are not.
func TestEncodingCheck(t *testing.T) {
	set := tableOf([]float64{7, 7, 7, 7}, []float64{0, 1, 0, 3}, []float64{0.5, 1.25, 2, 3})
	set.Columns[1].Name = "flag"
	e, _ := encodedPoints(t, set)
	if err := e.Check(set.X); err != nil {
		t.Error(err)
	}
	tenths := tableOf([]float64{0.1, 0.3, 0.7, 1.1})
	if e := must[*Encoding](t)(NewEncoding(tenths, EncodingConfig{Bin: 0.1})); e.Check(tenths.X) != nil {
		t.Error(e.Check(tenths.X))
	}
	for _, c := range []struct {
		row  []float64
		want string
	}{
		{[]float64{7, 2, -9}, ""},
		{[]float64{math.NaN(), math.NaN(), math.NaN()}, ""},
		{[]float64{8, 1, 1}, "row 1, column 1: the value is 8"},
		{[]float64{7, 2.5, 1}, `row 1, column 2 ("flag"): the value is 2.5`},
	} {
		err := e.Check(kernels.Matrix64{Rows: 1, Cols: 3, Stride: 3, Data: c.row})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.row, err, c.want)
		}
	}
}
