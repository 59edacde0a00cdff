package picture

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
)

// Chart is a plot of curves.
type Chart struct {
	Title        string
	XName, YName string // of the axes
	XLog, YLog   bool   // whether they are logarithmic
	Level        *float64
	Series       []Series
}

// Series is a curve through points, or a single one. Series of one name have one look in all charts.
type Series struct {
	Name string
	X, Y []float64
}

// Curves draws charts beside each other, with one legend. A chart's Level, if given, is a line across it. Marks differ
// in shape as well as in colour.
func Curves(charts ...Chart) (*Picture, error) {
	if len(charts) == 0 {
		return nil, errors.New("cannot draw curves: there is no chart")
	}
	f := &figure{width: columnWidth, rows: [][]*panel{nil}}
	if len(charts) > 1 {
		f.width = pageWidth
	}
	looks := map[string]int{}
	for _, c := range charts {
		if err := c.check(); err != nil {
			return nil, err
		}
		for _, s := range c.Series {
			if _, ok := looks[s.Name]; !ok {
				look := len(looks)
				looks[s.Name] = look
				f.legend = append(f.legend, curveEntry(s.Name, look))
			}
		}
		f.rows[0] = append(f.rows[0], c.panel(looks))
	}
	return f.picture(), nil
}

// check returns an error unless the values of a chart have places on its axes.
func (c *Chart) check() error {
	if len(c.Series) == 0 {
		return errors.New("cannot draw curves: a chart has none")
	}
	for _, s := range c.Series {
		if len(s.X) == 0 || len(s.X) != len(s.Y) {
			return fmt.Errorf("cannot draw the curve %s: it has %d values over %d: want as many, and one or more", s.Name, len(s.Y), len(s.X))
		}
		for i := range s.X {
			for _, v := range []struct {
				at  float64
				log bool
			}{{s.X[i], c.XLog}, {s.Y[i], c.YLog}} {
				if math.IsNaN(v.at) || math.IsInf(v.at, 0) || v.log && v.at <= 0 {
					return fmt.Errorf("cannot draw the curve %s: %v has no place on its axis", s.Name, v.at)
				}
			}
		}
	}
	return nil
}

func (c *Chart) panel(looks map[string]int) *panel {
	p := &panel{title: c.Title, aspect: 0.75}
	p.x = axis{name: c.XName, log: c.XLog, low: math.Inf(1), high: math.Inf(-1)}
	p.y = axis{name: c.YName, log: c.YLog, low: math.Inf(1), high: math.Inf(-1)}
	for _, s := range c.Series {
		for i := range s.X {
			p.x.low, p.x.high = min(p.x.low, s.X[i]), max(p.x.high, s.X[i])
			p.y.low, p.y.high = min(p.y.low, s.Y[i]), max(p.y.high, s.Y[i])
		}
	}
	p.x.spread(0.05)
	p.y.spread(0.05)
	p.draw = func(s *surface, v *view) {
		if c.Level != nil {
			y := v.at(p.x.low, *c.Level).Y
			v.curve(s, frameColor, frameLine, []vg.Point{{X: v.left, Y: y}, {X: v.right, Y: y}})
		}
		for _, of := range c.Series {
			var curve []vg.Point
			for i := range of.X {
				curve = append(curve, v.at(of.X[i], of.Y[i]))
			}
			look := looks[of.Name]
			v.curve(s, lookColor(look), curveLine, curve)
			for _, at := range curve {
				s.mark(at, look)
			}
		}
	}
	return p
}

func curveEntry(name string, look int) entry {
	return entry{name, func(s *surface, at vg.Point) {
		s.line(lookColor(look), curveLine, vg.Point{X: at.X - markWidth/2, Y: at.Y}, vg.Point{X: at.X + markWidth/2, Y: at.Y})
		s.mark(at, look)
	}}
}

func lookColor(look int) color.NRGBA {
	if look %= len(setColors) + 1; look < len(setColors) {
		return setColors[look]
	}
	return black
}

// mark draws one of five shapes.
func (s *surface) mark(at vg.Point, look int) {
	const r = 2.1
	c := lookColor(look)
	corner := func(x, y vg.Length) vg.Point { return vg.Point{X: at.X + r*x, Y: at.Y + r*y} }
	switch look % 5 {
	case 0:
		s.disc(at, r, c)
	case 1:
		s.polygon(c, corner(-0.9, -0.9), corner(0.9, -0.9), corner(0.9, 0.9), corner(-0.9, 0.9))
	case 2:
		s.polygon(c, corner(-1.1, -0.8), corner(1.1, -0.8), corner(0, 1.3))
	case 3:
		s.polygon(c, corner(0, -1.4), corner(1.4, 0), corner(0, 1.4), corner(-1.4, 0))
	case 4:
		s.disc(at, r, white)
		s.ring(at, r, 0.8, c)
	}
}
