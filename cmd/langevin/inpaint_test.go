package main

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestInpaintNormal: of standard normal columns with the correlation 0.9, what is filled in has the slope 0.9 on
// what is known, and the standard deviation 0.44 about it.
func TestInpaintNormal(t *testing.T) {
	const n = 300
	in := t.TempDir()
	data, holes := filepath.Join(in, "x.npy"), filepath.Join(in, "holes.csv")
	model, out := filepath.Join(in, "m.st"), filepath.Join(in, "y.npy")
	x := kernels.NewMatrix64(1000, 2)
	z := kernels.NewMatrix(x.Rows, x.Cols)
	kernels.Noise{Seed: 5}.Fill(z.Data, 0)
	for i := range x.Rows {
		x.Row(i)[0] = float64(z.Row(i)[0])
		x.Row(i)[1] = 0.9*x.Row(i)[0] + math.Sqrt(0.19)*float64(z.Row(i)[1])
	}
	if err := dataset.Write(data, dataset.Table{X: x}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "train", "--data", data, "--out", model, "--steps", "20", "--batch", "64", "--hidden", "16")
	for i := range n {
		x.Row(i)[0] = math.NaN()
	}
	if err := dataset.Write(holes, dataset.Table{X: x.Slice(0, n)}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "inpaint", "--model", model, "--data", holes, "--levels", "30", "--out", out)
	set, err := dataset.Open(out, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	product, square, rest := 0.0, 0.0, 0.0
	for i := range n {
		product += set.X.Row(i)[0] * set.X.Row(i)[1]
		square += set.X.Row(i)[1] * set.X.Row(i)[1]
	}
	slope := product / square
	for i := range n {
		d := set.X.Row(i)[0] - slope*set.X.Row(i)[1]
		rest += d * d / n
	}
	if std := math.Sqrt(rest); set.X.Rows != n || math.Abs(slope-0.9) > 0.08 || math.Abs(std-0.44) > 0.06 {
		t.Errorf("%d rows with the slope %.3f and the standard deviation %.3f, want 0.9 and 0.44", set.X.Rows, slope, std)
	}
}
