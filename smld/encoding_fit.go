package smld

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// EncodingConfig says which units a model works in.
type EncodingConfig struct {
	Scale Scaling // AutoScale, which is the default, ColumnScale, OneScale or NoScale
	// Bin is the distance of neighbouring values of discrete data. Training spreads values evenly over the
	// middle half of their bins, anew each time, and samples are rounded. AutoBin, the default, takes 1 for
	// columns of whole numbers and for images of them, and NoBin takes none.
	Bin float64
}

// spreadPart is the part of a bin that values are spread over. The gaps keep the densities of neighbouring
// values apart, which a network otherwise blurs into each other.
const spreadPart = 0.5

// Scaling says which units a model works in.
type Scaling string

// Units of a model: a scale for each column, one for all, or the data's own. AutoScale is one for images and
// a scale for each column of all else.
const (
	AutoScale   Scaling = "auto"
	ColumnScale Scaling = "column"
	OneScale    Scaling = "all"
	NoScale     Scaling = "none"
)

// AutoBin and NoBin stand for a width of bins; see EncodingConfig.
const (
	AutoBin = 0.0
	NoBin   = -1.0
)

// NewEncoding returns an encoding for data, of which there are at least two rows that differ.
//
// Mean and scale of a column are the mean and the standard deviation of its values. A value may be more than
// 8 standard deviations of the others away. Mean and standard deviation are then taken after a two-hundredth
// of the values at each end have been moved to the last one that stays (Winsor's), and the coordinate has a
// Tail.
func NewEncoding(data *dataset.Set, config EncodingConfig) (*Encoding, error) {
	x := data.X
	if x.Rows < 2 || x.Cols < 1 {
		return nil, fmt.Errorf("smld: %s: too few to learn from: rows %d, values in a row %d; want two rows",
			data.Name, x.Rows, x.Cols)
	}
	scale := cmp.Or(config.Scale, AutoScale)
	if err := scalings.check(scale); err != nil {
		return nil, err
	}
	if math.IsNaN(config.Bin) || math.IsInf(config.Bin, 0) || config.Bin < 0 && config.Bin != NoBin {
		return nil, fmt.Errorf("smld: bins of width %v: want a positive number", config.Bin)
	}
	if scale == AutoScale {
		scale = ColumnScale
		if data.Image != nil {
			scale = OneScale
		}
	}
	e := &Encoding{Image: data.Image}
	e.Low, e.High = extent(x)
	if !(e.High > e.Low) {
		return nil, fmt.Errorf("smld: %s: all values are %v, and there is nothing to learn from them",
			data.Name, e.Low)
	}
	if data.Image != nil {
		e.fitImages(x, data.Whole, scale, config.Bin)
		if err := e.checkRange(data.Name); err != nil {
			return nil, err
		}
		return e, nil
	}
	e.Columns = slices.Clone(data.Columns)
	for k := range e.Columns {
		e.fitColumn(k, x, scale, config.Bin)
	}
	if scale == OneScale {
		e.share()
	}
	if e.Dim() == 0 {
		return nil, fmt.Errorf("smld: %s: its rows are all the same, and there is nothing to learn from them",
			data.Name)
	}
	if err := e.checkRange(data.Name); err != nil {
		return nil, err
	}
	return e, nil
}

// checkRange returns an error where values are too far apart for float64, or too large for float32 in units
// of the model.
func (e *Encoding) checkRange(name string) error {
	for _, c := range e.Coordinates {
		if c.Is != nil {
			continue
		}
		low, high, of := e.Low, e.High, "it"
		if e.Columns != nil {
			info := e.Columns[c.Column]
			low, high, of = info.Low, info.High, "column "+e.columnName(c.Column)
		}
		most := max(math.Abs((low-c.Mean)/c.Scale), math.Abs((high-c.Mean)/c.Scale))
		if !(most <= math.MaxFloat32) {
			return fmt.Errorf("smld: %s: %s has values from %v to %v, which are too large or too far "+
				"apart to learn from; write them in larger units", name, of, low, high)
		}
	}
	return nil
}

func extent(x kernels.Matrix64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range x.Rows {
		for _, v := range x.Data[i*x.Stride:][:x.Cols] {
			low, high = min(low, v), max(high, v)
		}
	}
	return low, high
}

// bin returns the width of bins and the step of rounding that a setting means for values.
func bin(setting float64, whole bool) float64 {
	switch {
	case setting == AutoBin && whole:
		return 1
	case setting > 0:
		return setting
	}
	return 0
}

// fitImages adds a coordinate for each value of an image.
func (e *Encoding) fitImages(x kernels.Matrix64, whole bool, scale Scaling, setting float64) {
	e.Step = bin(setting, whole)
	stats, ranges := make([]columnStats, x.Cols), make([][2]float64, x.Cols)
	values := make([]float64, x.Rows)
	squares := 0.0
	for j := range stats {
		column(values, x, j)
		stats[j].mean, stats[j].std = moments(values)
		ranges[j] = [2]float64{slices.Min(values), slices.Max(values)}
		squares += detmath.Square(stats[j].std)
	}
	all := math.Sqrt(squares / float64(len(stats)))
	for j, s := range stats {
		c := Coordinate{Column: j, Mean: s.mean, Scale: all, Bin: e.Step * spreadPart, Range: &ranges[j]}
		switch {
		case scale == NoScale:
			c.Mean, c.Scale = 0, 1
		case scale == ColumnScale && s.std > 0:
			c.Scale = s.std
		}
		e.Coordinates = append(e.Coordinates, c)
	}
}

// fitColumn adds the coordinates of a column.
func (e *Encoding) fitColumn(k int, x kernels.Matrix64, scale Scaling, setting float64) {
	values := make([]float64, x.Rows)
	column(values, x, k)
	info := &e.Columns[k]
	info.Low, info.High = slices.Min(values), slices.Max(values)
	if info.Low == info.High {
		return
	}
	sorted := slices.Sorted(slices.Values(values))
	if info.Kind == dataset.Category {
		var present []float64
		for c := range info.Categories {
			if _, found := slices.BinarySearch(sorted, float64(c)); found {
				present = append(present, float64(c))
			}
		}
		e.indicate(k, sorted, present, scale)
		return
	}
	s := columnStatistics(values, sorted)
	width := bin(setting, info.Kind == dataset.Integer)
	c := Coordinate{Column: k, Mean: s.mean, Scale: s.std, Tail: s.wild, Bin: width * spreadPart, Step: width}
	if scale == NoScale {
		c.Mean, c.Scale, c.Tail = 0, 1, false
	}
	e.Coordinates = append(e.Coordinates, c)
	e.indicate(k, sorted, spikes(sorted, width/s.std), scale)
}

// indicate adds indicators of values of column k. All of them have one scale, the root of their mean
// variance. With scales of their own a rare value would be a length that outdoes all others.
func (e *Encoding) indicate(k int, sorted, values []float64, scale Scaling) {
	variance := 0.0
	first := len(e.Coordinates)
	for _, v := range values {
		from, _ := slices.BinarySearch(sorted, v)
		to, _ := slices.BinarySearchFunc(sorted, v, func(a, v float64) int {
			if a <= v {
				return -1
			}
			return 1
		})
		share := float64(to-from) / float64(len(sorted))
		variance += float64(share * (1 - share))
		e.Coordinates = append(e.Coordinates, Coordinate{Column: k, Is: &v, Mean: share, Scale: 1})
	}
	if scale != NoScale {
		for j := first; j < len(e.Coordinates); j++ {
			e.Coordinates[j].Scale = math.Sqrt(variance / float64(len(values)))
		}
	}
}

// share gives all coordinates of numbers one scale.
func (e *Encoding) share() {
	squares, n := 0.0, 0
	most := 0.0
	for _, c := range e.Coordinates {
		if c.Is == nil {
			most = max(most, c.Scale)
			n++
		}
	}
	for _, c := range e.Coordinates {
		if c.Is == nil {
			squares += detmath.Square(c.Scale / most)
		}
	}
	for j := range e.Coordinates {
		if c := &e.Coordinates[j]; c.Is == nil {
			c.Scale = float64(most * math.Sqrt(squares/float64(n)))
		}
	}
}
