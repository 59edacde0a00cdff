package main

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
)

// How many points the measures look at. Each is measured at 240 divisions of them.
const (
	directions      = 128
	projectedPoints = 10_000
	assignedPoints  = 200
	kernelPoints    = 1000
	frechetPoints   = 2000
	frechetFeatures = 64   // principal components, where there are more coordinates
	frechetMost     = 1024 // coordinates of which a covariance matrix has its eigenvalues taken
	columnValues    = 8_000_000
	correlated      = 128 // columns
	correlatedRows  = 2000
)

// compare measures what needs no knowledge of the distribution.
func (r *report) compare(x kernels.Matrix, t *truth, seed uint64) error {
	for _, measure := range []func(x kernels.Matrix, t *truth, seed uint64) error{
		r.compareColumns, r.compareCorrelations, r.compareDistances, r.compareFrechet, r.compareNearest,
	} {
		if err := measure(x, t, seed); err != nil {
			return err
		}
	}
	return nil
}

// compareColumns measures each column by itself.
func (r *report) compareColumns(x kernels.Matrix, t *truth, seed uint64) error {
	n := max(2, min(x.Rows, projectedPoints, columnValues/x.Cols))
	columns, farthest, err := metrics.CompareColumns(
		t.rowsOf(x, n), t.rowsOf(t.data, n), t.rowsOf(t.more, n), t.columns, seed)
	if err != nil {
		return err
	}
	r.Columns = columns
	r.Measures = append(r.Measures, farthest)
	return nil
}

// compareCorrelations measures the correlations of pairs of columns, of which it takes some where they are many.
func (r *report) compareCorrelations(x kernels.Matrix, t *truth, seed uint64) error {
	n := min(x.Rows, correlatedRows)
	var sets [3]kernels.Matrix64
	var names []string
	for i, points := range []kernels.Matrix{x, t.data, t.more} {
		sets[i], names = metrics.Indicators(t.rowsOf(points, n), t.columns)
	}
	if sets[0].Cols < 2 {
		return nil
	}
	name := "largest error of a correlation" + first(n, x.Rows)
	if all := sets[0].Cols; all > correlated {
		name = fmt.Sprintf("%s, %d columns of %d", name, correlated, all)
		chosen := make([]int, correlated)
		for i := range chosen {
			chosen[i] = i * all / correlated
		}
		for i := range sets {
			sets[i] = someColumns(sets[i], chosen)
		}
		for i, j := range chosen {
			names[i] = names[j]
		}
	}
	value, i, k, err := metrics.CorrelationError(sets[0], sets[1])
	if err != nil {
		return err
	}
	ofSamples, err := metrics.CorrelationMeasure(sets[0], sets[1])
	if err != nil {
		return err
	}
	ofData, err := metrics.CorrelationMeasure(sets[2], sets[1])
	if err != nil {
		return err
	}
	c := metrics.Compare(name, ofSamples, ofData, false, seed)
	c.Value = value // in float64
	if i >= 0 {
		c.Where = fmt.Sprintf("%s and %s", names[i], names[k])
	}
	r.Measures = append(r.Measures, c)
	return nil
}

func someColumns(x kernels.Matrix64, chosen []int) kernels.Matrix64 {
	some := kernels.NewMatrix64(x.Rows, len(chosen))
	for i := range x.Rows {
		for k, j := range chosen {
			some.Data[i*some.Stride+k] = x.Data[i*x.Stride+j]
		}
	}
	return some
}

// first tells how many of the samples a measure looks at, unless at all.
func first(n, all int) string {
	if n == all {
		return ""
	}
	return fmt.Sprintf(", first %d", n)
}

// compareDistances measures distances between all points.
func (r *report) compareDistances(x kernels.Matrix, t *truth, seed uint64) error {
	n := min(x.Rows, projectedPoints)
	name := fmt.Sprintf("sliced Wasserstein, order 1, %d directions", directions) + first(n, x.Rows)
	err := r.add(name, x, t, n, seed, func(a, b kernels.Matrix) (metrics.Measure, error) {
		return metrics.SlicedMeasure(a, b, directions, seed)
	})
	if err != nil {
		return err
	}
	n = min(x.Rows, assignedPoints)
	if err := r.add("Wasserstein, order 2"+first(n, x.Rows), x, t, n, seed, metrics.WassersteinMeasure); err != nil {
		return err
	}
	bandwidth := metrics.MedianDistance(t.more) // of points that are not compared
	if !(bandwidth > 0) {
		return nil
	}
	n = min(x.Rows, kernelPoints)
	return r.add("squared MMD, unbiased"+first(n, x.Rows), x, t, n, seed, func(a, b kernels.Matrix) (metrics.Measure, error) {
		return metrics.MMDMeasure(a, b, bandwidth)
	})
}

// add compares a measure of the first n points.
func (r *report) add(
	name string, x kernels.Matrix, t *truth, n int, seed uint64, measure func(a, b kernels.Matrix) (metrics.Measure, error),
) error {
	ofSamples, err := measure(x.Slice(0, n), t.data.Slice(0, n))
	if err != nil {
		return err
	}
	ofData, err := measure(t.more.Slice(0, n), t.data.Slice(0, n))
	if err != nil {
		return err
	}
	r.Measures = append(r.Measures, metrics.Compare(name, ofSamples, ofData, false, seed))
	return nil
}

// compareFrechet measures means and covariances.
func (r *report) compareFrechet(x kernels.Matrix, t *truth, seed uint64) error {
	if x.Cols > frechetMost {
		return nil
	}
	n := min(x.Rows, frechetPoints)
	name, samples := "Fréchet distance of the coordinates", x
	of := truth{data: t.data, more: t.more}
	if x.Cols > frechetFeatures {
		// Components of points that are not compared do not favour one set.
		few, err := metrics.Components(t.more.Slice(0, n), frechetFeatures, x.Slice(0, n), t.data.Slice(0, n), t.more.Slice(0, n))
		if err != nil {
			return err
		}
		name = fmt.Sprintf("Fréchet distance of %d principal components", frechetFeatures)
		samples, of.data, of.more = few[0], few[1], few[2]
	}
	return r.add(name+first(n, x.Rows), samples, &of, n, seed, metrics.FrechetMeasure)
}

// compareNearest measures how near samples are to a finite set. New true points, which stand beside them, must not be of
// the set, so that rows with which the others are compared are left out.
func (r *report) compareNearest(x kernels.Matrix, t *truth, seed uint64) error {
	if t.rest.Rows == 0 {
		return nil
	}
	const repeated = 0.5
	samples, data := metrics.Nearest(x, t.rest), metrics.Nearest(t.data, t.rest)
	c, err := metrics.CompareMeans("distance to the nearest point of the data", samples.Distances, data.Distances, seed)
	if err != nil {
		return err
	}
	r.Measures = append(r.Measures, c)
	below := func(n metrics.Neighbours) []float64 {
		is := make([]float64, len(n.Ratios))
		for i, ratio := range n.Ratios {
			is[i] = metrics.ShareBelow([]float64{ratio}, repeated)
		}
		return is
	}
	c, err = metrics.CompareMeans("share less than half as far from it as from the next", below(samples), below(data), seed)
	if err != nil {
		return err
	}
	r.Measures = append(r.Measures, c)
	return nil
}
