package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

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
	Ratio       float64 `json:"ratio"`
	RatioError  float64 `json:"ratioError"` // its standard error
	Modes       float64 `json:"modes"`      // largest error of a weight over all repetitions, in standard errors
	Covered     int     `json:"covered"`    // modes with samples, the least over the repetitions
	Components  int     `json:"components"`
	Seconds     float64 `json:"seconds"` // a repetition
}

// exactLevels are those that the samplers' defaults are made for: from the largest distance in the data to a twentieth of
// its finest detail.
func exactLevels(m *smld.GaussianMixture) (sigmaMax, sigmaMin float64) {
	const points, finest = 10_000, 20
	x := kernels.NewMatrix(points, m.Dim())
	m.Draw(x, 0, 0)
	high, _ := smld.DistanceBounds(x)
	return high, m.SmallestStd() / finest
}

// exact prints the table of samplers with exact scores.
func (e *eval) exact(c *console) error {
	if e.N < 2 || e.Repeats < 1 {
		return fmt.Errorf("%d samples in %d repetitions: want at least 2, and 1", e.N, e.Repeats)
	}
	names := []string{"annealed", "consistent", "ancestral", "reverse", "pc", "ddim", "heun", "rk45"}
	if e.Sampler != "" {
		names = []string{e.Sampler}
	}
	mixtures := smld.MixtureNames()
	if e.Data != "" {
		mixtures = []string{e.Data}
	}
	if e.PNG != "" {
		if err := writeModeWeights(e.PNG, e.Seed); err != nil {
			return err
		}
		fmt.Fprintf(c.log, "wrote %s\n", e.PNG)
	}
	var rows []exactRow
	bar := newProgress(c.log, "sampling", 0, len(mixtures)*len(names)*e.Repeats)
	defer bar.finish()
	done := 0
	for _, mixtureName := range mixtures {
		mixture, err := smld.NamedMixture(mixtureName)
		if err != nil {
			return err
		}
		truth, err := newTruth(mixture, e.N, e.Repeats, e.Seed)
		if err != nil {
			return err
		}
		sigmaMax, sigmaMin := exactLevels(mixture)
		for _, name := range names {
			sampler, err := e.newSampler(name, sigmaMax, sigmaMin)
			if err != nil {
				return err
			}
			row, err := truth.measure(sampler, e.Seed, func() {
				done++
				bar.step(done, func() string { return mixtureName + ", " + name })
			})
			if err != nil {
				return fmt.Errorf("%s, %s: %w", mixtureName, name, err)
			}
			row.Mixture, row.Sampler = mixtureName, name
			rows = append(rows, row)
		}
	}
	if e.JSON {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(rows)
	}
	fmt.Fprintf(c.out, "%d samples, means of %d repetitions; sliced Wasserstein distance of order 1, %d directions, every mode\n"+
		"weighted to its exact share; floor: the same between true samples\n\n", e.N, e.Repeats, exactDirections)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "mixture\tsampler\tevaluations\tdistance\tfloor\tratio\tmodes\tlargest weight error\tseconds\t")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%.0f\t%.5f\t%.5f\t%.3f ± %.3f\t%d/%d\t%.1f s.e.\t%.2f\t\n", r.Mixture, r.Sampler, r.Evaluations,
			r.Distance, r.Floor, r.Ratio, r.RatioError, r.Covered, r.Components, r.Modes, r.Seconds)
	}
	return w.Flush()
}

const exactDirections = 128

// truth is pairs of true sample sets, one a repetition, and their distances.
type truth struct {
	mixture *smld.GaussianMixture
	n       int
	against []metrics.Sample
	floors  []float64
}

func newTruth(mixture *smld.GaussianMixture, n, repeats int, seed uint64) (*truth, error) {
	t := &truth{mixture: mixture, n: n}
	for r := range repeats {
		var pair [2]metrics.Sample
		for i := range pair {
			x := kernels.NewMatrix(n, mixture.Dim())
			mixture.Draw(x, seed, uint64(2*r+i)*uint64(n))
			var err error
			if pair[i], err = metrics.Balanced(x, metrics.CountModes(x, mixture)); err != nil {
				return nil, fmt.Errorf("%d samples are too few: %w", n, err)
			}
		}
		t.against = append(t.against, pair[0])
		t.floors = append(t.floors, metrics.SlicedWasserstein(pair[0], pair[1], 1, exactDirections, seed))
	}
	return t, nil
}

// measure draws samples with the exact score and compares them.
func (t *truth) measure(sampler smld.Sampler, seed uint64, drawn func()) (exactRow, error) {
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
		gaussian.Draw(x, seed+1, uint64(first)) // of another seed than the true samples
		kernels.AddNoise(x.Data, x.Data, sampler.Start(), kernels.Noise{Seed: seed + 1}, uint64(first*x.Cols))
		started := time.Now()
		evaluations, err := sampler.Sample(t.mixture, x, seed, uint64(first), nil)
		if err != nil {
			return row, err
		}
		row.Seconds += time.Since(started).Seconds() / float64(len(t.against))
		row.Evaluations += evaluations / float64(len(t.against))
		modes := metrics.CountModes(x, t.mixture)
		row.Covered = min(row.Covered, modes.Covered)
		balanced, err := metrics.Balanced(x, modes)
		if err != nil {
			return row, err
		}
		distances = append(distances, metrics.SlicedWasserstein(balanced, against, 1, exactDirections, seed))
		drawn()
	}
	row.Modes = metrics.CountModes(all, t.mixture).LargestError
	row.Distance, _ = metrics.Mean(distances)
	row.Floor, _ = metrics.Mean(t.floors)
	row.Ratio, row.RatioError = metrics.Ratio(distances, t.floors)
	return row, nil
}
