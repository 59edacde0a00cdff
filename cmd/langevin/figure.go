package main

import (
	"context"
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// writeModeWeights draws Figure 3 of Song and Ermon 2019: samples of the mixture with the weights .8 and .2, by plain
// Langevin dynamics, which leaves about half of them in each mode, and by annealed Langevin dynamics, which finds the
// weights. All have the exact score; levels, steps and number of samples are the authors'.
func writeModeWeights(ctx context.Context, path string, seed uint64) error {
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
	panels := make([]*plot.Plot, 3)
	for i, title := range []string{"samples of the mixture", "Langevin dynamics, sigma = 1", "annealed Langevin dynamics, sigma = 1"} {
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
		if panels[i], err = scatterPlot(fmt.Sprintf("%s\nupper mode %.3f, lower mode %.3f", title, share, 1-share), widened(x)); err != nil {
			return err
		}
		panels[i].X.Min, panels[i].X.Max, panels[i].Y.Min, panels[i].Y.Max = -10, 10, -10, 10
	}
	const side = 4 * vg.Inch
	return writePlots(path, side, side, panels...)
}

// scatterPlot plots points of the plane.
func scatterPlot(title string, x kernels.Matrix64) (*plot.Plot, error) {
	points := make(plotter.XYs, x.Rows)
	for i := range points {
		points[i].X, points[i].Y = x.Row(i)[0], x.Row(i)[1]
	}
	scatter, err := plotter.NewScatter(points)
	if err != nil {
		return nil, fmt.Errorf("cannot plot the samples: %w", err)
	}
	scatter.Radius = vg.Points(1)
	scatter.Color = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	scatter.Shape = draw.CircleGlyph{}
	p := plot.New()
	p.Title.Text = title
	p.Add(plotter.NewGrid(), scatter)
	return p, nil
}
