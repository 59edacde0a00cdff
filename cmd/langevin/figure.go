package main

import (
	"context"
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/picture"
	"github.com/seed964deb49/langevin/smld"
)

// saveModeWeights draws Figure 3 of Song and Ermon 2019: samples of the mixture with the weights .8 and .2, by plain
// Langevin dynamics, which leaves about half of them in each mode, and by annealed Langevin dynamics, which finds the
// weights. All have the exact score; levels, steps and number of samples are the authors'.
func saveModeWeights(ctx context.Context, path string, seed uint64) error {
	const n, from, to = 1280, 20, 1
	mixture, err := smld.NamedMixture("2gaussians")
	if err != nil {
		return err
	}
	sigmas, err := smld.Geometric(from, to, 10)
	if err != nil {
		return err
	}
	langevin, err := smld.LangevinDynamics(to, 0.1, 1000)
	if err != nil {
		return err
	}
	annealed, err := smld.AnnealedLangevin(sigmas, 0.05, 100)
	if err != nil {
		return err
	}
	panels := make([]picture.Panel, 3)
	for i, name := range []string{"true", "Langevin", "annealed Langevin"} {
		x := kernels.NewMatrix(n, 2)
		if i == 0 {
			mixture.Draw(x, smld.Numbers{Seed: seed})
		} else {
			steps := langevin
			if i == 2 {
				steps = annealed
			}
			smld.Dequantize(x, []float32{16, 16}, smld.Numbers{Seed: seed}) // uniform in [-8, 8]^2
			if _, err := (smld.Chain{Steps: steps}).Sample(ctx, mixture, x, smld.Numbers{Seed: seed}, nil); err != nil {
				return err
			}
		}
		share := metrics.CountModes(x, mixture).Shares[0]
		panels[i] = picture.Panel{
			Title: fmt.Sprintf("%s: %.1f%% above", name, 100*share),
			Sets:  []picture.Points{{X: widened(x)}},
		}
	}
	p, err := picture.Scatters(panels, picture.Plane{Bounds: picture.Bounds{XLow: -10, XHigh: 10, YLow: -10, YHigh: 10}})
	return savePicture(path, p, err)
}
