package main

import (
	"fmt"
	"image"
	"image/color"
	"math"

	xdraw "golang.org/x/image/draw"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/smld"
)

// writePicture writes rows of a model's data as a PNG: a grid of images, or a plot of points of the plane.
func writePicture(path string, rows kernels.Matrix64, m *smld.Model) error {
	return writePictureOf(path, rows, rows.Rows, m, 0)
}

// What a picture has room for.
const (
	mostImages = 400
	mostPoints = 100_000
)

// writePictureOf does so for the first of n rows, with that many columns of images.
func writePictureOf(path string, rows kernels.Matrix64, n int, m *smld.Model, columns int) error {
	if err := checkPicture(m.Image(), m.Data.Shape); err != nil {
		return err
	}
	if image := m.Image(); image != nil {
		return writePNG(path, imageGrid(narrowed(rows), *image, columns, m.Data.Low, m.Data.High))
	}
	return writeScatter(path, rows, n, m.Data)
}

// checkPicture returns an error for rows of which there is no picture.
func checkPicture(image *dataset.Image, shape []int) error {
	if image == nil && (len(shape) != 1 || shape[0] != 2) {
		return fmt.Errorf("cannot draw samples of shape %v: want images (two dimensions, or a third of 3 for colours; "+
			"rows of numbers are such by train --shape) or points of the plane", shape)
	}
	return nil
}

// canvas is an image in which levels of a channel can be set.
type canvas struct {
	xdraw.Image
	pix   []uint8
	pixel int // bytes of one
}

func newCanvas(width, height int, colour bool) canvas {
	bounds := image.Rect(0, 0, width, height)
	if !colour {
		m := image.NewGray(bounds)
		return canvas{m, m.Pix, 1}
	}
	m := image.NewRGBA(bounds)
	for i := 3; i < len(m.Pix); i += 4 {
		m.Pix[i] = 255 // opaque
	}
	return canvas{m, m.Pix, 4}
}

// imageGrid lays out images, in which low is black and high white or a full colour, in a grid of that many columns; zero
// makes it nearly square. Small images are enlarged, smoothly.
func imageGrid(x kernels.Matrix, format dataset.Image, columns int, low, high float32) image.Image {
	const gap, readable = 4, 56
	height, width := format.Height, format.Width
	shown := min(x.Rows, mostImages)
	scale := max(1, readable/max(height, width))
	if columns == 0 {
		columns = int(math.Ceil(math.Sqrt(float64(shown))))
	}
	rows := (shown + columns - 1) / columns
	cellW, cellH := width*scale+gap, height*scale+gap
	grid := newCanvas(columns*cellW+gap, rows*cellH+gap, format.Channels > 1)
	xdraw.Draw(grid, grid.Bounds(), image.NewUniform(color.Gray{Y: 64}), image.Point{}, xdraw.Src)
	small := newCanvas(width, height, format.Channels > 1)
	if !(high > low) {
		high = low + 1
	}
	for i := range shown {
		values := x.Row(i)
		for p := range height * width {
			for channel := range format.Channels {
				v := values[format.At(p/width, p%width, channel)]
				small.pix[p*small.pixel+channel] = uint8(max(0, min(255, math.Round(255*float64((v-low)/(high-low))))))
			}
		}
		corner := image.Pt(gap+i%columns*cellW, gap+i/columns*cellH)
		cell := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width*scale, height*scale))}
		xdraw.CatmullRom.Scale(grid.Image, cell, small.Image, small.Bounds(), xdraw.Src, nil)
	}
	return grid.Image
}
