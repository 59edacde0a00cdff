package picture

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/kernels"
)

// Points are points with a name, in units of the data, one a row.
type Points struct {
	Name string
	X    kernels.Matrix64
	// True says that they are true points: they are grey, and lie behind the others.
	True bool
}

// MostPoints is how many points of a set are drawn, the first ones.
const MostPoints = 20_000

// drawnPoints are points with their look.
type drawnPoints struct {
	Points
	color  color.NRGBA
	radius vg.Length
}

// dress gives sets of points colours and marks: small ones where there are many points. True points come first.
func dress(sets []Points) []drawnPoints {
	var dressed []drawnPoints
	next := 0
	for _, behind := range []bool{true, false} {
		for _, set := range sets {
			if set.True != behind {
				continue
			}
			set.X = set.X.Slice(0, min(set.X.Rows, MostPoints))
			c := trueColor
			if !set.True {
				c = setColors[next%len(setColors)]
				next++
			}
			crowd := math.Log10(float64(max(set.X.Rows, 1))) / 4 // 1 for 10,000 points
			d := drawnPoints{Points: set, color: faded(c, max(0.5, min(0.9, 1.3-float64(0.6*crowd))))}
			d.radius = vg.Length(max(0.55, min(1.8, 2.6-float64(1.9*crowd))))
			dressed = append(dressed, d)
		}
	}
	return dressed
}

// draw draws those points of two columns that lie within the view.
func (d *drawnPoints) draw(s *surface, v *view, x, y func(row []float64, i int) float64) {
	for i := range d.X.Rows {
		row := d.X.Row(i)
		if at := v.at(x(row, i), y(row, i)); v.holds(at, d.radius) {
			s.disc(at, d.radius, d.color)
		}
	}
}

// column returns a column of a row.
func column(j int) func(row []float64, i int) float64 {
	return func(row []float64, _ int) float64 { return row[j] }
}

// entry returns the line of the legend, whose mark is larger than a dot of the plot.
func (d *drawnPoints) entry() entry {
	name := d.Name
	return entry{name, func(s *surface, at vg.Point) { s.disc(at, 2.4, faded(d.color, 1)) }}
}

func legendOf(sets []drawnPoints) (entries []entry) {
	for i := range sets {
		if sets[i].Name != "" {
			entries = append(entries, sets[i].entry())
		}
	}
	return entries
}

// checkPlane returns an error unless points are of the plane, at least one and finite.
func checkPlane(what string, x kernels.Matrix64) error {
	if x.Rows == 0 || x.Cols != 2 {
		return fmt.Errorf("cannot draw %s: %d rows of %d values: want one or more points of the plane, with two values each",
			what, x.Rows, x.Cols)
	}
	return checkFinite(what, x)
}

func checkFinite(what string, x kernels.Matrix64) error {
	for i := range x.Rows {
		for j, v := range x.Row(i) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("cannot draw %s: value %d of row %d is %v: leave out rows without a number", what, j+1, i+1, v)
			}
		}
	}
	return nil
}

// Bounds are between which values a plot of the plane lies. The zero value is chosen by the points.
type Bounds struct{ XLow, XHigh, YLow, YHigh float64 }

// around returns bounds that hold points, but for a few far away, with a little room around them.
func around(sets ...Points) Bounds {
	b := extents(sets...)
	x, y := axis{low: b.XLow, high: b.XHigh}, axis{low: b.YLow, high: b.YHigh}
	x.spread(0.06)
	y.spread(0.06)
	return Bounds{x.low, x.high, y.low, y.high}
}

// holds reports whether a point lies within.
func (b Bounds) holds(x, y float64) bool {
	return x >= b.XLow && x <= b.XHigh && y >= b.YLow && y <= b.YHigh
}

// leaveOut returns how many points lie outside, and how many there are.
func (b Bounds) leaveOut(sets []Points) (n, all int) {
	for _, set := range sets {
		for i := range min(set.X.Rows, MostPoints) {
			all++
			if row := set.X.Row(i); !b.holds(row[0], row[1]) {
				n++
			}
		}
	}
	return n, all
}

// check returns an error unless the low ends are below the high ones.
func (b Bounds) check() error {
	if !(b.XLow < b.XHigh && b.YLow < b.YHigh) || math.IsInf(b.XHigh-b.XLow, 0) || math.IsInf(b.YHigh-b.YLow, 0) {
		return fmt.Errorf("cannot draw a plot from %v to %v and from %v to %v: want low ends below the high ones, and finite ones",
			b.XLow, b.XHigh, b.YLow, b.YHigh)
	}
	return nil
}

// aspect returns the height over the width of a plot in which a unit is as long on both axes. Plots are neither tall nor
// flat.
func (b Bounds) aspect() float64 {
	const flat = 0.6
	return max(flat, min(1, (b.YHigh-b.YLow)/(b.XHigh-b.XLow)))
}

// equal widens bounds until a unit is as long on both axes of a plot of an aspect. Where one axis is more than a hundred
// times as long as the other, their units are not alike, and bounds stay as they are.
func (b Bounds) equal(aspect float64) Bounds {
	width, height := b.XHigh-b.XLow, b.YHigh-b.YLow
	if width > 100*height || height > 100*width {
		return b
	}
	by := float64((max(width, height/aspect) - width) / 2)
	b.XLow, b.XHigh = b.XLow-by, b.XHigh+by
	by = float64((max(float64(width*aspect), height) - height) / 2)
	b.YLow, b.YHigh = b.YLow-by, b.YHigh+by
	return b
}

// wider returns bounds with room around them, in parts of the longer side.
func (b Bounds) wider(part float64) Bounds {
	by := float64(part * max(b.XHigh-b.XLow, b.YHigh-b.YLow))
	return Bounds{b.XLow - by, b.XHigh + by, b.YLow - by, b.YHigh + by}
}

func (b Bounds) axes(names [2]string) (x, y axis) {
	return axis{name: names[0], low: b.XLow, high: b.XHigh}, axis{name: names[1], low: b.YLow, high: b.YHigh}
}
