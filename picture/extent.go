package picture

import (
	"fmt"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/internal/extent"
	"github.com/seed964deb49/langevin/kernels"
)

// BoundsAround returns bounds around points of the plane, with room around them in parts of the longer side. A few
// that are far from all others may lie outside.
func BoundsAround(x kernels.Matrix64, part float64) Bounds {
	b := extents(Points{X: x})
	room := float64(part * max(b.XHigh-b.XLow, b.YHigh-b.YLow))
	if !(room > 0) {
		room = 1
	}
	return Bounds{b.XLow - room, b.XHigh + room, b.YLow - room, b.YHigh + room}
}

// extents returns the extent of points along both axes, of those that are drawn.
func extents(sets ...Points) Bounds {
	var xs, ys []float64
	for _, set := range sets {
		for i := range min(set.X.Rows, MostPoints) {
			xs, ys = append(xs, set.X.Row(i)[0]), append(ys, set.X.Row(i)[1])
		}
	}
	var b Bounds
	b.XLow, b.XHigh = extent.Of(xs)
	b.YLow, b.YHigh = extent.Of(ys)
	return b
}

// outside returns the line of a legend that says how many points are not to be seen, or nothing.
func outside(n, all int) []entry {
	if n == 0 {
		return nil
	}
	return []entry{{fmt.Sprintf("%d of %d outside", n, all), func(*surface, vg.Point) {}}}
}
