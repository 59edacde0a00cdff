// Package dataset provides the points that models train on: two-dimensional toy distributions made on the fly, the
// 8x8 digits, and arrays read from IDX, .npy and .csv files; and it writes .npy files.
//
// Values are the raw ones. Everything random is a pure function of a seed and an index, with the same bits on every
// machine: the package takes its words from kernels.Philox4x32 with key seed and its normals from kernels.Noise. Of
// what a seed offers it uses only
//
//   - Philox counters whose block number is 2^62 or above, which no kernels.Noise reaches: bit 63 for Epochs, bit 62 for
//     Shifted;
//   - streams 2^63 and 2^63+1, for the toy sets.
//
// So a seed may be shared with other users of kernels.Noise that number their streams below 2^63; it says which
// are free.
package dataset

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Source is an endless sequence of points, a function of the index alone: point i is the same in every batch. A
// Source is for one goroutine at a time.
type Source interface {
	// Dim returns the dimension of a point.
	Dim() int

	// Batch sets row r of dst to point first+r. dst has Dim() columns; other widths, and indices that pass 2^64, or
	// 2^63 for a toy set, panic.
	Batch(dst kernels.Matrix, first uint64)
}

// Set is a finite set of points.
type Set struct {
	Name string

	// X holds one point a row, N x D, all of them finite, with N and D at least 1. Values that float32 does not have,
	// such as large integers, are rounded to nearest.
	X kernels.Matrix

	// Shape is that of one row as stored, such as [28 28] for images; its product is D.
	Shape []int

	// Labels holds the class of each row, or is nil where the set has none.
	Labels []int

	// Low and High are the smallest and the largest value of X.
	Low, High float32
}

// newSet completes a Set, finding its range.
func newSet(name string, x kernels.Matrix, shape []int) *Set {
	s := &Set{Name: name, X: x, Shape: shape, Low: x.Data[0], High: x.Data[0]}
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			s.Low, s.High = min(s.Low, v), max(s.High, v)
		}
	}
	return s
}

// checkBatch panics unless dst is dim wide and its points, first on, pass no index above last.
func checkBatch(source string, dst kernels.Matrix, dim int, first, last uint64) {
	if dst.Cols != dim {
		panic(fmt.Sprintf("dataset: %s.Batch: dst has %d columns, want %d", source, dst.Cols, dim))
	}
	if dst.Rows > 0 && (first > last || uint64(dst.Rows-1) > last-first) {
		panic(fmt.Sprintf("dataset: %s.Batch: %d points from index %d on pass the last index", source, dst.Rows, first))
	}
}
