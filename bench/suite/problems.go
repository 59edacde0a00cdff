package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// problem is a set to train on and how its samples are measured.
type problem struct {
	name    string
	samples int
	load    func() (train *dataset.Set, fresh, other kernels.Matrix64, err error)
	axes    kernels.Matrix64 // of a signal of low rank, orthonormal
	mixture string           // whose exact score is known
}

// samplesOf is how many samples are measured.
const samplesOf = 4000

// problems are the sets; the file of MNIST may be missing.
func problems(mnist string) []problem {
	subspace, axes := lowRank(150, 0.05)
	wide, wideAxes := lowRank(2000, 0.1)
	shopColumns := named("kind", "count", "amount")
	shopColumns[0].Categories = []string{"big", "middle", "small"}
	list := []problem{
		toy("8gaussians"), toy("moons"), toy("checkerboard"),
		generated("people", 2000, samplesOf, named("age", "income", "height", "flag", "rating"), 6, people),
		generated("shop", 2000, samplesOf, shopColumns, 6, shop),
		generated("thirty", 30, samplesOf, named("a", "b"), 3, pair),
		generated("tail", 2000, samplesOf, named("normal", "tail"), 4, tail),
		generated("scales", 2000, samplesOf, named("small", "large"), 3, scales),
		generated("subspace", 1000, samplesOf, make([]dataset.Column, 150), 155, subspace),
		generated("wide", 400, 1000, make([]dataset.Column, 2000), 2005, wide),
		images("digits", 700, dataset.Digits),
	}
	list[8].axes, list[9].axes, list[0].mixture = axes, wideAxes, "8gaussians"
	if mnist != "" {
		open := func() (*dataset.Set, error) { return dataset.Open(mnist, dataset.Options{}) }
		list = append(list, images("mnist", samplesOf, open))
	}
	return list
}

// generated is a table of n rows; the true rows are two other sets.
func generated(name string, n, samples int, columns []dataset.Column, normals int, make row) problem {
	of := table(name, columns, normals, make)
	load := func() (*dataset.Set, kernels.Matrix64, kernels.Matrix64, error) {
		return of(n, 1), of(samples, 2).X, of(samples, 3).X, nil
	}
	return problem{name: name, samples: samples, load: load}
}

func toy(name string) problem {
	load := func() (*dataset.Set, kernels.Matrix64, kernels.Matrix64, error) {
		var sets [3]*dataset.Set
		for i := range sets {
			var err error
			if sets[i], err = dataset.Load(name, uint64(i)+1, dataset.Options{}); err != nil {
				return nil, kernels.Matrix64{}, kernels.Matrix64{}, err
			}
		}
		return sets[0], sets[1].X.Slice(0, samplesOf), sets[2].X.Slice(0, samplesOf), nil
	}
	return problem{name: name, samples: samplesOf, load: load}
}

// images are split: every other image is trained on.
func images(name string, samples int, open func() (*dataset.Set, error)) problem {
	load := func() (*dataset.Set, kernels.Matrix64, kernels.Matrix64, error) {
		none := kernels.Matrix64{}
		set, err := open()
		if err != nil {
			return nil, none, none, err
		}
		half := set.X.Rows / 2
		if half < samples {
			return nil, none, none, fmt.Errorf("%d images are too few: want %d", set.X.Rows, 2*samples)
		}
		train, held := *set, kernels.NewMatrix64(half, set.X.Cols)
		train.X, train.Labels = kernels.NewMatrix64(half, set.X.Cols), nil
		for i := range half {
			copy(train.X.Row(i), set.X.Row(2*i))
			copy(held.Row(i), set.X.Row(2*i+1))
		}
		return &train, held.Slice(0, samples), train.X.Slice(0, samples), nil
	}
	return problem{name: name, samples: samples, load: load}
}
