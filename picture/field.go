package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// Density is the logarithm of a density at any noise level, such as that of an smld.GaussianMixture or of an
// smld.Empirical.
type Density interface {
	// LogDensity sets dst[i] to the log-density at row i of x of the data with noise of level sigma.
	LogDensity(dst []float64, x kernels.Matrix, sigma float32)
}

// FieldOptions say how a score field is drawn.
type FieldOptions struct {
	Plane           // Bounds are needed, in units of the data; a Title stands nowhere
	Units   Units   // of the score
	Density Density // over which the field lies, in units of the score; nil leaves it out

	aspect float64
}

// Field draws a score of the plane at noise levels, beside each other, over the density of the data with noise of that
// level. Arrows point along sigma^2 score, from a point to where it would be without noise; their lengths grow
// with the root of that distance within a plot. Colours are the density in parts of its greatest value in the plot.
func Field(score smld.Score, sigmas []float32, o FieldOptions) (*Picture, error) {
	if score.Dim() != 2 {
		return nil, fmt.Errorf("cannot draw a score field of %d dimensions: want points of the plane", score.Dim())
	}
	if len(sigmas) == 0 || o.Bounds == (Bounds{}) {
		return nil, errors.New("cannot draw a score field without a noise level, or without bounds")
	}
	for _, sigma := range sigmas {
		if !(sigma > 0) || math.IsInf(float64(sigma), 0) {
			return nil, fmt.Errorf("cannot draw a score field at the noise level %v: want one above zero", sigma)
		}
	}
	if err := o.Bounds.check(); err != nil {
		return nil, err
	}
	o.aspect = o.Bounds.aspect()
	o.Bounds = o.Bounds.equal(o.aspect)
	f := &figure{width: columnWidth}
	if len(sigmas) > 1 {
		f.width = pageWidth
	}
	across := min(len(sigmas), mostAcross)
	for i, sigma := range sigmas {
		if i%across == 0 {
			f.rows = append(f.rows, nil)
		}
		p := o.panel(score, sigma)
		if i%across > 0 {
			p.y.bare, p.y.name = true, ""
		}
		row := len(f.rows) - 1
		f.rows[row] = append(f.rows[row], p)
	}
	if o.Density != nil {
		f.bar = &scaleBar{axis: axis{name: "density, in parts of its greatest", low: 0, high: 1}, colors: viridis}
		if len(sigmas) > 2 {
			f.bar.name = "density, relative" // which fits
		}
	}
	return f.picture(), nil
}

func (o *FieldOptions) panel(score smld.Score, sigma float32) *panel {
	p := &panel{title: "σ = " + short(float64(sigma)), aspect: o.aspect, noGrid: true}
	p.x, p.y = o.Bounds.axes(o.Names)
	arrows := o.arrows(score, sigma)
	var background image.Image
	if o.Density != nil {
		background = o.density(sigma)
	}
	p.draw = func(s *surface, v *view) {
		if background != nil {
			s.image(background, v.box)
		}
		drawArrows(s, v, arrows)
	}
	return p
}

// cells returns the middles of rows of n cells in units of the score, the highest row first.
func (o *FieldOptions) cells(n int) kernels.Matrix {
	rows := o.rows(n)
	x := kernels.NewMatrix(rows*n, 2)
	b := o.Bounds
	for i := range rows {
		for j := range n {
			at := [2]float64{
				b.XLow + float64((float64(j)+0.5)/float64(n)*(b.XHigh-b.XLow)),
				b.YHigh - float64((float64(i)+0.5)/float64(rows)*(b.YHigh-b.YLow)),
			}
			for k := range at {
				x.Row(i*n + j)[k] = float32((at[k] - o.Units.Mean[k]) / o.Units.scale(k))
			}
		}
	}
	return x
}

// rows returns how many rows of n nearly square cells there are.
func (o *FieldOptions) rows(n int) int { return max(1, int(math.Round(o.aspect*float64(n)))) }

// density returns the density as colours.
func (o *FieldOptions) density(sigma float32) image.Image {
	const n = 128
	logs := make([]float64, n*o.rows(n))
	o.Density.LogDensity(logs, o.cells(n), sigma)
	highest := math.Inf(-1)
	for _, v := range logs {
		highest = max(highest, v)
	}
	m := image.NewNRGBA(image.Rect(0, 0, n, o.rows(n)))
	for i, v := range logs {
		m.SetNRGBA(i%n, i/n, viridis.at(math.Exp(v-highest)))
	}
	return m
}

// arrowsAcross is how many there are in a row.
const arrowsAcross = 17

// arrow is one from a point, in units of the data.
type arrow struct{ x, y, dx, dy float64 }

func (o *FieldOptions) arrows(score smld.Score, sigma float32) []arrow {
	x := o.cells(arrowsAcross)
	dst := kernels.NewMatrix(x.Rows, 2)
	score.At(dst, x, sigma)
	at := o.Units.Data(x)
	arrows := make([]arrow, x.Rows)
	for i := range arrows {
		variance := float64(sigma) * float64(sigma)
		arrows[i] = arrow{at.Row(i)[0], at.Row(i)[1],
			variance * float64(dst.Row(i)[0]) * o.Units.scale(0), variance * float64(dst.Row(i)[1]) * o.Units.scale(1)}
	}
	return arrows
}

// drawArrows draws arrows, white with a dark edge, which can be seen on all colours. The longest are as long as the
// cells are wide.
func drawArrows(s *surface, v *view, arrows []arrow) {
	longest := 0.0
	for _, a := range arrows {
		longest = max(longest, math.Hypot(a.dx/(v.x.high-v.x.low), a.dy/(v.y.high-v.y.low)))
	}
	if !(longest > 0) || math.IsInf(longest, 0) {
		return
	}
	const share = 0.85 / arrowsAcross // of the width
	for _, pass := range []struct {
		color color.NRGBA
		wider vg.Length
	}{{faded(black, 0.55), 0.9}, {white, 0}} {
		for _, a := range arrows {
			length := math.Hypot(a.dx/(v.x.high-v.x.low), a.dy/(v.y.high-v.y.low))
			by := share / math.Sqrt(max(length, 1e-12*longest)*longest) / 2
			from, to := v.at(a.x-float64(by*a.dx), a.y-float64(by*a.dy)), v.at(a.x+float64(by*a.dx), a.y+float64(by*a.dy))
			if v.holds(from, 1) && v.holds(to, 1) {
				drawArrow(s, from, to, pass.color, pass.wider)
			}
		}
	}
}

func drawArrow(s *surface, from, to vg.Point, c color.NRGBA, wider vg.Length) {
	const line, head = 0.7, 3.2
	dx, dy := to.X-from.X, to.Y-from.Y
	length := vg.Length(math.Hypot(float64(dx), float64(dy)))
	if length < 1.6 {
		s.disc(from, 0.6+vg.Length(wider/2), c)
		return
	}
	dx, dy = dx/length, dy/length
	tip := min(head, 0.7*length)
	base := vg.Point{X: to.X - vg.Length(tip*dx), Y: to.Y - vg.Length(tip*dy)}
	s.line(c, line+wider, from, base)
	half := vg.Length(0.36*tip) + vg.Length(wider/2)
	to.X, to.Y = to.X+vg.Length(wider*dx), to.Y+vg.Length(wider*dy)
	acrossX, acrossY := vg.Length(half*dy), vg.Length(half*dx)
	s.polygon(c, to, vg.Point{X: base.X - acrossX, Y: base.Y + acrossY}, vg.Point{X: base.X + acrossX, Y: base.Y - acrossY})
}
