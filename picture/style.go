package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// The look of all pictures.
const (
	dotsPerInch      = 240 // of PNG
	animationPerInch = 120 // dots of GIF, which is for screens

	columnWidth = 3.5 * vg.Inch // of a single plot
	pageWidth   = 7 * vg.Inch   // of plots beside each other

	titleSize = 9 * vg.Length(1) // of fonts, in points
	labelSize = 8 * vg.Length(1)
	tickSize  = 7 * vg.Length(1)

	margin    = 4 * vg.Length(1)  // around everything
	gap       = 3 * vg.Length(1)  // between an axis, its labels and its name
	panelGap  = 10 * vg.Length(1) // between plots
	tickMark  = 2.5 * vg.Length(1)
	frameLine = 0.6 * vg.Length(1)
	gridLine  = 0.4 * vg.Length(1)
	curveLine = 1.2 * vg.Length(1)
)

// Colours of Okabe and Ito, which the colour-blind can tell apart.
var (
	black      = color.NRGBA{A: 255}
	white      = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	blue       = color.NRGBA{G: 114, B: 178, A: 255}
	vermillion = color.NRGBA{R: 213, G: 94, A: 255}
	green      = color.NRGBA{G: 158, B: 115, A: 255}
	purple     = color.NRGBA{R: 204, G: 121, B: 167, A: 255}
	orange     = color.NRGBA{R: 230, G: 159, A: 255}
	sky        = color.NRGBA{R: 86, G: 180, B: 233, A: 255}

	textColor  = color.NRGBA{R: 34, G: 34, B: 34, A: 255}
	frameColor = color.NRGBA{R: 102, G: 102, B: 102, A: 255}
	gridColor  = color.NRGBA{R: 228, G: 228, B: 228, A: 255}
	trueColor  = color.NRGBA{R: 158, G: 158, B: 158, A: 255} // of true points, behind samples
)

// setColors are those of sets of points, in order.
var setColors = []color.NRGBA{blue, vermillion, green, purple, orange, sky}

var fonts = font.NewCache(liberation.Collection())

// face returns the font in a size.
func face(size vg.Length) font.Face {
	return fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}, size)
}

// faded returns a colour of that opacity.
func faded(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(math.Round(255 * opacity))
	return c
}

// mixed returns the colour on the way from a to b, in parts of it.
func mixed(a, b color.NRGBA, part float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + float64(part*(float64(y)-float64(x))))) }
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: mix(a.A, b.A)}
}

// A ramp is a sequence of colours whose lightness rises or falls evenly.
type ramp []color.NRGBA

// viridis is the map of Smith and van der Walt, at eleven places.
var viridis = ramp{
	{68, 1, 84, 255}, {72, 36, 117, 255}, {65, 68, 135, 255}, {53, 95, 141, 255}, {42, 120, 142, 255},
	{33, 145, 140, 255}, {34, 168, 132, 255}, {68, 191, 112, 255}, {122, 209, 81, 255}, {189, 223, 38, 255},
	{253, 231, 37, 255},
}

// onWhite is its darker part from noise to data, all of which can be seen on white.
var onWhite = ramp{{122, 209, 81, 255}, {34, 168, 132, 255}, {42, 120, 142, 255}, {65, 68, 135, 255}, {68, 1, 84, 255}}

// shade is light, for what lies behind marks.
var shade = ramp{white, {198, 219, 239, 255}, {140, 180, 216, 255}}

// at returns the colour at a part of the ramp, from 0 to 1.
func (r ramp) at(part float64) color.NRGBA {
	if !(part > 0) {
		return r[0]
	}
	place := float64(min(part, 1) * float64(len(r)-1))
	i := min(int(place), len(r)-2)
	return mixed(r[i], r[i+1], place-float64(i))
}
