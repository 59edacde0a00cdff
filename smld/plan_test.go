package smld

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestRowSteps: there are 768 passes over the rows where there are thirty rows for each coordinate, and fewer
// where there are fewer rows. The number of steps is bounded.
func TestRowSteps(t *testing.T) {
	for _, c := range []struct{ rows, width, want int }{
		{2000, 5, 6000}, {1000, 150, 666}, {400, 2000, 100}, {30, 2, 100}, {1_000_000, 5, 12_000},
		{5, 1, 100},
	} {
		if got := rowSteps(c.rows, c.width, 256); got != c.want {
			t.Errorf("%d rows of %d coordinates: %d steps, want %d", c.rows, c.width, got, c.want)
		}
	}
}

// TestLowRank: a few steps with the settings for rows keep the variance of data near a subspace, and the
// noise about it.
func TestLowRank(t *testing.T) {
	long(t)
	const n, d, rank, noise = 1000, 150, 5, 0.05
	x := dependent(n, d, rank)
	kernels.AddNoise(x.Data, x.Data, noise, kernels.Noise{Seed: 9}, 0)
	set := rowsOf(x)
	data := must[*Data](t)(NewData(set, DataConfig{Seed: 1}))
	plan := Choose(data, 1)
	if plan.Model.Preconditioning != Linear {
		t.Fatalf("the preconditioning for rows is %s", plan.Model.Preconditioning)
	}
	plan.Train.Steps, plan.Train.WarmUp = 100, 10
	model := must[*Model](t)(plan.Fit(t.Context(), data, nil))
	sampler := must[Sampler](t)(NewSampler("heun", model.Levels(), Options{"Levels": 20}))
	samples, _, err := model.Draw(t.Context(), sampler, n, Numbers{Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := model.Rows(samples)
	signal, rest := lowRankOf(t, set.X, rank, rows)
	trueSignal, trueRest := lowRankOf(t, set.X, rank, set.X)
	if signal < 0.94*trueSignal || signal > 1.06*trueSignal || rest > 1.3*trueRest || rest < 0.8*trueRest {
		t.Errorf("variance of the signal %.1f and noise %.4f, those of the data are %.1f and %.4f",
			signal, rest, trueSignal, trueRest)
	}
}

// rowsOf returns a set of rows of numbers.
func rowsOf(x kernels.Matrix) *dataset.Set {
	set := &dataset.Set{
		X: kernels.NewMatrix64(x.Rows, x.Cols), Shape: []int{x.Cols}, Columns: make([]dataset.Column, x.Cols),
	}
	for i, v := range x.Data {
		set.X.Data[i] = float64(v)
	}
	return set
}

// lowRankOf returns the variance of rows along the leading axes of data, and the standard deviation of a
// coordinate across them.
func lowRankOf(t *testing.T, data kernels.Matrix64, rank int, rows kernels.Matrix64) (along, across float64) {
	t.Helper()
	var pc stat.PC
	wide := mat.NewDense(data.Rows, data.Cols, data.Data)
	if !pc.PrincipalComponents(wide, nil) {
		t.Fatal("no principal components")
	}
	var axes, z mat.Dense
	pc.VectorsTo(&axes)
	lead := axes.Slice(0, data.Cols, 0, rank)
	x := mat.NewDense(rows.Rows, rows.Cols, append([]float64(nil), rows.Data...))
	for j := range rows.Cols {
		mean := stat.Mean(mat.Col(nil, j, x), nil)
		for i := range rows.Rows {
			x.Set(i, j, x.At(i, j)-mean)
		}
	}
	z.Mul(x, lead)
	var back mat.Dense
	back.Mul(&z, lead.T())
	back.Sub(x, &back)
	along = math.Pow(mat.Norm(&z, 2), 2) / float64(rows.Rows)
	return along, mat.Norm(&back, 2) / math.Sqrt(float64(rows.Rows*rows.Cols))
}

// TestManyDimensions: with the settings for rows, samples of more coordinates than there are rows have the
// length of the data, and lie in their subspace.
func TestManyDimensions(t *testing.T) {
	const n, d, rank = 80, 600, 8
	set := rowsOf(dependent(n, d, rank))
	data := must[*Data](t)(NewData(set, DataConfig{Seed: 1}))
	plan := Choose(data, 1)
	plan.Train.Steps, plan.Train.WarmUp, plan.Model.Hidden = 20, 2, []int{16}
	model := must[*Model](t)(plan.Fit(t.Context(), data, nil))
	sampler := must[Sampler](t)(NewSampler("heun", model.Levels(), Options{"Levels": 20}))
	samples, _, err := model.Draw(t.Context(), sampler, n, Numbers{Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	along, across := lowRankOf(t, set.X, rank, model.Rows(samples))
	want, _ := lowRankOf(t, set.X, rank, set.X)
	if !(math.Abs(along/want-1) < 0.25) || across > 0.02*math.Sqrt(want/d) {
		t.Errorf("variance %.1f and deviation across %.4f, those of the data are %.1f and 0",
			along, across, want)
	}
}
