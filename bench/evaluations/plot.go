package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// marks are how each sampler looks: colours of Okabe and Ito, which the colour-blind can tell apart, and
// glyphs and dashes, which a print in grey keeps.
var marks = map[string]struct {
	color  color.Color
	glyph  vgdraw.GlyphDrawer
	dashes []vg.Length
}{
	"ddim":      {color.RGBA{A: 255}, vgdraw.CrossGlyph{}, []vg.Length{2, 2}},
	"heun":      {color.RGBA{R: 213, G: 94, A: 255}, vgdraw.SquareGlyph{}, nil},
	"dpm2m":     {color.RGBA{R: 86, G: 180, B: 233, A: 255}, vgdraw.PyramidGlyph{}, nil},
	"dpm3m":     {color.RGBA{G: 114, B: 178, A: 255}, vgdraw.CircleGlyph{}, nil},
	"lms":       {color.RGBA{G: 158, B: 115, A: 255}, vgdraw.BoxGlyph{}, []vg.Length{6, 2}},
	"rk45":      {color.RGBA{R: 204, G: 121, B: 167, A: 255}, diamond{}, nil},
	"ancestral": {color.RGBA{R: 213, G: 94, A: 255}, vgdraw.SquareGlyph{}, nil},
	"dpm2m-sde": {color.RGBA{R: 86, G: 180, B: 233, A: 255}, vgdraw.PyramidGlyph{}, nil},
	"dpm3m-sde": {color.RGBA{G: 114, B: 178, A: 255}, vgdraw.CircleGlyph{}, nil},
}

// picture returns a PNG picture of the errors and the variances, beside each other.
func picture(m measured) ([]byte, error) {
	const (
		distance = "median distance to the exact solution"
		variance = "variance within modes over the exact one"
	)
	without, err := panel("Samplers without noise", distance, m.errors, math.Log10)
	if err != nil {
		return nil, err
	}
	without.Y.Min, without.Y.Max = -5, 0
	without.Y.Tick.Marker = ticks(math.Log10, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1)
	without.Legend.Left = true
	with, err := panel("Samplers with noise", variance, m.variances, linear)
	if err != nil {
		return nil, err
	}
	exact := plotter.NewFunction(func(float64) float64 { return 1 })
	exact.Color = color.Gray{Y: 96}
	with.Add(exact)
	with.Y.Min, with.Y.Max = 0.8, 1.5
	with.Y.Tick.Marker = ticks(linear, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5)
	with.Legend.Top = true

	const width, height, margin = 10 * vg.Inch, 4.5 * vg.Inch, 2 * vg.Millimeter
	canvas := vgimg.New(width, height)
	inner := vgdraw.Crop(vgdraw.New(canvas), margin, -margin, margin, -margin)
	tiles := vgdraw.Tiles{Rows: 1, Cols: 2, PadX: 6 * vg.Millimeter}
	panels := []*plot.Plot{without, with}
	for i, c := range plot.Align([][]*plot.Plot{panels}, tiles, inner)[0] {
		panels[i].Draw(c)
	}
	var b bytes.Buffer
	_, err = vgimg.PngCanvas{Canvas: canvas}.WriteTo(&b)
	return b.Bytes(), err
}

// diamond is a glyph.
type diamond struct{}

// DrawGlyph draws it.
func (diamond) DrawGlyph(c *vgdraw.Canvas, style vgdraw.GlyphStyle, at vg.Point) {
	var p vg.Path
	r := style.Radius * 1.4
	p.Move(vg.Point{X: at.X - r, Y: at.Y})
	p.Line(vg.Point{X: at.X, Y: at.Y + r})
	p.Line(vg.Point{X: at.X + r, Y: at.Y})
	p.Line(vg.Point{X: at.X, Y: at.Y - r})
	p.Close()
	c.SetColor(style.Color)
	c.Fill(p)
}

// A scale is where a value stands on an axis. The logarithmic scale of package plot puts labels of axes too
// high.
type scale func(float64) float64

func linear(v float64) float64 { return v }

// panel plots the values of some samplers over the evaluations, on a logarithmic axis.
func panel(title, label string, all []series, y scale) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, "evaluations of the score a sample", label
	p.X.Tick.Marker = ticks(math.Log10, 10, 15, 25, 40, 60, 100)
	p.Add(plotter.NewGrid())
	p.Legend.Padding, p.Legend.ThumbnailWidth = 1, 32
	for _, s := range all {
		var values plotter.XYs
		for _, q := range s.points {
			values = append(values, plotter.XY{X: math.Log10(q.evaluations), Y: y(q.value)})
		}
		line, points, err := plotter.NewLinePoints(values)
		if err != nil {
			return nil, fmt.Errorf("cannot plot %s: %w", s.name, err)
		}
		mark := marks[s.name]
		line.Color, line.Width, line.Dashes = mark.color, vg.Points(1.5), mark.dashes
		points.Color, points.Shape, points.Radius = mark.color, mark.glyph, vg.Points(3.5)
		if s.own {
			p.Add(points)
			p.Legend.Add(s.name, points)
			continue
		}
		p.Add(line, points)
		p.Legend.Add(s.name, line, points)
	}
	p.X.Min, p.X.Max = math.Log10(9.5), math.Log10(105)
	return p, nil
}

// ticks are marks at values, each with its label.
func ticks(at scale, values ...float64) plot.ConstantTicks {
	var all plot.ConstantTicks
	for _, v := range values {
		all = append(all, plot.Tick{Value: at(v), Label: strconv.FormatFloat(v, 'f', -1, 64)})
	}
	return all
}

// write writes a picture, whole.
func write(path string, m measured) error {
	drawn, err := picture(m)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(drawn)
		return err
	})
}
