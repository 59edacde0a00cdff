package smld

import (
	"math"
	"testing"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/kernels"
)

// TestShift: points of moved images are, in units of the data, the images that were moved, whatever the mean
// and the scale of a pixel; what comes in is black.
func TestShift(t *testing.T) {
	set := must[*dataset.Set](t)(dataset.Digits())
	for _, scale := range []Scaling{OneScale, ColumnScale, NoScale} {
		units := EncodingConfig{Scale: scale, Bin: NoBin}
		c := DataConfig{Seed: 3, Shift: 2, Told: true, EncodingConfig: units}
		d := must[*Data](t)(NewData(set, c))
		const n = 3000 // more than an epoch
		x, labels := kernels.NewMatrix(n, d.Encoding.Dim()), kernels.NewMatrix(n, d.AugmentLabels)
		d.Source.(Augmented).AugmentedBatch(x, labels, 0)
		plain := kernels.NewMatrix(n, x.Cols)
		d.Source.Batch(plain, 0)
		order := make([]int, n)
		dataset.NewEpochs(kernels.NewMatrix(set.X.Rows, 1), c.Seed).Rows(order, 0)
		moved := 0
		for i := range n {
			down, across := int(2*labels.Row(i)[0]), int(2*labels.Row(i)[1])
			if down != 0 || across != 0 {
				moved++
			}
			for j, v := range x.Row(i) {
				if plain.Row(i)[j] != v {
					t.Fatalf("%s: point %d differs without labels", scale, i)
				}
				want := 0.0
				if y, k := j/8-down, j%8-across; y >= 0 && y < 8 && k >= 0 && k < 8 {
					want = set.X.Row(order[i])[8*y+k]
				}
				at := d.Encoding.Coordinates[j]
				if got := math.FMA(float64(v), at.Scale, at.Mean); math.Abs(got-want) > resolution*at.Scale {
					t.Fatalf("%s: pixel %d of image %d, moved by %d and %d, is %v, want %v",
						scale, j, order[i], down, across, got, want)
				}
			}
		}
		if moved < n/2 {
			t.Errorf("%d of %d images were moved", moved, n)
		}
	}
}
