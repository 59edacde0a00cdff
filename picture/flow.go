package picture

import (
	"image"
	"image/color"
	"math"

	xdraw "golang.org/x/image/draw"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"github.com/seed964deb49/langevin/kernels"
)

// MostParticles is how many particles of an animation are drawn, the first ones.
const MostParticles = 1500

// The times of animations, in hundredths of a second, and the shades of their colours.
const (
	frameTime  = 7
	restTime   = 200
	shadeSteps = 20
	coverSteps = 8
)

// Flow animates the way of points of the plane, from when they come into the picture, over the density of true points,
// which is the darker the higher. Without true points there is no density.
func Flow(w *Way, p Plane, truth kernels.Matrix64) (*Animation, error) {
	if err := w.check(2); err != nil {
		return nil, err
	}
	var sets []Points
	if truth.Rows > 0 {
		if err := checkPlane("true points", truth); err != nil {
			return nil, err
		}
		sets = append(sets, Points{X: truth})
	}
	bounds, err := w.viewed(p, sets)
	if err != nil {
		return nil, err
	}
	way := w.within(bounds)
	var behind image.Image
	if truth.Rows > 0 {
		behind = shadeOf(truth, bounds)
	}
	a := &Animation{delay: frameTime, rest: restTime, colors: mixtures(shade, shadeSteps, vermillion, coverSteps, 32)}
	for k, x := range way.Points {
		drawn := &panel{title: levelTitle(way.Sigmas[k]), aspect: bounds.aspect(), noGrid: true}
		drawn.x, drawn.y = bounds.axes(p.Names)
		drawn.draw = func(s *surface, v *view) {
			if behind != nil {
				s.image(behind, v.box)
			}
			for i := range min(x.Rows, MostParticles) {
				if at := v.at(x.Row(i)[0], x.Row(i)[1]); v.holds(at, 1.3) {
					s.disc(at, 1.15, faded(vermillion, 0.85))
				}
			}
		}
		f := &figure{width: columnWidth, rows: [][]*panel{{drawn}}}
		a.frames = append(a.frames, f.picture().pixels(animationPerInch))
	}
	return a, nil
}

// levelTitle says a noise level. Its digits are few and as many as those of other levels, so that it does not jump.
func levelTitle(sigma float64) string {
	if sigma == 0 {
		return "samples"
	}
	return "noise level σ = " + short(math.Round(sigma*1000)/1000)
}

// shadeOf returns the density of points as shades: a histogram of fine cells, smoothed three times by boxes.
func shadeOf(x kernels.Matrix64, b Bounds) image.Image {
	const n, radius = 140, 1
	rows := int(math.Round(n * b.aspect()))
	counts := make([]float64, rows*n)
	for i := range x.Rows {
		col := int(math.Floor((x.Row(i)[0] - b.XLow) / (b.XHigh - b.XLow) * n))
		row := int(math.Floor((b.YHigh - x.Row(i)[1]) / (b.YHigh - b.YLow) * float64(rows)))
		if col >= 0 && col < n && row >= 0 && row < rows {
			counts[row*n+col]++
		}
	}
	for range 3 {
		counts = smoothed(counts, n, radius)
	}
	highest := 0.0
	for _, c := range counts {
		highest = max(highest, c)
	}
	m := image.NewNRGBA(image.Rect(0, 0, n, rows))
	for i, c := range counts {
		m.SetNRGBA(i%n, i/n, shade.at(math.Sqrt(c/math.Max(highest, 1e-300))))
	}
	return m
}

// smoothed returns the means over the boxes around each cell.
func smoothed(counts []float64, n, radius int) []float64 {
	out := make([]float64, len(counts))
	rows := len(counts) / n
	for row := range rows {
		for col := range n {
			for y := max(0, row-radius); y <= min(rows-1, row+radius); y++ {
				for x := max(0, col-radius); x <= min(n-1, col+radius); x++ {
					out[row*n+col] += counts[y*n+x]
				}
			}
		}
	}
	return out
}

// MostEmerging is how many images of an animation are drawn, the first ones.
const MostEmerging = 64

// Emerge animates how images come out of noise. In each frame values are drawn with the contrast that they have at the
// end, so that noise beyond the range of the images is neither black nor white.
func Emerge(w *Way, f Images) (*Animation, error) {
	if err := w.check(f.Size()); err != nil {
		return nil, err
	}
	if err := f.check(w.end().Slice(0, 1)); err != nil {
		return nil, err
	}
	a := &Animation{delay: frameTime + 2, rest: restTime, colors: greyPalette(emergeGreys)}
	if f.Channels > 1 {
		a.colors = cube()
	}
	centre := float64((float64(f.Low) + float64(f.High)) / 2)
	last := spreadAround(w.end(), centre)
	for k, x := range w.Points {
		x = x.Slice(0, min(x.Rows, MostEmerging))
		shrunk := kernels.NewMatrix64(x.Rows, x.Cols)
		by := min(1, last/max(spreadAround(x, centre), 1e-300))
		for i := range x.Rows {
			for j, v := range x.Row(i) {
				shrunk.Row(i)[j] = centre + float64(by*(v-centre))
			}
		}
		a.frames = append(a.frames, f.captioned(f.grid(shrunk, false), levelTitle(w.Sigmas[k])))
	}
	return a, nil
}

const emergeGreys = 24

// spreadAround returns the root of the mean square distance of values from a centre.
func spreadAround(x kernels.Matrix64, centre float64) float64 {
	sum := 0.0
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			sum += float64((v - centre) * (v - centre))
		}
	}
	return math.Sqrt(sum / float64(x.Rows*x.Cols))
}

// captioned returns a grid with a text above it.
func (f *Images) captioned(grid image.Image, caption string) image.Image {
	size := grid.Bounds().Size()
	const head = 22
	inch := vg.Inch / animationPerInch
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(size.X)*inch, vg.Length(size.Y+head)*inch),
		vgimg.UseDPI(animationPerInch), vgimg.UseBackgroundColor(color.White))
	s := &surface{Canvas: c, rgba: c.Image().(*image.RGBA), dots: animationPerInch}
	xdraw.Draw(s.rgba, image.Rect(0, head, size.X, size.Y+head), grid, image.Point{}, xdraw.Src)
	s.text(fitted(caption, titleSize, vg.Length(size.X)*inch), titleSize, textColor,
		vg.Point{X: vg.Length(size.X) * inch / 2, Y: (vg.Length(size.Y) + 7) * inch}, middle, begin)
	return s.rgba
}
