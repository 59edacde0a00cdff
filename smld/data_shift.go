package smld

import (
	"fmt"
	"slices"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// shift has the source move images, whose rows are those of x. They move in their own units: in those of the
// model a pixel's value is one less its mean, which another pixel does not have.
func (d *Data) shift(config DataConfig, x kernels.Matrix64) error {
	image := d.Encoding.Image
	if image == nil || config.Shift < 0 || config.Shift >= min(image.Height, image.Width) {
		return fmt.Errorf("smld: a shift of %d pixels: want images, and less than their height and width",
			config.Shift)
	}
	for j := range d.Encoding.Coordinates {
		d.Encoding.Coordinates[j].Range = nil
	}
	var rows Source
	if e, ok := d.Source.(*encoded); ok {
		rows = e.source
	} else {
		all := kernels.NewMatrix(x.Rows, x.Cols)
		for i := range x.Rows {
			narrow(all.Row(i), x.Row(i))
		}
		rows = dataset.NewEpochs(all, config.Seed)
	}
	fill := slices.Repeat([]float32{float32(d.Encoding.Low)}, image.Size())
	shifted := dataset.NewShifted(rows, *image, config.Shift, fill, config.Seed)
	d.Source = &encodedImages{*newEncoded(shifted, d.Encoding), shifted}
	if config.Told {
		d.AugmentLabels = shifted.AugmentLabels()
	}
	return nil
}

// encodedImages is a Source of images that were changed, as points.
type encodedImages struct {
	encoded
	images Augmented
}

// AugmentLabels returns how many numbers tell how an image was changed.
func (s *encodedImages) AugmentLabels() int { return s.images.AugmentLabels() }

// AugmentedBatch sets the rows of dst to points, and those of labels to how their images were changed.
func (s *encodedImages) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	rows := s.room(dst.Rows)
	s.images.AugmentedBatch(rows, labels, first)
	s.encode(dst, rows)
}
