package smld_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Annealed Langevin dynamics with an exact score finds both modes of a mixture, in their proportion.
func ExampleAnnealedLangevin() {
	means := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{-4, 4}}
	mixture, err := smld.NewGaussianMixture([]float64{0.25, 0.75}, means, []float64{0.5, 0.5})
	if err != nil {
		panic(err)
	}
	sigmas, err := smld.Geometric(10, 0.1, 40)
	if err != nil {
		panic(err)
	}
	steps, err := smld.AnnealedLangevin(sigmas, 0.001, 20)
	if err != nil {
		panic(err)
	}
	steps = append(steps, smld.Denoise(0.1))

	x := kernels.NewMatrix(1000, 1)
	smld.Prior(x, nil, sigmas[0], smld.Numbers{Seed: 1})
	chain := smld.Chain{Steps: steps}
	if _, err := chain.Sample(context.Background(), mixture, x, smld.Numbers{Seed: 1}, nil); err != nil {
		panic(err)
	}
	right := 0
	for _, v := range x.Data {
		if v > 0 {
			right++
		}
	}
	fmt.Println(right, "of 1000 samples are in the mode of weight 0.75")
	// Output: 732 of 1000 samples are in the mode of weight 0.75
}

// The settings for data that nobody has tuned, from a name or a file to samples in units of the data.
func ExampleChoose() {
	ctx := context.Background()
	set, err := dataset.Load("moons", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: 1})
	if err != nil {
		panic(err)
	}
	plan := smld.Choose(data, 1)
	plan.Train.Steps, plan.Train.Batch, plan.Model.Hidden = 300, 64, []int{32, 32} // for a quick look
	plan.Train.WarmUp = 30
	model, err := plan.Fit(ctx, data, nil)
	if err != nil {
		panic(err)
	}
	x, evaluations, err := model.Draw(ctx, nil, 100, smld.Numbers{Seed: 1}, nil)
	if err != nil {
		panic(err)
	}
	rows := model.Rows(x)
	fmt.Printf("%d samples of %d values, %v evaluations each\n", rows.Rows, rows.Cols, evaluations)

	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "moons.csv")
	err = dataset.Write(path, dataset.Table{X: rows, Columns: model.Encoding.Columns})
	if err != nil {
		panic(err)
	}
	// Output: 100 samples of 2 values, 25 evaluations each
}
