package main

import (
	"encoding/json"
	"fmt"
	"image"
	"slices"
	"text/tabwriter"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// eval is the command that measures samples of a model, or of every sampler with exact scores.
type eval struct {
	Model   string `placeholder:"FILE" help:"Model file."`
	Data    string `placeholder:"NAME|FILE" help:"True data, as for train; with --exact one of the mixtures 8gaussians, 25gaussians and 2gaussians, or all of them."`
	Sampler string `placeholder:"NAME" help:"Sampler: langevin, annealed, consistent, ancestral, reverse, pc, ddim, heun or rk45 (default heun, with --exact all but langevin)."`
	N       int    `default:"10000" help:"Number of samples; of a finite data set at most half of its points."`
	Seed    uint64 `default:"1" help:"Seed of everything random."`
	JSON    bool   `name:"json" help:"Print JSON."`
	Exact   bool   `help:"Measure the samplers with the exact scores of mixtures instead of a model, at their default settings but for those given."`
	Repeats int    `default:"10" help:"Repetitions of --exact."`
	PNG     string `name:"png" placeholder:"FILE" help:"Picture to write. Of images: samples, each beside the image of the data that is nearest to it. With --exact: samples of 2gaussians by Langevin dynamics and annealed Langevin dynamics, as in Song and Ermon 2019, Figure 3."`

	samplerFlags
}

// report is what eval prints of a model.
type report struct {
	Samples     int                  `json:"samples"`
	Sampler     string               `json:"sampler"`
	Evaluations float64              `json:"evaluations"` // of the score, a sample
	Measures    []metrics.Comparison `json:"measures"`
	Modes       *modesReport         `json:"modes,omitempty"`
	Score       []levelError         `json:"scoreErrors,omitempty"`
	KL          *estimate            `json:"kl,omitempty"` // of the truth from the model, in nats
}

type modesReport struct {
	Shares       []float64 `json:"shares"`
	Expected     []float64 `json:"expected"`
	LargestError float64   `json:"largestError"` // in binomial standard errors
	Covered      int       `json:"covered"`
	PValue       float64   `json:"pValue"`
}

type levelError struct {
	Sigma float32 `json:"sigma"`
	Error float64 `json:"error"`
}

type estimate struct {
	Value         float64 `json:"value"`
	StandardError float64 `json:"standardError"`
	Points        int     `json:"points"`
}

// Run measures and prints.
func (e *eval) Run(c *console) error {
	if e.Sampler != "" && !slices.Contains(smld.SamplerNames(), e.Sampler) {
		return fmt.Errorf("no sampler %q; choose one of %v", e.Sampler, smld.SamplerNames())
	}
	if e.PNG != "" {
		if err := checkOutput(e.PNG); err != nil {
			return err
		}
	}
	if e.Exact {
		return e.exact(c)
	}
	if e.Model == "" || e.Data == "" {
		return fmt.Errorf("eval needs --model and --data, or --exact")
	}
	model, err := smld.LoadModel(e.Model)
	if err != nil {
		return err
	}
	a, b, set, err := e.truth(model)
	if err != nil {
		return err
	}
	if e.PNG != "" && (set == nil || len(model.Data.Shape) != 2) {
		return fmt.Errorf("--png shows images beside their nearest in a finite set; langevin sample draws samples of %s", e.Data)
	}
	r := report{Samples: a.Rows, Sampler: e.Sampler}
	if r.Sampler == "" {
		r.Sampler = "heun"
	}
	x, evaluations, err := e.draw(c, r.Sampler, model, a.Rows, e.Seed)
	if err != nil {
		return err
	}
	r.Evaluations = evaluations
	if e.PNG != "" {
		if err := writePNG(e.PNG, neighbours(x, set.X, model.Data)); err != nil {
			return err
		}
		fmt.Fprintf(c.log, "wrote %s\n", e.PNG)
	}
	if err := r.compare(x, a, b, set, e.Seed); err != nil {
		return err
	}
	if mixture, err := smld.NamedMixture(e.Data); err == nil {
		if err := r.compareMixture(x, a, b, model, mixture, e.Seed); err != nil {
			return err
		}
	}
	if e.JSON {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	return r.print(c)
}

// neighbours returns a picture of the first samples, each with the row of data that is nearest to it on its right.
func neighbours(x, data kernels.Matrix, description smld.Description) image.Image {
	const across, down = 10, 10
	shown := x.Slice(0, min(x.Rows, across*down))
	nearest := metrics.Nearest(shown, data).Rows
	pairs := kernels.NewMatrix(2*shown.Rows, x.Cols)
	for i, k := range nearest {
		copy(pairs.Row(2*i), shown.Row(i))
		copy(pairs.Row(2*i+1), data.Row(k))
	}
	height, width := description.Shape[0], description.Shape[1]
	return imageGrid(pairs, height, width, 2*across, description.Low, description.High)
}

// truth returns two sets of true points, of new ones where the data has no end, otherwise every other row each.
func (e *eval) truth(model *smld.Model) (a, b kernels.Matrix, set *dataset.Set, err error) {
	const unseen = 1 << 32 // another seed than training had
	source, set, err := dataset.Load(e.Data, e.Seed+unseen)
	if err != nil {
		return a, b, nil, err
	}
	if source.Dim() != model.Dim() {
		return a, b, nil, fmt.Errorf("the model is of dimension %d, %s of %d", model.Dim(), e.Data, source.Dim())
	}
	n := e.N
	if set != nil {
		n = min(n, set.X.Rows/2)
	}
	if n < 2 {
		return a, b, nil, fmt.Errorf("%d samples: want at least 2, and twice as many points in the data", n)
	}
	if err := checkCount(n, model); err != nil {
		return a, b, nil, err
	}
	a, b = kernels.NewMatrix(n, model.Dim()), kernels.NewMatrix(n, model.Dim())
	if set == nil {
		source.Batch(a, 0)
		source.Batch(b, uint64(n))
		return a, b, nil, nil
	}
	for i := range n {
		copy(a.Row(i), set.X.Row(2*i))
		copy(b.Row(i), set.X.Row(2*i+1))
	}
	return a, b, set, nil
}

// compare measures what needs no knowledge of the distribution.
func (r *report) compare(x, a, b kernels.Matrix, set *dataset.Set, seed uint64) error {
	const directions, assigned, kernelPoints, features = 128, 1000, 2000, 1024
	add := func(name string, value, floor float64) {
		r.Measures = append(r.Measures, metrics.Compare(name, value, floor))
	}
	s, sa, sb := metrics.Sample{X: x}, metrics.Sample{X: a}, metrics.Sample{X: b}
	add(fmt.Sprintf("sliced Wasserstein, order 1, %d directions", directions),
		metrics.SlicedWasserstein(s, sb, 1, directions, seed), metrics.SlicedWasserstein(sa, sb, 1, directions, seed))
	n := min(x.Rows, assigned)
	add(fmt.Sprintf("Wasserstein, order 2, first %d", n), metrics.Wasserstein(x.Slice(0, n), b.Slice(0, n), 2),
		metrics.Wasserstein(a.Slice(0, n), b.Slice(0, n), 2))
	n = min(x.Rows, kernelPoints)
	bandwidth := metrics.MedianDistance(b)
	if bandwidth > 0 {
		add(fmt.Sprintf("squared MMD, unbiased, first %d", n), metrics.MMD(x.Slice(0, n), b.Slice(0, n), bandwidth),
			metrics.MMD(a.Slice(0, n), b.Slice(0, n), bandwidth))
	}
	if x.Cols <= features {
		value, err := metrics.Frechet(x, b)
		if err != nil {
			return err
		}
		floor, err := metrics.Frechet(a, b)
		if err != nil {
			return err
		}
		add("Fréchet distance of the coordinates", value, floor)
	}
	if set != nil {
		near, others := metrics.Nearest(x, set.X), metrics.NearestOthers(set.X)
		value, _ := metrics.Mean(near.Distances)
		floor, _ := metrics.Mean(others.Distances)
		add("distance to the nearest point of the data", value, floor)
		add("share less than half as far from it as from the next",
			metrics.ShareBelow(near.Ratios, 0.5), metrics.ShareBelow(others.Ratios, 0.5))
	}
	return nil
}

// compareMixture measures what needs the exact distribution.
func (r *report) compareMixture(
	x, a, b kernels.Matrix, model *smld.Model, mixture *smld.GaussianMixture, seed uint64,
) error {
	const directions, scorePoints, likelihoodPoints, levels = 128, 10_000, 10_000, 10
	modes := metrics.CountModes(x, mixture)
	r.Modes = &modesReport{modes.Shares, modes.Expected, modes.LargestError, modes.Covered, modes.PValue}
	balanced, err := metrics.Balanced(x, modes)
	if err == nil {
		var sets [2]metrics.Sample
		for i, y := range []kernels.Matrix{a, b} {
			if sets[i], err = metrics.Balanced(y, metrics.CountModes(y, mixture)); err != nil {
				break
			}
		}
		if err == nil {
			r.Measures = append(r.Measures, metrics.Compare("the same sliced distance, every mode weighted to its share",
				metrics.SlicedWasserstein(balanced, sets[1], 1, directions, seed),
				metrics.SlicedWasserstein(sets[0], sets[1], 1, directions, seed)))
		}
	}
	entropy := func(y kernels.Matrix) float64 {
		density := make([]float64, y.Rows)
		mixture.LogDensity(density, y, 0)
		mean, _ := metrics.Mean(density)
		return -mean
	}
	base := entropy(b)
	r.Measures = append(r.Measures, metrics.Compare("negative log-density of samples less the entropy, nats",
		entropy(x)-base, entropy(a)-base))

	chosen := make([]float32, 0, levels)
	for i := range levels {
		chosen = append(chosen, model.Sigmas[i*(len(model.Sigmas)-1)/(levels-1)])
	}
	chosen = slices.Compact(chosen)
	errors, err := metrics.ScoreErrors(model.Score(), mixture, chosen, scorePoints, seed)
	if err != nil {
		return err
	}
	for i, v := range errors {
		r.Score = append(r.Score, levelError{chosen[i], v})
	}

	n := min(b.Rows, likelihoodPoints)
	got, want := make([]float64, n), make([]float64, n)
	if _, err := modelLikelihood(model).LogDensity(got, model.Score(), b.Slice(0, n), 0); err != nil {
		return err
	}
	mixture.LogDensity(want, b.Slice(0, n), model.Sigmas[len(model.Sigmas)-1])
	for i := range want {
		want[i] -= got[i]
	}
	kl := estimate{Points: n}
	kl.Value, kl.StandardError = metrics.Mean(want)
	r.KL = &kl
	return nil
}

// modelLikelihood returns the settings of a model's likelihood.
func modelLikelihood(m *smld.Model) smld.Likelihood {
	const tolerance = 1e-4 // far below what training leaves
	return smld.Likelihood{
		SigmaMin: m.Sigmas[len(m.Sigmas)-1], SigmaMax: m.Sigmas[0], Mean: m.Mean, Std: m.Std,
		RelTol: tolerance, AbsTol: tolerance,
	}
}

func (r *report) print(c *console) error {
	fmt.Fprintf(c.out, "%d samples by %s, %.4g score evaluations each; floor: the same between true samples\n\n",
		r.Samples, r.Sampler, r.Evaluations)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "measure\tvalue\tfloor\tratio\t")
	for _, m := range r.Measures {
		ratio := "-"
		if m.Floor > 0 {
			ratio = fmt.Sprintf("%.3f", m.Ratio)
		}
		fmt.Fprintf(w, "%s\t%.5g\t%.5g\t%s\t\n", m.Name, m.Value, m.Floor, ratio)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if m := r.Modes; m != nil {
		fmt.Fprintf(c.out, "\nmodes: %d of %d have samples; largest error of a weight %.1f binomial standard errors; "+
			"chi-square p = %.3g\n",
			m.Covered, len(m.Shares), m.LargestError, m.PValue)
	}
	if k := r.KL; k != nil {
		fmt.Fprintf(c.out, "NLL by the probability-flow ODE less the entropy: %.4f ± %.4f nats (%d points)\n",
			k.Value, k.StandardError, k.Points)
	}
	if len(r.Score) > 0 {
		fmt.Fprintln(c.out, "\nscore error E|s - exact|^2 sigma^2/D")
		for _, l := range r.Score {
			fmt.Fprintf(c.out, "  sigma %-10.4g %.3g\n", l.Sigma, l.Error)
		}
	}
	return nil
}
