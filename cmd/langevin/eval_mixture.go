package main

import (
	"context"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// compareMixture measures what needs the exact distribution.
func (r *report) compareMixture(
	ctx context.Context, x kernels.Matrix, t *truth, model *smld.Model, mixture *smld.GaussianMixture, seed uint64,
) error {
	if err := r.compareModes(x, t, mixture, seed); err != nil {
		return err
	}
	if err := r.compareDensity(x, t, mixture, seed); err != nil {
		return err
	}
	const scorePoints, likelihoodPoints, levels = 10_000, 10_000, 10
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
	kl := estimate{Points: min(t.data.Rows, likelihoodPoints)}
	kl.Value, kl.StandardError, err = metrics.KL(mixture, func(dst []float64, y kernels.Matrix) error {
		_, err := modelLikelihood(model).LogDensity(ctx, dst, model.Score(), y, smld.Numbers{})
		return err
	}, t.data.Slice(0, kl.Points), model.Sigmas[len(model.Sigmas)-1], seed)
	r.KL = &kl
	return err
}

// compareModes measures the weights of the modes, and their shapes where each has samples.
func (r *report) compareModes(x kernels.Matrix, t *truth, mixture *smld.GaussianMixture, seed uint64) error {
	modes := metrics.CountModes(x, mixture)
	r.Modes = &modesReport{
		modes.Shares, modes.Expected, modes.LargestError, modes.Covered, modes.PValue, modes.PValue <= metrics.Level,
	}
	n := min(x.Rows, projectedPoints)
	samples, data, more := x.Slice(0, n), t.data.Slice(0, n), t.more.Slice(0, n)
	ofX, ofData, ofMore := metrics.CountModes(samples, mixture), metrics.CountModes(data, mixture), metrics.CountModes(more, mixture)
	for _, m := range []metrics.Modes{ofX, ofData, ofMore} {
		if m.Covered < len(m.Counts) {
			return nil
		}
	}
	ofSamples, err := metrics.BalancedMeasure(samples, data, ofX, ofData, directions, seed)
	if err != nil {
		return err
	}
	floor, err := metrics.BalancedMeasure(more, data, ofMore, ofData, directions, seed)
	if err != nil {
		return err
	}
	r.Measures = append(r.Measures,
		metrics.Compare("the same sliced distance, every mode weighted to its share", ofSamples, floor, false, seed))
	return nil
}

// compareDensity measures the mean exact log-density: more than data's where modes are too narrow, less where samples lie
// between them.
func (r *report) compareDensity(x kernels.Matrix, t *truth, mixture *smld.GaussianMixture, seed uint64) error {
	n := min(x.Rows, projectedPoints)
	var densities [3][]float64
	for i, points := range []kernels.Matrix{x.Slice(0, n), t.data.Slice(0, n), t.more.Slice(0, n)} {
		densities[i] = make([]float64, points.Rows)
		mixture.LogDensity(densities[i], points, 0)
	}
	ofSamples, err := metrics.MeanMeasure(densities[0], densities[1])
	if err != nil {
		return err
	}
	ofData, err := metrics.MeanMeasure(densities[2], densities[1])
	if err != nil {
		return err
	}
	r.Measures = append(r.Measures, metrics.Compare("exact log-density less that of data, nats", ofSamples, ofData, true, seed))
	return nil
}

// modelLikelihood returns the settings of a model's likelihood.
func modelLikelihood(m *smld.Model) smld.Likelihood {
	const tolerance = 1e-4 // far below what training leaves
	levels := m.Levels()
	return smld.Likelihood{
		SigmaMin: float32(levels.Min), SigmaMax: float32(levels.Max), Mean: m.Mean, Std: m.Std,
		RelTol: tolerance, AbsTol: tolerance,
	}
}
