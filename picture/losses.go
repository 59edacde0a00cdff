package picture

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// LossPoint is a step of a training.
type LossPoint struct {
	Step int
	Loss float64 // of the batch, or of those since the point before
	Mean float64 // of the last batches
	Rate float64 // learning rate; 0 where it is not known
}

// Loss draws the losses of a training, their mean and, below, the learning rate. Batch and mean say what is what,
// such as "batch" and "mean of the last 200". An empty mean leaves that curve out.
func Loss(points []LossPoint, batch, mean string) (*Picture, error) {
	points = slices.Clone(points)
	points = slices.DeleteFunc(points, func(p LossPoint) bool { return math.IsNaN(p.Loss) || math.IsInf(p.Loss, 0) })
	if len(points) == 0 {
		return nil, errors.New("cannot draw the loss: there is no step with a finite one")
	}
	x := axis{name: "training step", low: float64(points[0].Step), high: float64(points[len(points)-1].Step)}
	if x.low < x.high/10 {
		x.low = 0
	}
	x.spread(0)
	loss := &panel{aspect: 0.55, x: x, y: lossAxis(points, mean != "")}
	loss.y.name = "loss"
	loss.draw = func(s *surface, v *view) { drawLosses(s, v, points, mean != "") }
	f := &figure{width: columnWidth, rows: [][]*panel{{loss}}}
	if mean != "" {
		f.legend = []entry{
			{batch, func(s *surface, at vg.Point) { s.disc(at, 2.4, sky) }},
			lineEntry(mean, blue),
		}
	}
	if slices.ContainsFunc(points, func(p LossPoint) bool { return p.Rate > 0 }) {
		loss.x.name, loss.x.bare = "", true
		f.rows = append(f.rows, []*panel{ratePanel(points, x)})
		f.dense = true
	}
	return f.picture(), nil
}

// lossAxis spans the losses from zero, but for the highest of batches: the first are often far above all others.
func lossAxis(points []LossPoint, means bool) axis {
	losses := make([]float64, len(points))
	top := 0.0
	for i, p := range points {
		losses[i] = p.Loss
		if means && i >= len(points)/50 && !math.IsInf(p.Mean, 0) {
			top = max(top, p.Mean) // not NaN, which max would keep
		}
	}
	slices.Sort(losses)
	a := axis{low: losses[0], high: max(losses[(len(losses)-1)*98/100], top)}
	if !means {
		a.high = min(losses[len(losses)-1], 2.5*losses[len(losses)/2])
	}
	if math.IsNaN(a.high) {
		a.high = losses[len(losses)-1]
	}
	a.spread(0)
	by := float64(0.05 * (a.high - a.low))
	if a.high += by; a.low > 0 {
		a.low = max(0, a.low-by)
	}
	return a
}

func drawLosses(s *surface, v *view, points []LossPoint, means bool) {
	var curve []vg.Point
	for _, p := range points {
		at := v.at(float64(p.Step), p.Loss)
		if means && v.holds(at, 0) {
			s.disc(at, 0.7, faded(sky, 0.6))
		}
		if means {
			at = v.at(float64(p.Step), p.Mean)
		}
		curve = append(curve, at)
	}
	v.curve(s, blue, curveLine, curve)
}

// curve draws a line through places, as far as it is within the view.
func (v *view) curve(s *surface, c color.NRGBA, width vg.Length, points []vg.Point) {
	var part []vg.Point
	for i := 1; i < len(points); i++ {
		a, b, ok := v.clip(points[i-1], points[i])
		if !ok {
			s.line(c, width, part...)
			part = nil
			continue
		}
		if len(part) == 0 || part[len(part)-1] != a {
			s.line(c, width, part...)
			part = []vg.Point{a}
		}
		part = append(part, b)
	}
	s.line(c, width, part...)
	if len(points) == 1 && v.holds(points[0], 0) {
		s.disc(points[0], 1.5*width, c)
	}
}

// clip returns the part of a line that is within the view (Liang and Barsky).
func (v *view) clip(a, b vg.Point) (from, to vg.Point, ok bool) {
	begin, end := vg.Length(0), vg.Length(1)
	dx, dy := b.X-a.X, b.Y-a.Y
	for _, side := range [4][2]vg.Length{{-dx, a.X - v.left}, {dx, v.right - a.X}, {-dy, a.Y - v.low}, {dy, v.high - a.Y}} {
		p, q := side[0], side[1]
		switch {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			begin = max(begin, q/p)
		case p > 0:
			end = min(end, q/p)
		}
	}
	if !(begin < end) {
		return a, b, false
	}
	from, to = a, b
	if begin > 0 {
		from = vg.Point{X: a.X + vg.Length(begin*dx), Y: a.Y + vg.Length(begin*dy)}
	}
	if end < 1 {
		to = vg.Point{X: a.X + vg.Length(end*dx), Y: a.Y + vg.Length(end*dy)}
	}
	return from, to, true
}

func lineEntry(name string, c color.NRGBA) entry {
	return entry{name, func(s *surface, at vg.Point) {
		s.line(c, 1.5*curveLine, vg.Point{X: at.X - markWidth/2, Y: at.Y}, vg.Point{X: at.X + markWidth/2, Y: at.Y})
	}}
}

// ratePanel draws the learning rate over the same steps.
func ratePanel(points []LossPoint, x axis) *panel {
	p := &panel{aspect: 0.28, x: x, y: axis{name: "learning rate"}}
	for _, at := range points {
		p.y.high = max(p.y.high, at.Rate)
	}
	p.y.spread(0)
	p.y.high *= 1.1
	p.draw = func(s *surface, v *view) {
		var curve []vg.Point
		for _, at := range points {
			curve = append(curve, v.at(float64(at.Step), at.Rate))
		}
		v.curve(s, vermillion, curveLine, curve)
	}
	return p
}

// HeldOutLosses are the losses of points that are not trained on, after a step of the training, by noise level.
type HeldOutLosses struct {
	Step           int
	Sigmas, Losses []float64
}

// HeldOut draws the losses of held-out points over the noise level, at up to four moments of a training: the last, and
// others whose steps are in about equal ratios.
func HeldOut(moments []HeldOutLosses) (*Picture, error) {
	var curves []HeldOutLosses
	for _, m := range moments {
		c := HeldOutLosses{Step: m.Step}
		if len(m.Sigmas) != len(m.Losses) {
			return nil, fmt.Errorf("cannot draw held-out losses: step %d has %d noise levels and %d losses", m.Step, len(m.Sigmas), len(m.Losses))
		}
		for i, sigma := range m.Sigmas {
			if loss := m.Losses[i]; sigma > 0 && !math.IsNaN(loss) && !math.IsInf(loss, 0) {
				c.Sigmas, c.Losses = append(c.Sigmas, sigma), append(c.Losses, loss)
			}
		}
		if len(c.Sigmas) > 0 {
			curves = append(curves, c)
		}
	}
	if len(curves) == 0 {
		return nil, errors.New("cannot draw held-out losses: there are none that are finite; train holds points out by --hold-out")
	}
	curves = spacedMoments(curves)
	p := &panel{aspect: 0.7, x: axis{name: "noise level σ", log: true, low: math.Inf(1)}, y: axis{name: "held-out loss"}}
	for _, c := range curves {
		p.x.low, p.x.high = min(p.x.low, slices.Min(c.Sigmas)), max(p.x.high, slices.Max(c.Sigmas))
		p.y.low, p.y.high = min(p.y.low, slices.Min(c.Losses)), max(p.y.high, slices.Max(c.Losses))
	}
	p.x.spread(0.03)
	p.y.spread(0)
	p.y.high += float64(0.05 * (p.y.high - p.y.low))
	f := &figure{width: columnWidth, rows: [][]*panel{{p}}}
	colors := make([]color.NRGBA, len(curves))
	for i, c := range curves {
		colors[i] = onWhite.at(float64(i+1) / float64(len(curves)))
		f.legend = append(f.legend, lineEntry(fmt.Sprintf("step %d", c.Step), colors[i]))
	}
	p.draw = func(s *surface, v *view) {
		for i, c := range curves {
			var curve []vg.Point
			for k := range c.Sigmas {
				curve = append(curve, v.at(c.Sigmas[k], c.Losses[k]))
			}
			v.curve(s, colors[i], curveLine, curve)
			for _, at := range curve {
				s.disc(at, 1.4, colors[i])
			}
		}
	}
	return f.picture(), nil
}

// spacedMoments returns up to four curves.
func spacedMoments(curves []HeldOutLosses) []HeldOutLosses {
	const most = 4
	if len(curves) <= most {
		return curves
	}
	ratio := float64(curves[len(curves)-1].Step) / math.Max(1, float64(curves[0].Step))
	var spaced []HeldOutLosses
	for k := range most {
		want := float64(float64(curves[0].Step) * math.Pow(ratio, float64(k)/(most-1)))
		nearest := curves[0]
		for _, c := range curves {
			if math.Abs(float64(c.Step)-want) < math.Abs(float64(nearest.Step)-want) {
				nearest = c
			}
		}
		if len(spaced) == 0 || spaced[len(spaced)-1].Step != nearest.Step {
			spaced = append(spaced, nearest)
		}
	}
	return spaced
}
