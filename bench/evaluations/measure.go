package main

import (
	"context"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// numbers are those of evaluations. Heun's method takes an odd number.
var numbers = []int{11, 15, 19, 25, 39, 59, 79, 99}

// series is what a sampler reaches with each number of evaluations.
type series struct {
	name   string // of the sampler
	title  string // in a table
	own    bool   // the number of evaluations is the sampler's own
	small  bool   // the values are errors near zero
	points []point
}

type point struct{ evaluations, value float64 }

// measured is what the samplers reach.
type measured struct {
	errors    []series // of samplers without noise: the median distance to the exact solution
	variances []series // of samplers with noise: within modes, over the exact one
	shares    []series // of the larger mode of two
}

// The ranges of levels: about the largest distance between points down to a twentieth of a mode's width.
var (
	ofEight = smld.Range{Max: 10, Min: 0.015}
	ofTwo   = smld.Range{Max: 21, Min: 0.05}
)

func measure(ctx context.Context, samples int) (m measured, err error) {
	if m.errors, err = solutions(ctx, samples/5); err != nil {
		return m, err
	}
	for _, name := range []string{"ancestral", "dpm2m-sde", "dpm3m-sde"} {
		variance := series{name: name, title: "`" + name + "`"}
		share := variance
		share.title = "share: `" + name + "`"
		for _, n := range numbers {
			eight, err := sampled(ctx, "8gaussians", name, ofEight, samples, smld.Options{"Levels": n})
			if err != nil {
				return m, err
			}
			two, err := sampled(ctx, "2gaussians", name, ofTwo, samples, smld.Options{"Levels": n})
			if err != nil {
				return m, err
			}
			variance.points = append(variance.points, point{eight.evaluations, eight.variance()})
			large := metrics.CountModes(two.x, two.mixture).Shares[0]
			share.points = append(share.points, point{two.evaluations, large})
		}
		m.variances, m.shares = append(m.variances, variance), append(m.shares, share)
	}
	return m, nil
}

// solutions measures the samplers that solve the probability-flow ODE.
func solutions(ctx context.Context, samples int) ([]series, error) {
	// The exact solution, up to float32: small tolerances, and a last level at which nothing is left to do.
	exact, err := sampled(ctx, "8gaussians", "rk45", smld.Range{Max: ofEight.Max, Min: 1e-4}, samples,
		smld.Options{"Tolerance": 1e-6})
	if err != nil {
		return nil, err
	}
	var all []series
	for _, name := range []string{"ddim", "heun", "dpm2m", "dpm3m", "lms"} {
		s := series{name: name, title: "`" + name + "`", small: true}
		for _, n := range numbers {
			levels := n
			if name == "heun" {
				levels = (n + 1) / 2
			}
			if err := s.add(ctx, exact.x, smld.Options{"Levels": levels}); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	own := series{name: "rk45", title: "`rk45`", own: true, small: true}
	if err := own.add(ctx, exact.x, nil); err != nil {
		return nil, err
	}
	return append(all, own), nil
}

// add measures the median distance of a sampler's samples to the exact solution.
func (s *series) add(ctx context.Context, exact kernels.Matrix, options smld.Options) error {
	of, err := sampled(ctx, "8gaussians", s.name, ofEight, exact.Rows, options)
	if err != nil {
		return err
	}
	distances := make([]float64, of.x.Rows)
	for i := range distances {
		a, b := of.x.Row(i), exact.Row(i)
		distances[i] = math.Hypot(float64(a[0]-b[0]), float64(a[1]-b[1]))
	}
	slices.Sort(distances)
	s.points = append(s.points, point{of.evaluations, distances[len(distances)/2]})
	return nil
}

// drawn is samples with the exact score of a mixture.
type drawn struct {
	x           kernels.Matrix
	mixture     *smld.GaussianMixture
	evaluations float64
}

// sampled draws samples. The points start with the mean and the covariance that data and noise have together.
func sampled(
	ctx context.Context, mixture, sampler string, levels smld.Range, samples int, options smld.Options,
) (d drawn, err error) {
	if d.mixture, err = smld.NamedMixture(mixture); err != nil {
		return d, err
	}
	s, err := smld.NewSampler(sampler, levels, options)
	if err != nil {
		return d, err
	}
	gaussian, err := d.mixture.Gaussian()
	if err != nil {
		return d, err
	}
	const seed = 1
	d.x = kernels.NewMatrix(samples, d.mixture.Dim())
	gaussian.Draw(d.x, smld.Numbers{Seed: seed + 1})
	kernels.AddNoise(d.x.Data, d.x.Data, s.Start(), kernels.Noise{Seed: seed + 1}, 0)
	d.evaluations, err = s.Sample(ctx, d.mixture, d.x, smld.Numbers{Seed: seed}, nil)
	return d, err
}

// variance returns the mean square distance of samples from the mean of their mode, over the exact one.
func (d drawn) variance() float64 {
	sum, std := 0.0, d.mixture.SmallestStd() // all modes have the same
	for i, k := range metrics.CountModes(d.x, d.mixture).Labels {
		for j, mean := range d.mixture.Mean(k) {
			z := float64(d.x.Row(i)[j]-mean) / std
			sum = math.FMA(z, z, sum)
		}
	}
	return sum / float64(d.x.Rows*d.x.Cols)
}
