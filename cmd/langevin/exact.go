package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// exactRow is a line of the table of samplers with exact scores.
type exactRow struct {
	Mixture     string  `json:"mixture"`
	Sampler     string  `json:"sampler"`
	Evaluations float64 `json:"evaluations"` // of the score, a sample
	Distance    float64 `json:"distance"`    // sliced Wasserstein, modes balanced, mean over the repetitions
	Floor       float64 `json:"floor"`
	// Ratio is absent where the floor is zero, and RatioError, its standard error, where there is one repetition.
	Ratio      *float64 `json:"ratio,omitempty"`
	RatioError *float64 `json:"ratioError,omitempty"`
	Modes      float64  `json:"modes"`   // largest error of a weight over all repetitions, in standard errors
	Covered    int      `json:"covered"` // modes with samples, the least over the repetitions
	Components int      `json:"components"`
	Seconds    float64  `json:"seconds"` // a repetition
}

// exactLevels are those that the samplers' defaults are made for: from the largest distance in the data to a twentieth of
// its finest detail.
func exactLevels(m *smld.GaussianMixture) smld.Range {
	const points, finest = 10_000, 20
	x := kernels.NewMatrix(points, m.Dim())
	m.Draw(x, smld.Numbers{})
	high, _ := smld.DistanceBounds(x)
	return smld.Range{Max: high, Min: m.SmallestStd() / finest}
}

// exactMixture is a mixture and the noise levels for it.
type exactMixture struct {
	*smld.GaussianMixture
	name   string
	levels smld.Range
}

// exactWork returns the mixtures and the names of the samplers that are wanted. It makes every sampler once,
// to find options that make no sense before there is work.
func (e *eval) exactWork() (mixtures []exactMixture, samplers []string, err error) {
	const bytes = 4 * 2 * 3 // of a sample: it, a true one and a sampler's array, of two values each
	if err := checkMemory(fmt.Sprintf("%d samples", e.N), bytes*float64(e.N)); err != nil {
		return nil, nil, err
	}
	samplers = smld.SamplerNames()[1:] // all but Langevin dynamics, which does not mix
	if e.Sampler != "" {
		samplers = []string{e.Sampler}
	}
	names := smld.MixtureNames()
	if e.Data != "" {
		names = []string{e.Data}
	}
	for _, name := range names {
		mixture, err := smld.NamedMixture(name)
		if err != nil {
			return nil, nil, usageError{err}
		}
		m := exactMixture{mixture, name, exactLevels(mixture)}
		for _, sampler := range samplers {
			if _, err := newSampler(sampler, m.levels, e.samplerOptions()); err != nil {
				return nil, nil, err
			}
		}
		mixtures = append(mixtures, m)
	}
	return mixtures, samplers, nil
}

// exact prints the table of samplers with exact scores.
func (e *eval) exact(c *console) error {
	mixtures, samplers, err := e.exactWork()
	if err != nil {
		return err
	}
	if e.Picture != "" {
		if err := saveModeWeights(c.ctx, e.Picture, e.Seed); err != nil {
			return err
		}
		c.wrote(e.Picture, e.JSON)
	}
	var rows []exactRow
	bar := c.progress("sampling", 0, len(mixtures)*len(samplers)*int(e.Repeats))
	defer bar.finish()
	done := 0
	for _, mixture := range mixtures {
		truth, err := newExactTruth(mixture.GaussianMixture, e.N, int(e.Repeats), e.Seed)
		if err != nil {
			return err
		}
		for _, name := range samplers {
			sampler, err := newSampler(name, mixture.levels, e.samplerOptions())
			if err != nil {
				return err
			}
			row, err := truth.measure(c.ctx, sampler, e.Seed, func() {
				done++
				bar.step(done, func() string { return mixture.name + ", " + name })
			})
			if err != nil {
				return fmt.Errorf("%s, %s: %w", mixture.name, name, err)
			}
			row.Mixture, row.Sampler = mixture.name, name
			rows = append(rows, row)
		}
	}
	bar.finish()
	if e.JSON {
		return c.printJSON(rows)
	}
	return e.printExact(c, rows)
}

// printExact prints the table to people.
func (e *eval) printExact(c *console, rows []exactRow) error {
	fmt.Fprintf(c.out, "%d samples, means of %d repetitions; sliced Wasserstein distance of order 1, %d directions, every mode\n"+
		"weighted to its exact share; floor: the same between true samples\n\n", e.N, e.Repeats, exactDirections)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "mixture\tsampler\tevaluations\tdistance\tfloor\tratio\tmodes\tlargest weight error\tseconds\t")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%.0f\t%.5f\t%.5f\t%s\t%d/%d\t%.1f s.e.\t%.2f\t\n", r.Mixture, r.Sampler, r.Evaluations,
			r.Distance, r.Floor, withError(r.Ratio, r.RatioError), r.Covered, r.Components, r.Modes, r.Seconds)
	}
	return w.Flush()
}

const exactDirections = 128

// withError returns a figure and its standard error in words, as far as there are such.
func withError(value, standardError *float64) string {
	switch {
	case value == nil:
		return "-"
	case standardError == nil:
		return fmt.Sprintf("%.3f", *value)
	default:
		return fmt.Sprintf("%.3f ± %.3f", *value, *standardError)
	}
}

// exactTruth is pairs of true sample sets, one a repetition, and their distances.
type exactTruth struct {
	mixture *smld.GaussianMixture
	n       int
	against []metrics.Sample
	floors  []float64
}

func newExactTruth(mixture *smld.GaussianMixture, n, repeats int, seed uint64) (*exactTruth, error) {
	t := &exactTruth{mixture: mixture, n: n}
	for r := range repeats {
		var pair [2]metrics.Sample
		for i := range pair {
			x := kernels.NewMatrix(n, mixture.Dim())
			mixture.Draw(x, smld.Numbers{Seed: seed, First: uint64(2*r+i) * uint64(n)})
			var err error
			if pair[i], err = metrics.Balanced(x, metrics.CountModes(x, mixture)); err != nil {
				return nil, usage("%d samples are too few: %w", n, err)
			}
		}
		t.against = append(t.against, pair[0])
		floor, err := metrics.SlicedWasserstein(pair[0], pair[1], 1, exactDirections, seed)
		if err != nil {
			return nil, err
		}
		t.floors = append(t.floors, floor)
	}
	return t, nil
}

// measure draws samples with the exact score and compares them.
func (t *exactTruth) measure(
	ctx context.Context, sampler smld.Sampler, seed uint64, drawn func(),
) (exactRow, error) {
	row := exactRow{Covered: t.mixture.Components(), Components: t.mixture.Components()}
	gaussian, err := t.mixture.Gaussian()
	if err != nil {
		return row, err
	}
	var distances []float64
	all := kernels.NewMatrix(t.n*len(t.against), t.mixture.Dim())
	for r, against := range t.against {
		first := r * t.n
		x := all.Slice(first, first+t.n)
		gaussian.Draw(x, smld.Numbers{Seed: seed + 1, First: uint64(first)}) // of another seed than the true samples
		kernels.AddNoise(x.Data, x.Data, sampler.Start(), kernels.Noise{Seed: seed + 1}, uint64(first*x.Cols))
		started := clock()
		evaluations, err := sampler.Sample(ctx, t.mixture, x, smld.Numbers{Seed: seed, First: uint64(first)}, nil)
		if err != nil {
			return row, err
		}
		row.Seconds += clock().Sub(started).Seconds() / float64(len(t.against))
		row.Evaluations += evaluations / float64(len(t.against))
		modes := metrics.CountModes(x, t.mixture)
		row.Covered = min(row.Covered, modes.Covered)
		balanced, err := metrics.Balanced(x, modes)
		if err != nil {
			return row, err
		}
		distance, err := metrics.SlicedWasserstein(balanced, against, 1, exactDirections, seed)
		if err != nil {
			return row, err
		}
		distances = append(distances, distance)
		drawn()
	}
	row.Modes = metrics.CountModes(all, t.mixture).LargestError
	row.Distance, _ = metrics.Mean(distances)
	row.Floor, _ = metrics.Mean(t.floors)
	ratio, standardError := metrics.Ratio(distances, t.floors)
	row.Ratio, row.RatioError = finite(ratio), finite(standardError)
	return row, nil
}
