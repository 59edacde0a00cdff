package metrics

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// TestErrors: data that no measure is known for are errors that name what is wrong, and where.
func TestErrors(t *testing.T) {
	nan := math.NaN()
	m, err := smld.NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 2), []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	x, one, bad := normals(4, 2, 1), normals(1, 2, 1), normals(4, 2, 1)
	bad.Row(1)[1] = float32(nan)
	x64, bad64 := numbers(4, 2, 1), numbers(4, 2, 1)
	bad64.Data[5] = math.Inf(1)
	columns := []dataset.Column{{Name: "a"}, {}}
	unknown := errors.New("unknown")
	densities := func(err error) func([]float64, kernels.Matrix) error {
		return func([]float64, kernels.Matrix) error { return err }
	}
	for _, c := range []struct {
		want string
		call func() error
	}{
		{"KS of samples of 0 and 1", func() error { _, _, err := KS(nil, []float64{1}); return err }},
		{"of samples of 1 and 0", func() error { _, err := TotalVariation([]float64{1}, nil); return err }},
		{"value 2 of sample 1 is NaN", func() error { _, _, err := KS([]float64{1, nan}, []float64{1}); return err }},
		{"value 1 of sample 2 is NaN", func() error { _, err := MeanMeasure([]float64{1}, []float64{nan}); return err }},
		{"value 1 of sample 1", func() error { _, err := CompareMeans("m", []float64{nan}, []float64{1}, 1); return err }},
		{"want at least one of each", func() error {
			_, _, err := CompareColumns(x64, x64, numbers(0, 2, 1), columns, 1)
			return err
		}},
		{"row 3, column column 2 of set 2", func() error {
			_, _, err := CompareColumns(x64, bad64, x64, columns, 1)
			return err
		}},
		{"set 2", func() error { _, err := CorrelationMeasure(x64, bad64); return err }},
		{"4 and 1 rows of features", func() error { _, err := Frechet(x, one); return err }},
		{"1 and 4 rows of features", func() error { _, err := Frechet(one, x); return err }},
		{"point", func() error { _, err := FrechetMeasure(bad, x); return err }},
		{"point", func() error { _, err := WassersteinMeasure(x, bad); return err }},
		{"point", func() error { _, err := SlicedMeasure(bad, x, 3, 1); return err }},
		{"bandwidth", func() error { _, err := MMDMeasure(x, x, nan); return err }},
		{"0 directions", func() error { _, err := SlicedMeasure(x, x, 0, 1); return err }},
		{"want 1 or 2", func() error { _, err := SlicedWasserstein(Sample{X: x}, Sample{X: x}, 3, 1, 1); return err }},
		{"noise of level -1", func() error { _, _, err := KL(m, densities(nil), x, -1, 1); return err }},
		{"unknown", func() error { _, _, err := KL(m, densities(unknown), x, 1, 1); return err }},
		{"dimension 2, the mixture of 1", func() error {
			line, err := smld.NewGaussianMixture([]float64{1}, kernels.NewMatrix(1, 1), []float64{1})
			if err == nil {
				_, err = ScoreErrors(m, line, []float32{1}, 5, 1)
			}
			return err
		}},
		{"0 points", func() error { _, err := ScoreErrors(m, m, []float32{1}, 0, 1); return err }},
	} {
		if err := c.call(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if mean, se := Mean(nil); !math.IsNaN(mean) || !math.IsNaN(se) {
		t.Errorf("the mean of nothing is %v ± %v", mean, se)
	}
	for name, f := range map[string]func(){
		"columns":    func() { _, _, _ = CompareColumns(x64, x64, x64, columns[:1], 1) },
		"indicators": func() { Indicators(x64, columns[:1]) },
		"features":   func() { _, _ = Frechet(x, normals(4, 3, 1)) },
		"KL":         func() { _, _, _ = KL(m, nil, normals(4, 3, 1), 1, 1) },
		"nearest":    func() { Nearest(x, kernels.NewMatrix(0, 2)) },
		"weights":    func() { _, _ = SlicedWasserstein(Sample{x, []float64{1}}, Sample{X: x}, 1, 1, 1) },
		"sliced":     func() { _, _ = SlicedWasserstein(Sample{X: normals(4, 3, 1)}, Sample{X: x}, 1, 1, 1) },
	} {
		if message := panicOf(f); !strings.HasPrefix(message, "metrics: ") {
			t.Errorf("%s: panic %q", name, message)
		}
	}
}
