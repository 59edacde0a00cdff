package live

import (
	"fmt"
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/internal/setup"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/metrics"
	"github.com/seed964deb49/langevin/smld"
)

// What the measures look at, so that none takes long.
const (
	measured       = 2000    // samples at most
	measuredValues = 400_000 // values of them
	leastMeasured  = 32      // samples, where there are as many
	measuredLines  = 64      // directions of the sliced distance
)

// measure measures samples by the data, as far as that is quick. The measures follow from the samples, the data
// and the seeds.
func (w *worker) measure(r *drawnResult) []Measure {
	all := []Measure{}
	if w.chosen == nil || w.chosen.set == nil {
		return all
	}
	d, of := w.chosen, r.drawing.Class
	if of == setup.AllClasses {
		of = ""
	}
	n := min(r.points.Rows, measured, max(leastMeasured, measuredValues/r.points.Cols))
	t := d.truth(of, n)
	if t == nil {
		return all
	}
	x := r.model.Points(r.model.Rows(r.points.Slice(0, t.n))) // as rounding leaves them
	if m, ok := t.sliced(x, r.drawing.Seed); ok {
		all = append(all, m)
	}
	if mixture := d.mixture(); mixture != nil && of == "" {
		all = append(all, modes(x, t.data, mixture)...)
	}
	if m, ok := d.nearest(r.points); ok {
		all = append(all, m)
	}
	return all
}

// sliced measures the sliced Wasserstein distance of order 1 from true points, next to that between true points.
func (t *truth) sliced(x kernels.Matrix, seed uint64) (m Measure, ok bool) {
	value, err := metrics.SlicedWasserstein(metrics.Sample{X: x}, metrics.Sample{X: t.data}, 1, measuredLines, seed)
	if err != nil || !(t.floor > 0) {
		return m, false
	}
	const good = 1.5
	ratio := value / t.floor
	return Measure{
		Name: "sliced Wasserstein distance", Value: value, Floor: t.floor,
		Text: short(ratio) + " times that of true points", Good: ratio <= good,
	}, true
}

// modes measures which modes have samples, and how many.
func modes(x, data kernels.Matrix, mixture *smld.GaussianMixture) []Measure {
	const good = 4 // standard errors
	of, ofData := metrics.CountModes(x, mixture), metrics.CountModes(data, mixture)
	largest := 0.0 // error, in parts of the samples
	for k, share := range of.Shares {
		largest = max(largest, math.Abs(share-of.Expected[k]))
	}
	return []Measure{
		{
			Name: "modes covered", Value: float64(of.Covered), Floor: float64(ofData.Covered),
			Text: fmt.Sprintf("%d of %d modes", of.Covered, mixture.Components()),
			Good: of.Covered >= ofData.Covered,
		},
		{
			Name: "largest error of a mode's share", Value: of.LargestError, Floor: ofData.LargestError,
			Text: short(100*largest) + " percent of the samples, " + short(of.LargestError) + " standard errors",
			Good: of.LargestError <= good,
		},
	}
}

// nearest measures how far images are from the nearest training image, next to images that are not trained on:
// much less is learning by heart.
func (d *chosen) nearest(x kernels.Matrix) (m Measure, ok bool) {
	const most, least, work, good = 100, 4, 200_000_000, 0.5
	training, held := d.data.Points, d.data.HeldOut
	n := min(x.Rows, held.Rows, most, work/(training.Rows*training.Cols))
	if d.data.Encoding.Image == nil || d.data.Endless || n < least {
		return m, false
	}
	value, _ := metrics.Mean(metrics.Nearest(x.Slice(0, n), training).Distances)
	floor, _ := metrics.Mean(metrics.Nearest(held.Slice(0, n), training).Distances)
	if !(floor > 0) {
		return m, false
	}
	return Measure{
		Name: "distance to the nearest training image", Value: value, Floor: floor,
		Text: short(value/floor) + " times that of images that are not trained on",
		Good: value >= good*floor,
	}, true
}

// short returns a number above 0 as people write it: two digits, more only before the point.
func short(v float64) string {
	switch {
	case v >= 9.95:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 0.95:
		return strconv.FormatFloat(v, 'f', 1, 64)
	default:
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
}
