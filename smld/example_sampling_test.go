package smld_test

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Samplers have names, and options of their own.
func ExampleNewSampler() {
	ctx := context.Background()
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		panic(err)
	}
	sampler, err := smld.NewSampler("dpm2m-sde", smld.Range{Max: 10, Min: 0.015}, smld.Options{"Levels": 40})
	if err != nil {
		panic(err)
	}
	mean, std := mixture.Moments()
	numbers := smld.Numbers{Seed: 1}
	x := kernels.NewMatrix(1000, mixture.Dim())
	smld.Prior(x, mean, smld.PriorStd(sampler.Start(), std), numbers)
	evaluations, err := sampler.Sample(ctx, mixture, x, numbers, nil)
	if err != nil {
		panic(err)
	}
	_, got := smld.Statistics(x)
	fmt.Printf("%v evaluations, standard deviation %.2f, that of the mixture %.2f\n", evaluations, got, std)
	// Output: 40 evaluations, standard deviation 2.85, that of the mixture 2.84
}

// An option that the sampler does not have, or a value that makes no sense, is an error of its own type.
func ExampleUnusedOptionError() {
	levels := smld.Range{Max: 10, Min: 0.015}
	_, err := smld.NewSampler("ddim", levels, smld.Options{"Churn": 40})
	var unused *smld.UnusedOptionError
	if errors.As(err, &unused) {
		fmt.Println(unused.Option, "is for", unused.Takers)
	}
	_, err = smld.NewSampler("heun", levels, smld.Options{"Levels": 0})
	var wrong *smld.OptionError
	if errors.As(err, &wrong) {
		fmt.Println(wrong.Option, "is", wrong.Value, "and should be", wrong.Want)
	}
	// Output:
	// Churn is for [heun]
	// Levels is 0 and should be at least 2
}

// A batch may be drawn in parts. Sample number 700 is the same in each.
func ExampleNumbers() {
	ctx := context.Background()
	mixture, err := smld.NamedMixture("2gaussians")
	if err != nil {
		panic(err)
	}
	sampler := smld.Heun{Sigmas: []float32{20, 5, 1, 0.2}}
	draw := func(count int, numbers smld.Numbers) kernels.Matrix {
		x := kernels.NewMatrix(count, mixture.Dim())
		smld.Prior(x, nil, sampler.Start(), numbers)
		if _, err := sampler.Sample(ctx, mixture, x, numbers, nil); err != nil {
			panic(err)
		}
		return x
	}
	all := draw(1000, smld.Numbers{Seed: 1})
	rest := draw(500, smld.Numbers{Seed: 1, First: 500})
	fmt.Println(slices.Equal(all.Row(700), rest.Row(200)))
	// Output: true
}

// The log-density of points by the probability-flow ODE, next to the exact one.
func ExampleLikelihood() {
	ctx := context.Background()
	mixture, err := smld.NamedMixture("8gaussians")
	if err != nil {
		panic(err)
	}
	x := kernels.NewMatrix(2, mixture.Dim())
	mixture.Draw(x, smld.Numbers{Seed: 1})
	mean, std := mixture.Moments()
	likelihood := smld.Likelihood{SigmaMin: 0.01, SigmaMax: 100, Mean: mean, Std: std}
	nats, exact := make([]float64, x.Rows), make([]float64, x.Rows)
	if _, err := likelihood.LogDensity(ctx, nats, mixture, x, smld.Numbers{}); err != nil {
		panic(err)
	}
	mixture.LogDensity(exact, x, 0.01)
	fmt.Printf("%.3f, exactly %.3f\n", nats, exact)
	// Output: [-2.618 -1.742], exactly [-2.618 -1.742]
}
