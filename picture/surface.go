package picture

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
)

// surface is what is drawn on. Its origin is the lower left corner.
type surface struct {
	vg.Canvas
	rgba *image.RGBA // its pixels, or nil
	dots int         // an inch
}

// box is a rectangle.
type box struct{ left, low, right, high vg.Length }

func (b box) width() vg.Length  { return b.right - b.left }
func (b box) height() vg.Length { return b.high - b.low }

func (s *surface) line(c color.Color, width vg.Length, points ...vg.Point) {
	if len(points) < 2 {
		return
	}
	var p vg.Path
	p.Move(points[0])
	for _, q := range points[1:] {
		p.Line(q)
	}
	s.SetColor(c)
	s.SetLineWidth(width)
	s.SetLineDash(nil, 0)
	s.Stroke(p)
}

func (s *surface) polygon(c color.Color, points ...vg.Point) {
	var p vg.Path
	p.Move(points[0])
	for _, q := range points[1:] {
		p.Line(q)
	}
	p.Close()
	s.SetColor(c)
	s.Fill(p)
}

func (s *surface) rectangle(b box, c color.Color) {
	s.polygon(c, vg.Point{X: b.left, Y: b.low}, vg.Point{X: b.right, Y: b.low},
		vg.Point{X: b.right, Y: b.high}, vg.Point{X: b.left, Y: b.high})
}

func (s *surface) frame(b box) {
	s.line(frameColor, frameLine, vg.Point{X: b.left, Y: b.low}, vg.Point{X: b.right, Y: b.low},
		vg.Point{X: b.right, Y: b.high}, vg.Point{X: b.left, Y: b.high}, vg.Point{X: b.left, Y: b.low},
		vg.Point{X: b.right, Y: b.low})
}

func disc(at vg.Point, radius vg.Length) vg.Path {
	var p vg.Path
	p.Move(vg.Point{X: at.X + radius, Y: at.Y})
	p.Arc(at, radius, 0, 2*math.Pi)
	p.Close()
	return p
}

func (s *surface) disc(at vg.Point, radius vg.Length, c color.Color) {
	s.SetColor(c)
	s.Fill(disc(at, radius))
}

func (s *surface) ring(at vg.Point, radius, width vg.Length, c color.Color) {
	s.SetColor(c)
	s.SetLineWidth(width)
	s.SetLineDash(nil, 0)
	s.Stroke(disc(at, radius))
}

// image draws an image over a box: pixel by pixel where its sizes are the same, otherwise smoothly.
func (s *surface) image(m image.Image, b box) {
	if s.rgba == nil {
		s.DrawImage(vg.Rectangle{Min: vg.Point{X: b.left, Y: b.low}, Max: vg.Point{X: b.right, Y: b.high}}, m)
		return
	}
	dot := func(x vg.Length) int { return int(math.Round(float64(x / vg.Inch * vg.Length(s.dots)))) }
	height := s.rgba.Bounds().Dy()
	r := image.Rect(dot(b.left), height-dot(b.high), dot(b.right), height-dot(b.low))
	if r.Size() == m.Bounds().Size() {
		xdraw.Draw(s.rgba, r, m, m.Bounds().Min, xdraw.Over)
		return
	}
	xdraw.CatmullRom.Scale(s.rgba, r, m, m.Bounds(), xdraw.Over, nil)
}

// A place says where of a text its point is: at the beginning, in the middle or at the end.
type place float64

const (
	begin  place = 0
	middle place = 0.5
	end    place = 1
)

func textWidth(t string, size vg.Length) vg.Length {
	f := face(size)
	return f.Width(boxed(typeset(t)))
}

// textHeight is that of letters without descent, textDepth their descent.
func textHeight(size vg.Length) vg.Length { return 0.73 * size }
func textDepth(size vg.Length) vg.Length  { return 0.22 * size }

// typeset returns a text as it is printed: a minus is no hyphen before a number, and control characters are spaces.
func typeset(t string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, t)
}

// boxed returns a text with boxes for letters that the font does not have, which would leave nothing to see.
func boxed(t string) string {
	var b sfnt.Buffer
	f := face(tickSize).Face
	return strings.Map(func(r rune) rune {
		if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 {
			return '□'
		}
		return r
	}, t)
}

// text draws a text, of which the point is the place in x and in y.
func (s *surface) text(t string, size vg.Length, c color.Color, at vg.Point, x, y place) {
	f := face(size)
	at.X -= vg.Length(vg.Length(x) * textWidth(t, size))
	if t = typeset(t); s.rgba != nil {
		t = boxed(t) // whoever shows an SVG has other fonts
	}
	at.Y -= vg.Length(vg.Length(y) * textHeight(size))
	s.SetColor(c)
	s.FillString(f, at, t)
}

// upright draws a text from bottom to top around its middle.
func (s *surface) upright(t string, size vg.Length, c color.Color, at vg.Point) {
	s.Push()
	s.Translate(at)
	s.Rotate(math.Pi / 2)
	s.text(t, size, c, vg.Point{}, middle, middle)
	s.Pop()
}

// fitted returns a text that is at most that wide, with an ellipsis in its middle where it is cut.
func fitted(t string, size, width vg.Length) string {
	letters := []rune(t)
	const most = 1000 // more never have room, and each that is left out costs a measurement of the rest
	if len(letters) > most {
		letters = slices.Delete(letters, most/2, len(letters)-most/2)
		t = string(letters)
	}
	for n := len(letters); textWidth(t, size) > width && n > 1; {
		n--
		t = string(letters[:(n+1)/2]) + "…" + string(letters[len(letters)-n/2:])
	}
	return t
}
