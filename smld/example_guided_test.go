package smld_test

import (
	"context"
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Samples of each class in turn, with guidance.
func ExampleModel_Conditional() {
	ctx := context.Background()
	set, err := dataset.Load("2gaussians", 1, dataset.Options{})
	if err != nil {
		panic(err)
	}
	data, err := smld.NewData(set, smld.DataConfig{Classes: true, Seed: 1})
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
	score, err := model.Conditional(model.ClassConditions(0, 1, 0, 1), 1.5)
	if err != nil {
		panic(err)
	}
	sampler, err := smld.NewSampler("heun", model.Levels(), nil)
	if err != nil {
		panic(err)
	}
	x, _, err := model.DrawFrom(ctx, score, sampler, 4, smld.Numbers{Seed: 1}, nil)
	if err != nil {
		panic(err)
	}
	rows := model.Rows(x)
	for i := range rows.Rows {
		fmt.Println(rows.Row(i)[0] > 0)
	}
	// Output:
	// true
	// false
	// true
	// false
}

// A measurement of the sum of two coordinates, by diffusion posterior sampling. The gradient is that of
// log N(y; a.denoised, variance) by the noisy point. The variance is that of the measurement and of what the
// noisy point leaves open, which the same product with the Jacobian matrix gives.
func ExampleGuided_measurement() {
	means := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, -2}}
	prior, err := smld.NewGaussianMixture([]float64{1}, means, []float64{1})
	if err != nil {
		panic(err)
	}
	a, y, noise := []float32{1, 1}, float32(3), float32(0.5) // y = a.x + N(0, noise)
	guided := smld.Guided{Score: prior, Gradient: func(grad, x, denoised kernels.Matrix, sigma []float32) {
		v := kernels.NewMatrix(x.Rows, x.Cols)
		for i := range v.Rows {
			copy(v.Row(i), a)
		}
		smld.DenoisedVJP(prior, grad, x, v, sigma) // row i is a^T times the Jacobian matrix
		for i, s := range sigma {
			g, d := grad.Row(i), denoised.Row(i)
			residual := y - (a[0]*d[0] + a[1]*d[1])
			variance := noise + s*s*(a[0]*g[0]+a[1]*g[1])
			g[0], g[1] = g[0]*residual/variance, g[1]*residual/variance
		}
	}}
	levels, err := smld.Geometric(20, 0.01, 60)
	if err != nil {
		panic(err)
	}
	x := kernels.NewMatrix(10_000, 2)
	smld.Prior(x, means.Row(0), levels[0], smld.Numbers{Seed: 1})
	sampler := smld.Heun{Sigmas: levels}
	if _, err := sampler.Sample(context.Background(), guided, x, smld.Numbers{Seed: 1}, nil); err != nil {
		panic(err)
	}
	mean, _ := smld.Statistics(x)
	fmt.Printf("the posterior mean is (2.6, -0.4), that of the samples (%.1f, %.1f)\n", mean[0], mean[1])
	// Output: the posterior mean is (2.6, -0.4), that of the samples (2.6, -0.4)
}

// A classifier that knows the component of a mixture's points. The gradient of its log-probability at a noisy
// point is the score of that component less the score of the mixture.
func ExampleGuided_classifier() {
	means := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{-4, 4}}
	mixture, err := smld.NewGaussianMixture([]float64{0.9, 0.1}, means, []float64{0.5, 0.5})
	if err != nil {
		panic(err)
	}
	right, err := smld.NewGaussianMixture([]float64{1}, means.Slice(1, 2), []float64{0.5})
	if err != nil {
		panic(err)
	}
	guided := smld.Guided{Score: mixture, Gradient: func(grad, x, _ kernels.Matrix, sigma []float32) {
		all := kernels.NewMatrix(x.Rows, x.Cols)
		right.AtRows(grad, x, sigma)
		mixture.AtRows(all, x, sigma)
		kernels.Axpby(grad.Data, 1, grad.Data, -1, all.Data)
	}}
	levels, err := smld.Geometric(20, 0.1, 40)
	if err != nil {
		panic(err)
	}
	x := kernels.NewMatrix(1000, 1)
	smld.Prior(x, nil, levels[0], smld.Numbers{Seed: 1})
	sampler := smld.Heun{Sigmas: levels}
	if _, err := sampler.Sample(context.Background(), guided, x, smld.Numbers{Seed: 1}, nil); err != nil {
		panic(err)
	}
	count := 0
	for _, v := range x.Data {
		if v > 0 {
			count++
		}
	}
	fmt.Println(count, "of 1000 samples are in the mode of weight 0.1")
	// Output: 1000 of 1000 samples are in the mode of weight 0.1
}
