package picture

import (
	"fmt"
	"image"
	"strconv"

	"gonum.org/v1/plot/vg"

	"github.com/seed964deb49/langevin/kernels"
)

// MostNeighbours is how many samples are drawn above their neighbours, the first ones.
const MostNeighbours = 40

// Neighbours draws samples, under each the training image that is nearest to it, and under that the distance
// between the two. Row i of nearest is the neighbour of row i of samples.
func Neighbours(samples, nearest kernels.Matrix64, distances []float64, f Images) (*Picture, error) {
	for _, x := range []kernels.Matrix64{samples, nearest} {
		if err := f.check(x); err != nil {
			return nil, err
		}
	}
	if nearest.Rows != samples.Rows || len(distances) != samples.Rows {
		return nil, fmt.Errorf("cannot draw neighbours: %d samples have %d neighbours and %d distances: want as many of each",
			samples.Rows, nearest.Rows, len(distances))
	}
	shown := min(samples.Rows, MostNeighbours)
	if f.Columns == 0 {
		f.Columns = min(shown, 10)
	}
	blocks := (shown + f.Columns - 1) / f.Columns
	names := []string{"sample", "nearest", "distance"}
	left := vg.Length(0)
	for _, name := range names {
		left = max(left, textWidth(name, labelSize))
	}
	left = wholeDots(left + 2*gap)
	cell := f.cell()
	cellWidth, cellHeight := points(cell.X), points(cell.Y)
	label := wholeDots(textHeight(tickSize) + 2*gap)
	side := points(12)
	block := 2*cellHeight + label
	p := &Picture{
		width:  2*side + left + vg.Length(vg.Length(f.Columns)*cellWidth),
		height: 2*side + vg.Length(vg.Length(blocks)*block),
	}
	p.draw = func(s *surface) {
		for i := range shown {
			x := side + left + vg.Length(vg.Length(i%f.Columns)*cellWidth)
			y := p.height - side - vg.Length(vg.Length(i/f.Columns)*block)
			for k, of := range []kernels.Matrix64{samples, nearest} {
				low := y - vg.Length(vg.Length(k+1)*cellHeight)
				m := f.canvas(cell.X-imageGap, cell.Y-imageGap)
				f.put(m, image.Rectangle{Max: m.Bounds().Size()}, of.Row(i), true)
				s.image(m, box{x, low, x + cellWidth - points(imageGap), low + cellHeight - points(imageGap)})
			}
			inner := cellWidth - points(imageGap)
			distance, size := distanceText(distances[i], inner)
			s.text(distance, size, textColor,
				vg.Point{X: x + vg.Length(inner/2), Y: y - vg.Length(2*cellHeight) - gap/2}, middle, end)
			if i%f.Columns > 0 {
				continue
			}
			for k, name := range names {
				at := vg.Point{X: side + left - 2*gap, Y: y - vg.Length((vg.Length(k)+0.5)*cellHeight)}
				if k == 2 {
					at.Y = y - vg.Length(2*cellHeight) - gap/2 - textHeight(tickSize)/2
				}
				s.text(name, labelSize, textColor, at, end, middle)
			}
		}
	}
	return p, nil
}

// distanceText returns a distance with two decimals, or three digits where it is large or small, or else with as few as
// have room, in the size that has: a number of which digits were cut out would be another.
func distanceText(d float64, width vg.Length) (string, vg.Length) {
	t := short(d)
	if d == 0 || d >= 0.1 && d < 1000 {
		t = strconv.FormatFloat(d, 'f', 2, 64)
	}
	for digits := 1; digits >= 0 && textWidth(t, tickSize) > width; digits-- {
		if t = minus(power(strconv.FormatFloat(d, 'e', digits, 64))); d >= 0.1 && d < 1000 {
			t = strconv.FormatFloat(d, 'f', digits, 64)
		}
	}
	return t, tickSize * min(1, width/textWidth(t, tickSize))
}

// wholeDots rounds a length up to dots of PNG, so that images stand on their own.
func wholeDots(x vg.Length) vg.Length {
	dots := int(x / vg.Inch * dotsPerInch)
	return points(dots + 1)
}
