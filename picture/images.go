package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"

	xdraw "golang.org/x/image/draw"
	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// Images says how rows of values are images, and how a grid of them looks.
type Images struct {
	dataset.Image
	Low, High float32  // values of black, and of white or a full colour
	Columns   int      // of the grid; 0 makes it nearly square
	Names     []string // of the columns, such as those of classes, or nil
}

// MostImages is how many images of a grid are drawn, the first ones.
const MostImages = 400

// The size of grids in dots of PNG.
const (
	imageGap      = 4
	readableImage = 56 // smaller images are enlarged, by whole numbers
)

// Grid draws images in rows. Small images are enlarged, smoothly.
func Grid(x kernels.Matrix64, f Images) (*Picture, error) {
	if err := f.check(x); err != nil {
		return nil, err
	}
	m := f.grid(x, true)
	if len(f.Names) == 0 {
		size := m.Bounds().Size()
		p := &Picture{width: points(size.X), height: points(size.Y), exact: m}
		p.draw = func(s *surface) { s.image(m, box{0, 0, p.width, p.height}) }
		return p, nil
	}
	return f.named(m)
}

// points returns the length of that many dots of PNG.
func points(dots int) vg.Length { return vg.Length(dots) * vg.Inch / dotsPerInch }

// named draws a grid with the names of its columns above, upright where they have no room beside each other.
func (f *Images) named(m image.Image) (*Picture, error) {
	size := m.Bounds().Size()
	cell := points(f.cell().X)
	upright, longest := false, vg.Length(0)
	for _, name := range f.Names {
		longest = max(longest, textWidth(name, labelSize))
		upright = upright || textWidth(name, labelSize) > cell-gap
	}
	const most = 1.2 * vg.Inch
	longest = min(longest, most)
	head := textHeight(labelSize) + textDepth(labelSize) + gap
	if upright {
		head = longest + gap
	}
	head = points(int(math.Ceil(float64(head * dotsPerInch / vg.Inch)))) // whole dots keep the images' own
	side := points(8)
	p := &Picture{width: points(size.X) + 2*side, height: points(size.Y) + head + 2*side}
	p.draw = func(s *surface) {
		s.image(m, box{side, side, side + points(size.X), side + points(size.Y)})
		for i, name := range f.Names {
			if i >= f.Columns {
				break
			}
			x, y := side+points(imageGap/2)+vg.Length((vg.Length(i)+0.5)*cell), side+points(size.Y)+gap
			if upright {
				name = fitted(name, labelSize, longest)
				s.upright(name, labelSize, textColor, vg.Point{X: x, Y: y + vg.Length(textWidth(name, labelSize)/2)})
			} else {
				s.text(name, labelSize, textColor, vg.Point{X: x, Y: y}, middle, begin)
			}
		}
	}
	return p, nil
}

// check returns an error unless rows are such images.
func (f *Images) check(x kernels.Matrix64) error {
	switch {
	case f.Height < 1 || f.Width < 1 || f.Channels != 1 && f.Channels != 3:
		return fmt.Errorf("cannot draw images of %dx%d pixels and %d channels: want one or more pixels, and 1 or 3 channels",
			f.Height, f.Width, f.Channels)
	case x.Rows == 0:
		return errors.New("cannot draw images: there are none")
	case x.Cols != f.Size():
		return fmt.Errorf("cannot draw images of %d values from rows of %d", f.Size(), x.Cols)
	}
	return checkFinite("images", x)
}

// enlarged returns how many dots a pixel has.
func (f *Images) enlarged() int { return max(1, readableImage/max(f.Height, f.Width)) }

// cell returns the size of an image in dots with the gap beside it.
func (f *Images) cell() image.Point {
	return image.Pt(f.Width*f.enlarged()+imageGap, f.Height*f.enlarged()+imageGap)
}

// grid lays images out, smoothly enlarged or with square pixels.
func (f *Images) grid(x kernels.Matrix64, smooth bool) image.Image {
	shown := min(x.Rows, MostImages)
	if f.Columns == 0 {
		f.Columns = int(math.Ceil(math.Sqrt(float64(shown))))
	}
	rows := (shown + f.Columns - 1) / f.Columns
	cell := f.cell()
	grid := f.canvas(f.Columns*cell.X+imageGap, rows*cell.Y+imageGap)
	xdraw.Draw(grid, grid.Bounds(), image.White, image.Point{}, xdraw.Src)
	for i := range shown {
		corner := image.Pt(imageGap+i%f.Columns*cell.X, imageGap+i/f.Columns*cell.Y)
		f.put(grid, image.Rectangle{Min: corner, Max: corner.Add(cell).Sub(image.Pt(imageGap, imageGap))}, x.Row(i), smooth)
	}
	return grid
}

// canvas returns an image of pixels that is grey, or has colours where the images have.
func (f *Images) canvas(width, height int) xdraw.Image {
	if f.Channels == 1 {
		return image.NewGray(image.Rect(0, 0, width, height))
	}
	return image.NewNRGBA(image.Rect(0, 0, width, height))
}

// put draws a row of values as an image over a rectangle.
func (f *Images) put(onto xdraw.Image, r image.Rectangle, values []float64, smooth bool) {
	low, high := float64(f.Low), float64(f.High)
	if !(high > low) {
		high = low + 1
	}
	level := func(v float64) uint8 { return uint8(max(0, min(255, math.Round(255*(v-low)/(high-low))))) }
	small := f.canvas(f.Width, f.Height)
	for y := range f.Height {
		for x := range f.Width {
			if f.Channels == 1 {
				small.Set(x, y, color.Gray{Y: level(values[f.At(y, x, 0)])})
				continue
			}
			small.Set(x, y, color.NRGBA{R: level(values[f.At(y, x, 0)]), G: level(values[f.At(y, x, 1)]),
				B: level(values[f.At(y, x, 2)]), A: 255})
		}
	}
	var scaler xdraw.Scaler = xdraw.NearestNeighbor
	if smooth {
		scaler = xdraw.CatmullRom
	}
	scaler.Scale(onto, r, small, small.Bounds(), xdraw.Src, nil)
}
