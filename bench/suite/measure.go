package main

import (
	"context"
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// measure trains with the changed plan and returns how far the samples are from the truth, and the figures
// that this comes from.
func measure(p problem, s setting, seed uint64) (float64, string, error) {
	set, fresh, other, err := p.load()
	if err != nil {
		return 0, "", err
	}
	data, err := smld.NewData(set, smld.DataConfig{Seed: seed})
	if err != nil {
		return 0, "", err
	}
	if s.name == trainingRows {
		return judge(p, data.Encoding, set.X, fresh, other)
	}
	plan := smld.Choose(data, seed)
	if s.change != nil {
		s.change(&plan)
	}
	plan.Train.WarmUp = min(plan.Train.WarmUp, plan.Train.Steps/10)
	m, err := train(data, plan)
	if err != nil {
		return 0, "", err
	}
	if p.mixture != "" {
		return scoreError(m, p.mixture, seed)
	}
	rows, err := sample(m, p.samples, seed)
	if err != nil {
		return 0, "", err
	}
	return judge(p, data.Encoding, rows, fresh, other)
}

// judge returns how far rows are from fresh true ones, and the figures that this comes from.
func judge(p problem, e *smld.Encoding, rows, fresh, other kernels.Matrix64) (float64, string, error) {
	switch {
	case p.axes.Rows > 0:
		return signal(rows, fresh, p.axes)
	case e.Image != nil:
		return features(e, rows, fresh, other)
	}
	return columns(e, rows, fresh, other)
}

// points returns rows in a model's units.
func points(e *smld.Encoding, rows kernels.Matrix64) kernels.Matrix {
	x := kernels.NewMatrix(rows.Rows, e.Dim())
	e.Encode(x, rows)
	return x
}

// train returns the averaged model.
func train(data *smld.Data, plan smld.Plan) (*smld.Model, error) {
	var err error
	if plan.Model.Sigmas, err = smld.Geometric(plan.SigmaMax, plan.SigmaMin, 10); err != nil {
		return nil, err
	}
	m, err := smld.NewModel(data.Points, plan.Model)
	if err != nil {
		return nil, err
	}
	t, err := smld.NewTrainer(m, data.Source, plan.Train)
	if err != nil {
		return nil, err
	}
	for range plan.Train.Steps {
		if err := t.CheckLoss(t.Step()); err != nil {
			return nil, err
		}
	}
	return t.Averaged(), nil
}

// sample returns rows of data that a model samples.
func sample(m *smld.Model, n int, seed uint64) (kernels.Matrix64, error) {
	sampler, err := smld.NewSampler("heun", m.Levels(), nil)
	if err != nil {
		return kernels.Matrix64{}, err
	}
	x, _, err := m.Draw(context.Background(), sampler, n, smld.Numbers{Seed: seed}, nil)
	if err != nil {
		return kernels.Matrix64{}, err
	}
	return m.Rows(x), nil
}

// columns returns the mean of two ratios: the distances to the true rows over those of other true rows, the
// mean of Kolmogorov and Smirnov's over the columns and the sliced Wasserstein distance in the model's units.
func columns(e *smld.Encoding, rows, fresh, other kernels.Matrix64) (float64, string, error) {
	var ks, sliced [2]float64
	truth := metrics.Sample{X: points(e, fresh)}
	for i, x := range []kernels.Matrix64{rows, other} {
		for j := range x.Cols {
			d, _, err := metrics.KS(metrics.Column(x, j), metrics.Column(fresh, j))
			if err != nil {
				return 0, "", err
			}
			ks[i] += d / float64(x.Cols)
		}
		var err error
		sample := metrics.Sample{X: points(e, x)}
		if sliced[i], err = metrics.SlicedWasserstein(sample, truth, 1, 128, 1); err != nil {
			return 0, "", err
		}
	}
	a, b := ks[0]/ks[1], sliced[0]/sliced[1]
	figures := fmt.Sprintf("KS %.3f, ratio %.2f; sliced %.3f, ratio %.2f", ks[0], a, sliced[0], b)
	return (a + b) / 2, figures, nil
}

// signal returns how far the signal's variance and the noise's standard deviation are off: the sum of |log|
// of their ratios to the true ones.
func signal(rows, fresh, axes kernels.Matrix64) (float64, string, error) {
	variance, noise := parts(rows, axes)
	trueVariance, trueNoise := parts(fresh, axes)
	a, b := variance/trueVariance, noise/trueNoise
	figures := fmt.Sprintf("signal %.3f, noise %.3f of the true ones", a, b)
	return math.Abs(detmath.Log(a)) + math.Abs(detmath.Log(b)), figures, nil
}

// parts returns the variance of rows along orthonormal axes, and the standard deviation of a value of the
// rest.
func parts(x, axes kernels.Matrix64) (variance, noise float64) {
	mean := make([]float64, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			mean[j] += v / float64(x.Rows)
		}
	}
	total := 0.0
	centred := make([]float64, x.Cols)
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			centred[j] = v - mean[j]
		}
		total += dot(centred, centred)
		for k := range axes.Rows {
			c := dot(centred, axes.Row(k))
			variance += float64(c * c)
		}
	}
	n := float64(x.Rows)
	return variance / n, math.Sqrt((total - variance) / (n * float64(x.Cols)))
}

// features returns the Frechet distance to true images in their first 20 principal components, over that of
// the training images.
func features(e *smld.Encoding, rows, fresh, other kernels.Matrix64) (float64, string, error) {
	truth := points(e, fresh)
	of, err := metrics.Components(truth, 20, points(e, rows), truth, points(e, other))
	if err != nil {
		return 0, "", err
	}
	a, err := metrics.Frechet(of[0], of[1])
	if err != nil {
		return 0, "", err
	}
	b, err := metrics.Frechet(of[2], of[1])
	return a / b, fmt.Sprintf("Fréchet %.4g, of training images %.4g", a, b), err
}

// scoreError returns the error of the score, over ten levels, against a mixture's own.
func scoreError(m *smld.Model, name string, seed uint64) (float64, string, error) {
	mixture, err := smld.NamedMixture(name)
	if err != nil {
		return 0, "", err
	}
	if mixture, err = mixture.Encoded(m.Encoding); err != nil {
		return 0, "", err
	}
	errors, err := metrics.ScoreErrors(m.Score(), mixture, m.Sigmas, 2000, seed)
	if err != nil {
		return 0, "", err
	}
	sum, worst := 0.0, 0.0
	for _, e := range errors {
		sum, worst = sum+e, max(worst, e)
	}
	mean := sum / float64(len(errors))
	return mean, fmt.Sprintf("score error, largest %.2g", worst), nil
}
