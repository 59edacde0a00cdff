package picture

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// MostTrajectories is how many lines are drawn, those of the first points.
const MostTrajectories = 80

// Trajectories draws the way of points of the plane as lines whose colour is the noise level, from where they come into
// the picture. True points, if given, lie behind.
func Trajectories(w *Way, p Plane, sets ...Points) (*Picture, error) {
	if err := w.check(2); err != nil {
		return nil, err
	}
	for _, set := range sets {
		if err := checkPlane("true points", set.X); err != nil {
			return nil, err
		}
	}
	bounds, err := w.viewed(p, sets)
	if err != nil {
		return nil, err
	}
	way := w.within(bounds)
	drawn := &panel{title: p.Title, aspect: bounds.aspect()}
	drawn.x, drawn.y = bounds.axes(p.Names)
	behind := dress(sets)
	levels := axis{name: "noise level σ", log: true, low: math.Inf(1)}
	for _, sigma := range way.Sigmas {
		if sigma > 0 {
			levels.low, levels.high = min(levels.low, sigma), max(levels.high, sigma)
		}
	}
	f := &figure{width: columnWidth, rows: [][]*panel{{drawn}}, legend: legendOf(behind)}
	// Most of the way is at large levels. Those below a hundredth of the largest have one colour.
	levels.low = max(levels.low, levels.high/100)
	if levels.low < levels.high {
		f.bar = &scaleBar{axis: levels, colors: reversed(onWhite)}
	} else {
		levels.low, levels.high = 0.5, 1 // all are of one level, or none is known
	}
	f.legend = append(f.legend,
		entry{"start", func(s *surface, at vg.Point) { s.ring(at, 2, 0.8, onWhite.at(0)) }},
		entry{"sample", func(s *surface, at vg.Point) { s.disc(at, 2, vermillion) }},
	)
	drawn.draw = func(s *surface, v *view) {
		for i := range behind {
			behind[i].draw(s, v, column(0), column(1))
		}
		for i := range min(way.end().Rows, MostTrajectories) {
			way.line(s, v, &levels, i)
		}
		way.marks(s, v)
	}
	return f.picture(), nil
}

func reversed(r ramp) ramp {
	back := make(ramp, len(r))
	for i, c := range r {
		back[len(r)-1-i] = c
	}
	return back
}

// line draws the way of a point, each step in the colour of the level that it leads to.
func (w *Way) line(s *surface, v *view, levels *axis, i int) {
	for k := 1; k < len(w.Points); k++ {
		a, b := w.Points[k-1].Row(i), w.Points[k].Row(i)
		from, to, ok := v.clip(v.at(a[0], a[1]), v.at(b[0], b[1]))
		if !ok {
			continue
		}
		part := 1.0
		if w.Sigmas[k] > 0 {
			part = 1 - levels.part(w.Sigmas[k])
		}
		s.line(onWhite.at(part), 0.7, from, to)
	}
}

// marks draws where the points start, as far as that is in the picture, and where they end.
func (w *Way) marks(s *surface, v *view) {
	for i := range min(w.end().Rows, MostTrajectories) {
		start, end := w.Points[0].Row(i), w.end().Row(i)
		if at := v.at(start[0], start[1]); v.holds(at, 2) {
			s.ring(at, 1.4, 0.6, onWhite.at(0))
		}
		if at := v.at(end[0], end[1]); v.holds(at, 2) {
			s.disc(at, 1.4, vermillion)
		}
	}
}
