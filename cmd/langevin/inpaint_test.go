package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// people writes a table of normal rows with correlation .95, in decimals, and returns the path.
func people(t *testing.T, dir string, rows int) string {
	t.Helper()
	z := make([]float32, 2*rows)
	kernels.Noise{Seed: 5}.Fill(z, 0)
	var text strings.Builder
	text.WriteString("\"height, cm\",weight\n")
	for i := range rows {
		a, b := float64(z[2*i]), float64(z[2*i+1])
		fmt.Fprintf(&text, "%.2f,%.1f\n", 170+10*a, 70+12*(0.95*a+math.Sqrt(1-0.95*0.95)*b))
	}
	path := filepath.Join(dir, "people.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestInpaintKnown: completions depend on what is known. Without training a model has the score of the normal distribution with
// the data's covariance, so that the correlation is theirs; where known values are lost it is near zero.
func TestInpaintKnown(t *testing.T) {
	dir := t.TempDir()
	data, model, holes, out := people(t, dir, 400), filepath.Join(dir, "m.st"), filepath.Join(dir, "holes.csv"), filepath.Join(dir, "out.csv")
	mustRun(t, "train", "--data", data, "--out", model, "--steps", "1", "--hidden", "4")
	var text strings.Builder
	text.WriteString("\"height, cm\",weight\n,\n") // a row of which nothing is known
	for i := range 400 {
		fmt.Fprintf(&text, "%d,\n", 150+i%41)
	}
	if err := os.WriteFile(holes, []byte(text.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "inpaint", "--model", model, "--data", holes, "--out", out)
	set, err := dataset.Open(out, dataset.Options{})
	if err != nil || set.X.Rows != 401 {
		t.Fatalf("%+v, %v", set, err)
	}
	if h, w := set.X.Row(0)[0], set.X.Row(0)[1]; math.Abs(h-170) > 60 || math.Abs(w-70) > 70 {
		t.Errorf("a row without a value becomes %v and %v", h, w)
	}
	var x, y, xx, yy, xy float64
	for i := range 400 {
		row := set.X.Row(i + 1)
		if row[0] != float64(150+i%41) {
			t.Fatalf("row %d is %v", i+2, row)
		}
		x, y, xx, yy, xy = x+row[0]/400, y+row[1]/400, xx+row[0]*row[0]/400, yy+row[1]*row[1]/400, xy+row[0]*row[1]/400
	}
	// Heights are uniform here, with a variance of 140 instead of 100.
	slope, rest := (xy-x*y)/(xx-x*x), math.Sqrt(yy-y*y-(xy-x*y)*(xy-x*y)/(xx-x*x))
	if math.Abs(slope-1.14) > 0.08 || math.Abs(rest-3.75) > 0.6 {
		t.Errorf("slope %.3f and deviation %.3f, want 1.14 and 3.75", slope, rest)
	}
}

// TestHide: columns go by name, or by number from 1 as everywhere.
func TestHide(t *testing.T) {
	dir := t.TempDir()
	data, model := people(t, dir, 60), filepath.Join(dir, "m.st")
	mustRun(t, "train", "--data", data, "--out", model, "--steps", "1", "--hidden", "4", "--levels", "4")
	m, err := smld.LoadModel(model)
	if err != nil {
		t.Fatal(err)
	}
	for hide, want := range map[string][]bool{
		"1": {true, false}, "2": {false, true}, "weight": {false, true}, "height, cm": {true, false}, "2,2": {false, true},
	} {
		if got, err := (&inpaint{Hide: hide}).hidden(m); err != nil || !slices.Equal(got, want) {
			t.Errorf("--hide %s: %v, %v, want %v", hide, got, err, want)
		}
	}
	for hide, want := range map[string]string{
		"0": "no column 0, they are numbered 1 to 2", "3": "no column 3", "1,weight": "not all", "width": "nor a file",
	} {
		if _, err := (&inpaint{Hide: hide}).hidden(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--hide %s: %v, want words %q", hide, err, want)
		}
	}
}

// TestDecimals: samples of a table have no more decimals than the data, as text and as an array, and the text is the array.
func TestDecimals(t *testing.T) {
	dir := t.TempDir()
	data, model, text, array := people(t, dir, 60), filepath.Join(dir, "m.st"), filepath.Join(dir, "x.csv"), filepath.Join(dir, "x.npy")
	mustRun(t, "train", "--data", data, "--out", model, "--steps", "2", "--hidden", "4", "--levels", "4")
	for _, out := range []string{text, array} {
		mustRun(t, "sample", "--model", model, "--n", "50", "--sampler", "heun", "--out", out)
	}
	a, err := dataset.Open(text, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := dataset.Open(array, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(a.X.Data, b.X.Data) {
		t.Error("the text has other samples than the array")
	}
	if c := a.Columns; c[0].Decimals != 2 || c[1].Decimals != 1 {
		t.Errorf("samples have %d and %d decimals, want 2 and 1", c[0].Decimals, c[1].Decimals)
	}
}

// TestDoubleComesBack: samples of an array of float64 are float64, of whole numbers too.
func TestDoubleComesBack(t *testing.T) {
	dir := t.TempDir()
	x := kernels.NewMatrix64(40, 2)
	for i := range x.Data {
		x.Data[i] = float64(i * i % 23)
	}
	for _, double := range []bool{true, false} {
		data, model, out := filepath.Join(dir, "d.npy"), filepath.Join(dir, "m.st"), filepath.Join(dir, "x.npy")
		if err := dataset.Write(data, dataset.Table{X: x, Double: double}); err != nil {
			t.Fatal(err)
		}
		mustRun(t, "train", "--data", data, "--out", model, "--steps", "2", "--batch", "4", "--hidden", "4", "--levels", "3")
		mustRun(t, "sample", "--model", model, "--n", "3", "--out", out)
		if text, err := os.ReadFile(out); err != nil || strings.Contains(string(text), "<f8") != double {
			t.Errorf("samples of float64: %v, %.80q, %v", double, text, err)
		}
	}
}
