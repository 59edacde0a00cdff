package live

import (
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/extent"
)

// view is how a page shows values.
type view struct {
	// The axis of a column, or of the values of images, reaches from low to high: over all values but a few that
	// are far away.
	low, high []float64
	double    bool // float32 is not enough
}

// newView returns the view of data that were chosen.
func (d *chosen) newView() view {
	if d.model != nil {
		low, high := ranges(d.model.Encoding, d.model.Data)
		return view{low, high, double(low, high)}
	}
	e := d.data.Encoding
	low, high := ranges(e, d.data.Description)
	if e.Image != nil {
		return view{low, high, false}
	}
	const most = 20_000 // rows, taken evenly
	x := d.set.X
	values := make([]float64, min(x.Rows, most))
	for j, c := range e.Columns {
		if c.Kind == dataset.Category {
			continue
		}
		for i := range values {
			values[i] = x.Row(i * x.Rows / len(values))[j]
		}
		low[j], high[j] = extent.Of(values)
	}
	return view{low, high, double(low, high)}
}

// double reports whether float32 is not enough to show values of columns: it has none as large or as small, with noise
// around them, or it does not tell them apart, such as moments of an hour in seconds since 1970.
func double(low, high []float64) bool {
	const largest, smallest, apart = 1e34, 1e-30, 1 << 14
	for j := range low {
		size := max(math.Abs(low[j]), math.Abs(high[j]))
		wide := high[j] - low[j]
		if size > largest || wide > 0 && (wide < smallest || wide < size/apart) {
			return true
		}
	}
	return false
}
