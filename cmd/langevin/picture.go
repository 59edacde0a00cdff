package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// writeScatter plots points of the plane, the first of n.
func writeScatter(path string, x kernels.Matrix64, n int, data smld.Description) error {
	p, err := samplesPlot(x, n, data)
	if err != nil {
		return err
	}
	return writePlots(path, scatterSize, scatterSize, p)
}

const scatterSize = 6 * vg.Inch

// samplesPlot is the plot of the first of n points.
func samplesPlot(x kernels.Matrix64, n int, data smld.Description) (*plot.Plot, error) {
	title := fmt.Sprintf("%s, %d samples", data.Name, n)
	if x.Rows > mostPoints || x.Rows < n {
		x = x.Slice(0, min(x.Rows, mostPoints))
		title = fmt.Sprintf("%s, first %d of %d samples", data.Name, x.Rows, n)
	}
	return scatterPlot(title, x)
}

// writeLoss plots the loss over the training steps, as it is and smoothed.
func writeLoss(path string, losses *lossCurve) error {
	var raw, mean plotter.XYs
	for _, p := range losses.points {
		raw = append(raw, plotter.XY{X: float64(p.step), Y: p.loss})
		mean = append(mean, plotter.XY{X: float64(p.step), Y: p.mean})
	}
	scatter, err := plotter.NewScatter(raw)
	if err != nil {
		return fmt.Errorf("cannot plot the loss: %w", err)
	}
	scatter.Radius = vg.Points(0.7)
	scatter.Color = color.RGBA{R: 174, G: 199, B: 232, A: 255}
	scatter.Shape = draw.CircleGlyph{}
	line, err := plotter.NewLine(mean)
	if err != nil {
		return fmt.Errorf("cannot plot the loss: %w", err)
	}
	line.Width = vg.Points(1.5)
	line.Color = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	p := plot.New()
	p.Title.Text = "Denoising score matching"
	p.X.Label.Text = "step"
	p.Y.Label.Text = "loss"
	p.Legend.Top = true
	mark := *scatter
	mark.Radius = vg.Points(3) // a dot of the plot could not be seen
	p.Legend.Add("batch", &mark)
	p.Legend.Add("mean of the last 200", line)
	p.Add(plotter.NewGrid(), scatter, line)
	return writePlots(path, 8*vg.Inch, 5*vg.Inch, p)
}

// writePlots draws plots of that size beside each other.
func writePlots(path string, width, height vg.Length, plots ...*plot.Plot) error {
	drawn, err := drawPlots(width, height, plots...)
	if err != nil {
		return fmt.Errorf("cannot draw %s: %w", path, err)
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(drawn)
		return err
	})
}

// drawPlots returns the PNG of them.
func drawPlots(width, height vg.Length, plots ...*plot.Plot) ([]byte, error) {
	canvas := vgimg.New(vg.Length(len(plots))*width, height)
	// The margin holds what labels of ticks need beyond the width that they are counted with.
	const margin = 2 * vg.Millimeter
	inner := draw.Crop(draw.New(canvas), margin, -margin, margin, -margin)
	tiles := draw.Tiles{Rows: 1, Cols: len(plots), PadX: 4 * vg.Millimeter}
	for i, c := range plot.Align([][]*plot.Plot{plots}, tiles, inner)[0] {
		plots[i].Draw(c)
	}
	var buf bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: canvas}.WriteTo(&buf)
	return buf.Bytes(), err
}

// pictureBytes returns the picture that writePicture writes.
func pictureBytes(rows kernels.Matrix64, m *smld.Model) ([]byte, error) {
	if err := checkPicture(m.Image(), m.Data.Shape); err != nil {
		return nil, err
	}
	if image := m.Image(); image != nil {
		var b bytes.Buffer
		err := png.Encode(&b, imageGrid(narrowed(rows), *image, 0, m.Data.Low, m.Data.High))
		return b.Bytes(), err
	}
	p, err := samplesPlot(rows, rows.Rows, m.Data)
	if err != nil {
		return nil, err
	}
	return drawPlots(scatterSize, scatterSize, p)
}

func writePNG(path string, m image.Image) error {
	return atomicfile.Write(path, func(w io.Writer) error { return png.Encode(w, m) })
}
