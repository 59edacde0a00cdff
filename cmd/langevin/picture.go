package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	xdraw "golang.org/x/image/draw"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/seed964deb49/langevin/internal/atomicfile"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// writePicture writes samples as a PNG: a grid of images, or a plot of points of the plane.
func writePicture(path string, x kernels.Matrix, data smld.Description) error {
	switch shape := data.Shape; {
	case len(shape) == 2:
		return writePNG(path, imageGrid(x, shape[0], shape[1], 0, data.Low, data.High))
	case len(shape) == 1 && shape[0] == 2:
		return writeScatter(path, x, data)
	default:
		return fmt.Errorf("cannot draw samples of shape %v: want images (two dimensions) or points of the plane", shape)
	}
}

// imageGrid lays out images of height by width pixels, in which low is black and high white, in a grid of that many
// columns; zero makes it nearly square. Small images are enlarged, smoothly.
func imageGrid(x kernels.Matrix, height, width, columns int, low, high float32) image.Image {
	const gap, readable, most = 4, 56, 400
	shown := min(x.Rows, most)
	scale := max(1, readable/max(height, width))
	if columns == 0 {
		columns = int(math.Ceil(math.Sqrt(float64(shown))))
	}
	rows := (shown + columns - 1) / columns
	cellW, cellH := width*scale+gap, height*scale+gap
	grid := image.NewGray(image.Rect(0, 0, columns*cellW+gap, rows*cellH+gap))
	xdraw.Draw(grid, grid.Bounds(), image.NewUniform(color.Gray{Y: 64}), image.Point{}, xdraw.Src)
	small := image.NewGray(image.Rect(0, 0, width, height))
	if !(high > low) {
		high = low + 1
	}
	for i := range shown {
		for j, v := range x.Row(i) {
			small.Pix[j] = uint8(max(0, min(255, math.Round(255*float64((v-low)/(high-low))))))
		}
		corner := image.Pt(gap+i%columns*cellW, gap+i/columns*cellH)
		cell := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width*scale, height*scale))}
		xdraw.CatmullRom.Scale(grid, cell, small, small.Bounds(), xdraw.Src, nil)
	}
	return grid
}

// writeScatter plots points of the plane.
func writeScatter(path string, x kernels.Matrix, data smld.Description) error {
	p, err := scatterPlot(fmt.Sprintf("%s, %d samples", data.Name, x.Rows), x)
	if err != nil {
		return err
	}
	return writePlot(path, p, 6*vg.Inch, 6*vg.Inch)
}

// writeLoss plots the loss over the training steps, as it is and smoothed.
func writeLoss(path string, losses []float64) error {
	const dots = 2000 // more would only cover each other
	every := max(1, len(losses)/dots)
	raw, mean := make(plotter.XYs, 0, dots), make(plotter.XYs, 0, dots)
	for i := every - 1; i < len(losses); i += every {
		raw = append(raw, plotter.XY{X: float64(i + 1), Y: losses[i]})
		mean = append(mean, plotter.XY{X: float64(i + 1), Y: recent(losses[:i+1])})
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
	p.Legend.Add("batch", scatter)
	p.Legend.Add("mean of the last 200", line)
	p.Add(plotter.NewGrid(), scatter, line)
	return writePlot(path, p, 8*vg.Inch, 5*vg.Inch)
}

func writePlot(path string, p *plot.Plot, width, height vg.Length) error {
	w, err := p.WriterTo(width, height, "png")
	if err != nil {
		return fmt.Errorf("cannot draw %s: %w", path, err)
	}
	var buf bytes.Buffer
	if _, err := w.WriteTo(&buf); err != nil {
		return fmt.Errorf("cannot draw %s: %w", path, err)
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := buf.WriteTo(w)
		return err
	})
}

func writePNG(path string, m image.Image) error {
	return atomicfile.Write(path, func(w io.Writer) error { return png.Encode(w, m) })
}
