package dataset

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Shifted is a Source of images that moves each by whole pixels, up to most down or up and as many across: training images
// differ from epoch to epoch, and are harder to learn by heart. Each of the two displacements is the difference of two
// uniform numbers from 0 to most, so that none at all is the likeliest. What moves over an edge is lost, and fill comes in
// at the other. The displacement of point p is a pure function of seed and p.
type Shifted struct {
	source        Source
	height, width int
	most          int
	fill          float32
	seed          uint64
	image         []float32 // as it was
}

// NewShifted returns a Source of the images of source, height x width pixels each. It panics when that is not their size,
// or when the images could move out of the frame.
func NewShifted(source Source, height, width, most int, fill float32, seed uint64) *Shifted {
	if height < 1 || width < 1 || source.Dim() != height*width || most < 0 || most >= min(height, width) {
		panic(fmt.Sprintf("dataset: NewShifted: %dx%d images of %d values, moved by up to %d", height, width, source.Dim(), most))
	}
	return &Shifted{source, height, width, most, fill, seed, make([]float32, source.Dim())}
}

// Dim returns the number of pixels.
func (s *Shifted) Dim() int { return s.source.Dim() }

// AugmentLabels returns 2: how far down and how far across an image was moved, in units of the furthest, tell all of it.
func (s *Shifted) AugmentLabels() int { return 2 }

// Batch sets row r of dst to point first+r of the sequence.
func (s *Shifted) Batch(dst kernels.Matrix, first uint64) {
	s.AugmentedBatch(dst, kernels.Matrix{Rows: dst.Rows}, first)
}

// AugmentedBatch does that, and sets row r of labels to how the point was moved, unless labels has no columns.
func (s *Shifted) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	s.source.Batch(dst, first)
	for r := range dst.Rows {
		// Epochs take the blocks of a stream from 2^63 on.
		w := words{key: split(s.seed), stream: split(first + uint64(r)), block: 1 << 62}
		down := s.displacement(&w)
		across := s.displacement(&w)
		s.move(dst.Row(r), down, across)
		if labels.Cols > 0 {
			unit := 1 / float32(max(1, s.most))
			l := labels.Row(r)
			l[0], l[1] = float32(down)*unit, float32(across)*unit
		}
	}
}

func (s *Shifted) displacement(w *words) int {
	n := uint32(s.most + 1)
	forth := w.below(n)
	return int(forth) - int(w.below(n))
}

// move sets pixel (y+down, x+across) to what pixel (y, x) was.
func (s *Shifted) move(row []float32, down, across int) {
	copy(s.image, row)
	for i := range row {
		row[i] = s.fill
	}
	from, to := max(0, -across), min(s.width, s.width-across)
	for y := max(0, -down); y < min(s.height, s.height-down); y++ {
		copy(row[(y+down)*s.width+from+across:], s.image[y*s.width+from:y*s.width+to])
	}
}
