package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/seed964deb49/langevin/internal/atomicfile"
)

// Format is that of a file.
type Format string

// The formats of pictures, and that of animations.
const (
	PNG Format = "png"
	SVG Format = "svg"
	GIF Format = "gif"
)

// FormatOf returns the format that the ending of a file's name says.
func FormatOf(path string) (Format, error) {
	switch f := Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))); f {
	case PNG, SVG, GIF:
		return f, nil
	}
	return "", fmt.Errorf("%s is no name of a picture: end it in .png, .svg or, for an animation, .gif", path)
}

// Drawn is a Picture or an Animation.
type Drawn interface {
	// Write writes it in one of its formats.
	Write(w io.Writer, f Format) error
	// Save writes a file in the format of its ending. The file appears whole or not at all.
	Save(path string) error
}

// Picture is a drawing that does not move.
type Picture struct {
	width, height vg.Length
	draw          func(*surface)
	exact         image.Image // the picture itself, where it is one of pixels alone
}

// Image returns the picture in pixels, as PNG has it.
func (p *Picture) Image() image.Image {
	if p.exact != nil {
		return p.exact
	}
	return p.pixels(dotsPerInch)
}

// pixels returns the picture with that many dots an inch.
func (p *Picture) pixels(dots int) *image.RGBA {
	c := vgimg.NewWith(vgimg.UseWH(p.width, p.height), vgimg.UseDPI(dots), vgimg.UseBackgroundColor(white))
	s := &surface{Canvas: c, rgba: c.Image().(*image.RGBA), dots: dots}
	p.draw(s)
	return s.rgba
}

// Write writes the picture as PNG or SVG.
func (p *Picture) Write(w io.Writer, f Format) error {
	switch f {
	case PNG:
		return png.Encode(w, greyed(p.Image()))
	case SVG:
		c := vgsvg.New(p.width, p.height)
		s := &surface{Canvas: c}
		s.rectangle(box{0, 0, p.width, p.height}, white)
		p.draw(s)
		var b bytes.Buffer
		if _, err := c.WriteTo(&b); err != nil {
			return fmt.Errorf("cannot draw an SVG: %w", err)
		}
		// Where the font is missing, another of the same widths takes its place. Images are of PNG, and fill their places.
		_, err := strings.NewReplacer(
			"font-family:Liberation Sans;", "font-family:Liberation Sans,Arial,Helvetica,sans-serif;",
			"font-variant:none;", "", "data:image/jpg;", "data:image/png;", "<image ", `<image preserveAspectRatio="none" `,
		).WriteString(w, b.String())
		return err
	}
	return fmt.Errorf("a picture that does not move is a .png or an .svg, and no .%s", f)
}

// greyed returns an image whose pixels are all grey as one of greys, which takes half of the bytes.
func greyed(m image.Image) image.Image {
	from, ok := m.(*image.RGBA)
	if !ok {
		return m
	}
	b := from.Bounds()
	to := image.NewGray(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := from.RGBAAt(x, y)
			if c.R != c.G || c.G != c.B || c.A != 255 {
				return m
			}
			to.SetGray(x, y, color.Gray{Y: c.R})
		}
	}
	return to
}

// Save writes the picture to a file whose name ends in .png or .svg. The file appears whole or not at all.
func (p *Picture) Save(path string) error { return save(path, p) }

func save(path string, d Drawn) error {
	f, err := FormatOf(path)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := d.Write(&b, f); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := b.WriteTo(w)
		return err
	})
}
