package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/internal/streams"
	"github.com/seed964deb49/langevin/kernels"
)

// Dequantize adds to each element of x a number uniform in (-bins[j]/2, bins[j]/2), with j its column. This
// spreads the values of discrete data over bins.
func Dequantize(x kernels.Matrix, bins []float32, n Numbers) {
	if len(bins) != x.Cols {
		panic(fmt.Sprintf("smld: Dequantize: %d bins for %d columns", len(bins), x.Cols))
	}
	noise := stream(n.Seed, streams.Dequantize, 0)
	parallelRows(x.Rows, x.Cols, func(_, from, to int) {
		for i := from; i < to; i++ {
			at := n.at(i, x.Cols)
			words := randomWords(noise, at/4)
			row := x.Row(i)
			for j, v := range row {
				k := at + uint64(j)
				if j > 0 && k%4 == 0 {
					words = randomWords(noise, k/4)
				}
				u := detmath.Mul(float64(words[k%4])+0.5, 0x1p-32) - 0.5
				row[j] = float32(math.FMA(float64(bins[j]), u, float64(v)))
			}
		}
	})
}

// Dequantized is a Source of discrete points. It spreads each value of a point evenly over a bin, anew
// whenever the point comes again.
type Dequantized struct {
	Source
	Bins []float32 // of each coordinate
	Seed uint64
}

// Batch sets the rows of dst to points first, first+1 and so on.
func (d Dequantized) Batch(dst kernels.Matrix, first uint64) {
	d.Source.Batch(dst, first)
	Dequantize(dst, d.Bins, Numbers{d.Seed, first})
}

// Conditions returns how many numbers a condition of the source has; see Conditional.
func (d Dequantized) Conditions() int { return conditions(d.Source) }

// ConditionalBatch sets the rows of dst as Batch does, unless it has no columns, and those of condition to
// the conditions of the source's points. The source has some.
func (d Dequantized) ConditionalBatch(dst, condition kernels.Matrix, first uint64) {
	d.Source.(Conditional).ConditionalBatch(dst, condition, first)
	if dst.Cols > 0 {
		Dequantize(dst, d.Bins, Numbers{d.Seed, first})
	}
}

// AugmentLabels returns the number of labels of the source; see Augmented.
func (d Dequantized) AugmentLabels() int { return augmentLabels(d.Source) }

// AugmentedBatch sets the rows of dst as Batch does, and those of labels to the labels of the source's
// points. The source has some.
func (d Dequantized) AugmentedBatch(dst, labels kernels.Matrix, first uint64) {
	d.Source.(Augmented).AugmentedBatch(dst, labels, first)
	Dequantize(dst, d.Bins, Numbers{d.Seed, first})
}
