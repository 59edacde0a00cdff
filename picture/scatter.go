package picture

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/plot/vg"
)

// Plane says how a plot of points of the plane looks.
type Plane struct {
	Title  string
	Names  [2]string // of the axes
	Bounds Bounds
}

// Scatter draws points of the plane. A unit is as long on one axis as on the other.
func Scatter(p Plane, sets ...Points) (*Picture, error) {
	return Scatters([]Panel{{p.Title, sets}}, Plane{Names: p.Names, Bounds: p.Bounds})
}

// Panel is one of several plots of points.
type Panel struct {
	Title string
	Sets  []Points
}

// mostAcross is how many plots stand beside each other.
const mostAcross = 5

// Scatters draws plots of points of the plane beside each other, with the same axes. Sets of one name have one look.
func Scatters(panels []Panel, p Plane) (*Picture, error) {
	if len(panels) == 0 {
		return nil, errors.New("cannot draw points: there are no panels")
	}
	var all []Points
	for _, panel := range panels {
		for _, set := range panel.Sets {
			if err := checkPlane("points", set.X); err != nil {
				return nil, fmt.Errorf("%w (of %s)", err, nameOf(set.Name, panel.Title))
			}
		}
		all = append(all, panel.Sets...)
	}
	if len(all) == 0 {
		return nil, errors.New("cannot draw points: no panel has any")
	}
	bounds := p.Bounds
	if bounds == (Bounds{}) {
		bounds = around(all...)
	}
	if err := bounds.check(); err != nil {
		return nil, err
	}
	aspect := bounds.aspect()
	bounds = bounds.equal(aspect)
	f := &figure{width: columnWidth}
	if len(panels) > 1 {
		f.width = pageWidth
	}
	across := min(len(panels), mostAcross)
	named := map[string]bool{}
	for i, of := range panels {
		if i%across == 0 {
			f.rows = append(f.rows, nil)
		}
		sets := dress(of.Sets)
		for _, e := range legendOf(sets) {
			if !named[e.name] {
				named[e.name] = true
				f.legend = append(f.legend, e)
			}
		}
		drawn := &panel{title: of.Title, aspect: aspect}
		drawn.x, drawn.y = bounds.axes(p.Names)
		if i%across > 0 {
			drawn.y.bare, drawn.y.name = true, ""
		}
		for k := range sets {
			sets[k].radius *= vg.Length(math.Pow(float64(across), -0.4)) // smaller plots have smaller marks
		}
		drawn.draw = func(s *surface, v *view) {
			for j := range sets {
				sets[j].draw(s, v, column(0), column(1))
			}
		}
		row := len(f.rows) - 1
		f.rows[row] = append(f.rows[row], drawn)
	}
	if len(f.legend) < 2 && len(panels) > 1 {
		f.legend = nil
	}
	if p.Bounds == (Bounds{}) {
		f.legend = append(f.legend, outside(bounds.leaveOut(all))...)
	}
	return f.picture(), nil
}

func nameOf(names ...string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return "a set without a name"
}
