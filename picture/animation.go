package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"io"
)

// Animation is a drawing that moves, over and over again, with a rest at the end.
type Animation struct {
	frames []image.Image
	colors color.Palette
	delay  int // of a frame, in hundredths of a second
	rest   int // of the last one
}

// Frames returns how many frames there are.
func (a *Animation) Frames() int { return len(a.frames) }

// Image returns a frame.
func (a *Animation) Image(frame int) image.Image { return a.frames[frame] }

// Save writes the animation to a file whose name ends in .gif. The file appears whole or not at all.
func (a *Animation) Save(path string) error { return save(path, a) }

// Write writes the animation as GIF. A frame holds what differs from the one before.
func (a *Animation) Write(w io.Writer, f Format) error {
	if f != GIF {
		return fmt.Errorf("an animation is a .gif, and no .%s", f)
	}
	if len(a.frames) == 0 {
		return errors.New("an animation without frames")
	}
	transparent := len(a.colors)
	palette := append(a.colors[:transparent:transparent], color.NRGBA{})
	match := matcher{colors: a.colors, known: map[color.NRGBA]uint8{}}
	out := &gif.GIF{Config: image.Config{
		ColorModel: palette, Width: a.frames[0].Bounds().Dx(), Height: a.frames[0].Bounds().Dy(),
	}}
	var before *image.Paletted
	for i, frame := range a.frames {
		m := match.paletted(frame, palette)
		out.Image = append(out.Image, changed(before, m, uint8(transparent)))
		delay := a.delay
		if i == len(a.frames)-1 {
			delay = a.rest
		}
		out.Delay = append(out.Delay, delay)
		out.Disposal = append(out.Disposal, gif.DisposalNone)
		before = m
	}
	return gif.EncodeAll(w, out)
}

// matcher finds the nearest of some colours.
type matcher struct {
	colors color.Palette
	known  map[color.NRGBA]uint8
}

func (m *matcher) paletted(frame image.Image, palette color.Palette) *image.Paletted {
	b := frame.Bounds()
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), palette)
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(frame.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			index, ok := m.known[c]
			if !ok {
				index = uint8(m.colors.Index(c))
				m.known[c] = index
			}
			out.Pix[y*out.Stride+x] = index
		}
	}
	return out
}

// changed returns the part of a frame that differs from the one before, and within it transparent pixels where it does
// not. It has at least one pixel.
func changed(before, m *image.Paletted, transparent uint8) *image.Paletted {
	if before == nil {
		return m
	}
	var part image.Rectangle
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			if at := y*m.Stride + x; m.Pix[at] != before.Pix[at] {
				part = part.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if part.Empty() {
		part = image.Rect(0, 0, 1, 1)
	}
	out := image.NewPaletted(part, m.Palette)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			at := y*m.Stride + x
			index := m.Pix[at]
			if index == before.Pix[at] {
				index = transparent
			}
			out.SetColorIndex(x, y, index)
		}
	}
	return out
}

// mixtures returns a palette: the steps of a ramp, each also under a colour of several opacities, and greys.
func mixtures(r ramp, steps int, over color.NRGBA, opacities, greys int) color.Palette {
	var p color.Palette
	for i := range steps {
		under := r.at(float64(i) / float64(steps-1))
		for k := range opacities {
			p = append(p, mixed(under, over, float64(k)/float64(opacities-1)))
		}
	}
	return append(p, greyPalette(greys)...)
}

func greyPalette(n int) color.Palette {
	var p color.Palette
	for i := range n {
		p = append(p, mixed(black, white, float64(i)/float64(n-1)))
	}
	return p
}

// cube is a palette of all colours, six levels of red and blue and seven of green.
func cube() color.Palette {
	var p color.Palette
	for r := range 6 {
		for g := range 7 {
			for b := range 6 {
				p = append(p, color.NRGBA{R: uint8(r * 51), G: uint8(g * 255 / 6), B: uint8(b * 51), A: 255})
			}
		}
	}
	return p
}
