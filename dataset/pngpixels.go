package dataset

import (
	"encoding/binary"
	"image"
	"image/color"
	"math"
)

// pixels returns a function that gives red, green, blue and alpha of a pixel in the bits of the image, and
// the alpha of an opaque pixel. Colours are not multiplied by alpha. The types are those that image/png
// decodes to.
func pixels(m image.Image) (at func(x, y int) [4]uint16, opaque uint16) {
	byteAt := func(pix []uint8, i int) [4]uint16 {
		return [4]uint16{uint16(pix[i]), uint16(pix[i+1]), uint16(pix[i+2]), uint16(pix[i+3])}
	}
	wordAt := func(pix []uint8, i int) (p [4]uint16) {
		for c := range p {
			p[c] = binary.BigEndian.Uint16(pix[i+2*c:])
		}
		return p
	}
	switch m := m.(type) {
	case *image.Gray:
		return func(x, y int) [4]uint16 {
			v := uint16(m.Pix[m.PixOffset(x, y)])
			return [4]uint16{v, v, v, math.MaxUint8}
		}, math.MaxUint8
	case *image.Gray16:
		return func(x, y int) [4]uint16 {
			v := m.Gray16At(x, y).Y
			return [4]uint16{v, v, v, math.MaxUint16}
		}, math.MaxUint16
	case *image.RGBA: // of a file without alpha
		return func(x, y int) [4]uint16 { return byteAt(m.Pix, m.PixOffset(x, y)) }, math.MaxUint8
	case *image.NRGBA:
		return func(x, y int) [4]uint16 { return byteAt(m.Pix, m.PixOffset(x, y)) }, math.MaxUint8
	case *image.RGBA64: // of a file without alpha
		return func(x, y int) [4]uint16 { return wordAt(m.Pix, m.PixOffset(x, y)) }, math.MaxUint16
	case *image.NRGBA64:
		return func(x, y int) [4]uint16 { return wordAt(m.Pix, m.PixOffset(x, y)) }, math.MaxUint16
	}
	return func(x, y int) [4]uint16 {
		c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
		return [4]uint16{uint16(c.R), uint16(c.G), uint16(c.B), uint16(c.A)}
	}, math.MaxUint8
}
