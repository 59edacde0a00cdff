package main

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// twoModes returns points of a column with the modes -1 and 1, of standard deviation 0.2, and of another one
// that depends on it: the standard deviations are 1.02 and 0.59, and the correlation is 0.86.
func twoModes(n int) kernels.Matrix64 {
	x, z := kernels.NewMatrix64(n, 2), kernels.NewMatrix(n, 2)
	kernels.Noise{Seed: 3}.Fill(z.Data, 0)
	for i := range n {
		row := x.Row(i)
		row[0] = float64(2*(i%2)-1) + 0.2*float64(z.Row(i)[0])
		row[1] = 0.5*row[0] + 0.3*float64(z.Row(i)[1])
	}
	return x
}

// modeFigures returns the standard deviations and the correlation of two columns, and the share of the first
// one that lies between its modes.
func modeFigures(x kernels.Matrix64) (figures [4]float64) {
	var sum, square [2]float64
	product, n := 0.0, float64(x.Rows)
	for i := range x.Rows {
		row := x.Row(i)
		for j, v := range row {
			sum[j] += v / n
			square[j] += v * v / n
		}
		product += row[0] * row[1] / n
		if math.Abs(row[0]) < 0.4 {
			figures[3] += 1 / n
		}
	}
	for j := range sum {
		figures[j] = math.Sqrt(square[j] - sum[j]*sum[j])
	}
	figures[2] = (product - sum[0]*sum[1]) / (figures[0] * figures[1])
	return figures
}

// TestUnitsOfColumns: whatever the units and the origin of columns, samples have their modes, standard
// deviations and correlation.
func TestUnitsOfColumns(t *testing.T) {
	in := t.TempDir()
	data, model, out := filepath.Join(in, "x.npy"), filepath.Join(in, "m.st"), filepath.Join(in, "y.npy")
	points := twoModes(1000)
	for _, c := range []struct {
		name          string
		first, second float64 // units
		origin        float64
		double        bool
	}{
		{"units of one", 1, 1, 0, true},
		{"a wide column", 1, 1000, 0, false},
		{"a column wider than single precision tells", 1, 1e9, 0, false},
		{"far from zero", 1, 1, 1e5, true},
		{"very far from zero", 1, 1, -1e10, true},
		{"tiny", 1e-25, 1e-25, 0, false},
		{"about the least single", 1e-38, 1e-38, 0, false},
		{"about the largest single", 1e38, 1e38, 0, false},
		{"beyond singles", 1e-200, 1e300, 0, true},
	} {
		x := kernels.NewMatrix64(points.Rows, 2)
		for i := range x.Rows {
			x.Row(i)[0] = points.Row(i)[0]*c.first + c.origin
			x.Row(i)[1] = points.Row(i)[1]*c.second + c.origin
		}
		if err := dataset.Write(data, dataset.Table{X: x, Double: c.double}); err != nil {
			t.Fatal(err)
		}
		mustRun(t, "train", "--data", data, "--out", model, "--steps", "400", "--batch", "128",
			"--hidden", "32,32", "--rate", "0.01")
		mustRun(t, "sample", "--model", model, "--n", "600", "--sampler", "heun", "--levels", "20", "--out", out)
		set, err := dataset.Open(out, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range set.X.Rows {
			row := set.X.Row(i)
			row[0], row[1] = (row[0]-c.origin)/c.first, (row[1]-c.origin)/c.second
		}
		got, want := modeFigures(set.X), modeFigures(points)
		t.Logf("%s: %.3f", c.name, got)
		for k, most := range []float64{0.06, 0.04, 0.03, 0.06} {
			if !(math.Abs(got[k]-want[k]) < most) {
				t.Errorf("%s: standard deviations, correlation and share between the modes are %.3f, want %.3f",
					c.name, got, want)
				break
			}
		}
	}
}
