package smld

import (
	"math"

	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// LargestDistance returns the largest Euclidean distance between two rows of x. Song and Ermon 2020
// (Technique 1) take it as sigmaMax, so that noise of the first level carries any point to any other. The
// cost grows with the square of the number of rows; see DistanceBounds for large sets.
func LargestDistance(x kernels.Matrix) float64 {
	const grain = 64
	largest := make([]float64, (x.Rows+grain-1)/grain)
	kernels.Parallel(x.Rows, grain, func(_, from, to int) {
		most := 0.0
		for i := from; i < to; i++ {
			a := x.Row(i)
			for k := range i {
				if b := x.Row(k); !clearlyBelow(a, b, most) {
					most = max(most, detmath.SquaredDistance(a, b))
				}
			}
		}
		largest[from/grain] = most
	})
	most := 0.0
	for _, l := range largest {
		most = max(most, l)
	}
	return math.Sqrt(most)
}

// clearlyBelow reports whether |a-b|^2 is less than most by more than roundings. It needs no fused products,
// which take long where processors have none.
func clearlyBelow(a, b []float32, most float64) bool {
	const roundings = 1e-9 // of as many as 10^6 dimensions
	sum := 0.0
	b = b[:len(a)]
	for j, v := range a {
		d := float64(v) - float64(b[j])
		sum += float64(d * d)
	}
	return sum < most*(1-roundings)
}

// exactDistances is the number of rows up to which DistanceBounds compares all pairs.
const exactDistances = 4096

// DistanceBounds returns bounds of the largest distance between two rows of x. Both are exact for up to 4096
// rows.
//
// For more rows it measures the distances of all rows from a sample of some. The cost grows with the number
// of rows only. It begins at eight rows spread over the set, and goes on four times from each to the row
// farthest from it.
//
// Low is the largest distance met. It is the distance of two rows that are there, and serves as sigmaMax.
// High follows from the triangle inequality: no two rows are farther apart than the sum of the two largest
// distances from any one row. So high <= 2 low.
func DistanceBounds(x kernels.Matrix) (low, high float64) {
	if x.Rows <= exactDistances {
		d := LargestDistance(x)
		return d, d
	}
	const starts, rounds = 8, 4
	high = math.Inf(1)
	for s := range starts {
		at := s * (x.Rows / starts)
		for range rounds {
			next, first, second := farthest(x, at)
			low, high = max(low, first), min(high, first+second)
			at = next
		}
	}
	return low, max(low, high)
}

// farthest returns the row farthest from row at, and the largest and second largest distance from there.
func farthest(x kernels.Matrix, at int) (row int, first, second float64) {
	distances := make([]float64, x.Rows)
	const grain = 1024
	kernels.Parallel(x.Rows, grain, func(_, from, to int) {
		for i := from; i < to; i++ {
			distances[i] = detmath.SquaredDistance(x.Row(at), x.Row(i))
		}
	})
	for i, d := range distances {
		switch {
		case d > first:
			row, first, second = i, d, first
		case d > second:
			second = d
		}
	}
	return row, math.Sqrt(first), math.Sqrt(second)
}
