package dataset

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Shifted is a Source of images that moves each by whole pixels, up to most down or up and as many across:
// training images differ from epoch to epoch, and are harder to learn by heart. Each of the two displacements
// is the difference of two uniform numbers from 0 to most, so that none at all is the likeliest. What moves
// over an edge is lost, and fill comes in at the other. The displacement of point p is a pure function of
// seed and p.
type Shifted struct {
	source Source
	layout Image
	most   int
	fill   []float32
	seed   uint64
	image  []float32 // as it was
}

// NewShifted returns a Source of the images of source. Coordinate j of a point, where nothing has moved to,
// becomes fill[j]. NewShifted panics when source has points of another size than the images or fill, or when
// the images could move out of the frame.
func NewShifted(source Source, image Image, most int, fill []float32, seed uint64) *Shifted {
	if image.Height < 1 || image.Width < 1 || image.Channels < 1 || source.Dim() != image.Size() ||
		len(fill) != image.Size() || most < 0 || most >= min(image.Height, image.Width) {
		panic(fmt.Sprintf("dataset: NewShifted: images %+v of %d values, moved by up to %d, with %d values to fill with",
			image, source.Dim(), most, len(fill)))
	}
	return &Shifted{source, image, most, fill, seed, make([]float32, source.Dim())}
}

// Dim returns the number of values of an image.
func (s *Shifted) Dim() int { return s.source.Dim() }

// AugmentLabels returns 2: how far down and how far across an image was moved, in units of the furthest, tell
// all of it.
func (s *Shifted) AugmentLabels() int { return 2 }

// Batch sets row r of dst to point first+r of the sequence.
func (s *Shifted) Batch(dst kernels.Matrix, first uint64) {
	s.AugmentedBatch(dst, kernels.Matrix{Rows: dst.Rows}, first)
}

// AugmentedBatch does that, and sets row r of labels to how the point was moved, unless labels has no
// columns.
func (s *Shifted) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	checkBatch("Shifted", dst, s.Dim(), first, math.MaxInt64)
	s.source.Batch(dst, first)
	for r := range dst.Rows {
		w := words{key: split(s.seed), stream: split(first + uint64(r)), block: streams.Shifted}
		down := s.displacement(&w)
		across := s.displacement(&w)
		s.move(dst.Row(r), down, across)
		if labels.Cols > 0 {
			unit := 1 / float32(float64(max(1, s.most)))
			l := labels.Row(r)
			l[0], l[1] = float32(float64(down))*unit, float32(float64(across))*unit
		}
	}
}

func (s *Shifted) displacement(w *words) int {
	n := uint32(s.most + 1)
	forth := w.below(n)
	return int(forth) - int(w.below(n))
}

// move sets pixel (y+down, x+across) to what pixel (y, x) was, in each channel.
func (s *Shifted) move(row []float32, down, across int) {
	copy(s.image, row)
	copy(row, s.fill)
	m := s.layout
	planes, pixel := 1, m.Channels
	if m.ChannelsFirst {
		planes, pixel = m.Channels, 1
	}
	line := m.Width * pixel
	from, to := max(0, -across)*pixel, min(m.Width, m.Width-across)*pixel
	for plane := range planes {
		first := plane * m.Height * line
		for y := max(0, -down); y < min(m.Height, m.Height-down); y++ {
			copy(row[first+(y+down)*line+from+across*pixel:], s.image[first+y*line+from:first+y*line+to])
		}
	}
}
