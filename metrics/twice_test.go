package metrics

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// TestEveryRowTwice: the floor of data that divide into equal halves is that of random halves, and not what
// rounding leaves of a distance of zero.
func TestEveryRowTwice(t *testing.T) {
	data, again, x := normals(60, 3, 1), kernels.NewMatrix(60, 3), normals(60, 3, 2)
	for i := range again.Rows {
		copy(again.Row(i), data.Row(again.Rows-1-i)) // in another order
	}
	for name, measure := range map[string]func(a, b kernels.Matrix) Measure{
		"Fréchet":     func(a, b kernels.Matrix) Measure { return made(FrechetMeasure(a, b)) },
		"Wasserstein": func(a, b kernels.Matrix) Measure { return made(WassersteinMeasure(a, b)) },
		"sliced":      func(a, b kernels.Matrix) Measure { return made(SlicedMeasure(a, b, 8, 1)) },
	} {
		ofData := measure(again, data)
		if v := ofData.Value(); math.Abs(v) > 1e-9 {
			t.Fatalf("%s: equal halves are %v apart", name, v)
		}
		c := Compare(name, measure(x, data), ofData, false, 1)
		if !(c.Floor > 1e-3) || c.Ratio == nil || *c.Ratio > 20 {
			t.Errorf("%+v", c)
		}
	}
	text, err := json.Marshal(Comparison{Name: "floor 0"})
	if err != nil || strings.Contains(string(text), "ratio") {
		t.Errorf("a measure without a ratio is %s, %v", text, err)
	}
}
