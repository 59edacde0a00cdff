// Package dataset provides the points that models train on: two-dimensional toy distributions made on the
// fly, the 8x8 digits, arrays read from IDX, .npy and .npz files, images from folders of .png files, and
// tables of text; and it writes arrays and tables.
//
// Values are the raw ones. Everything random is a pure function of a seed and an index, with the same bits on
// every machine: the package takes its words from kernels.Philox4x32 with key seed and its normals from
// kernels.Noise. Of what a seed offers it uses only
//
//   - Philox blocks that no kernels.Noise takes: from 2^63 on for Epochs, from 2^62 on for Shifted;
//   - streams 2^63 and 2^63+1, for the toy sets.
//
// So a seed may be shared with other users of kernels.Noise, whose documentation has the streams that are free.
package dataset

import (
	"fmt"
	"math"
	"strings"

	"github.com/seed964deb49/langevin/kernels"
)

// Source is an endless sequence of points, a function of the index alone: point i is the same in every batch.
// A Source is for one goroutine at a time.
type Source interface {
	// Dim returns the dimension of a point.
	Dim() int

	// Batch sets row r of dst to point first+r. dst has Dim() columns; other widths, and indices that pass
	// 2^64, or 2^63 for a toy set and for Shifted, panic.
	Batch(dst kernels.Matrix, first uint64)
}

// Set is a finite set of points as they were read, or a sample of a distribution without end.
type Set struct {
	Name string

	// X holds one point a row, N x C, with N and C at least 1. The values are finite, or NaN for one that is
	// missing, where Options.Missing allows it. Integers beyond 2^53 are rounded in such a way that rounding
	// them further to float32 gives the float32 nearest to the integer.
	X kernels.Matrix64

	// Shape is that of one row as stored, such as [28 28] for grey images and [5] for a table; its product is
	// C.
	Shape []int

	// Columns describes the columns of X, or is nil for images.
	Columns []Column

	// Image tells how a row is an image, or is nil where it is none.
	Image *Image

	// Labels holds the class of each row, its place in Classes, or is nil where the set has none.
	Labels []int

	// Classes are the names of the classes. ClassColumn is that of the column which held them, or empty.
	Classes     []string
	ClassColumn string

	// Double tells that values like these are to be float64: the file has that type, a text has decimals, or
	// some value is not a float32.
	Double bool

	// Whole tells that all values are whole numbers.
	Whole bool

	// About says in one line what was read.
	About string

	// Fresh returns points of the distribution without end, a function of the seed. X is then the first
	// 10,000 of one seed. It is nil for a set that is all there is.
	Fresh func(seed uint64) Source
}

// Float32 returns a copy of X, rounded to nearest.
func (s *Set) Float32() kernels.Matrix {
	x := kernels.NewMatrix(s.X.Rows, s.X.Cols)
	for i := range x.Rows {
		row := x.Row(i)
		for j, v := range s.X.Row(i) {
			row[j] = float32(v)
		}
	}
	return x
}

// newSet completes a set of what was read: rows of the given shape, and columns with names and categories, or
// nil.
func newSet(name string, x kernels.Matrix64, shape []int, columns []Column, o Options) (*Set, error) {
	if o.Delimiter != "" || o.Header != "" {
		return nil, fmt.Errorf("%s: is no text, and takes no delimiter or header: leave them out", name)
	}
	labelled := o.Label != "" || o.labelFile
	var labels labelTally
	if labelled {
		var err error
		if x, labels, err = takeLabels(x, shape, o); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		shape = []int{x.Cols}
	}
	if len(o.Columns)+len(o.Drop)+len(o.Like) > 0 {
		if len(shape) != 1 && len(o.Columns)+len(o.Drop) > 0 {
			return nil, fmt.Errorf("%s: rows of the shape %v have no columns to take or to leave out", name, shape)
		}
		var err error
		if x, columns, err = takeColumns(x, o); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(shape) == 1 {
			shape = []int{x.Cols}
		}
	}
	if len(o.Shape) > 0 {
		if len(shape) != 1 || !fits(o.Shape, x.Cols) {
			return nil, fmt.Errorf("%s: rows of the shape %v cannot be taken as %v", name, shape, o.Shape)
		}
		shape, columns = o.Shape, nil
	}
	s := &Set{Name: name, X: x, Shape: shape, Image: imageOf(shape), Whole: true}
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			s.Double = s.Double || float64(float32(v)) != v && v == v
			s.Whole = s.Whole && (v == math.Trunc(v) || v != v)
		}
	}
	if s.Image == nil {
		if columns == nil {
			columns = make([]Column, x.Cols)
		}
		s.Columns = columns
		for j := range s.Columns {
			s.survey(j)
		}
	}
	if labelled {
		if err := labels.set(s, ""); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	s.About = fmt.Sprintf("%s of the shape %s", plural(x.Rows, "row"), sizes(shape))
	return s, nil
}

// sizes returns a shape as 3x4x5.
func sizes(shape []int) string {
	return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(shape), "[]")), "x")
}

// survey sets kind, unless it is that of categories, and range of a column.
func (s *Set) survey(j int) {
	c := &s.Columns[j]
	low, high, whole := math.Inf(1), math.Inf(-1), true
	for i := range s.X.Rows {
		if v := s.X.Row(i)[j]; v == v {
			low, high = min(low, v), max(high, v)
			whole = whole && v == math.Trunc(v)
		}
	}
	if low > high { // all are missing
		low, high, whole = 0, 0, false
	}
	c.Low, c.High = low, high
	switch {
	case c.Kind == Category:
	case whole:
		c.Kind = Integer
	default:
		c.Kind = Number
	}
}

// checkBatch panics unless dst is dim wide and its points, first on, pass no index above last.
func checkBatch(source string, dst kernels.Matrix, dim int, first, last uint64) {
	if dst.Cols != dim {
		panic(fmt.Sprintf("dataset: %s.Batch: dst has %d columns, want %d", source, dst.Cols, dim))
	}
	checkIndices(source, "Batch", dst.Rows, first, last)
}

// checkIndices panics if n points, first on, pass the index last.
func checkIndices(source, method string, n int, first, last uint64) {
	if n > 0 && (first > last || uint64(n-1) > last-first) {
		panic(fmt.Sprintf("dataset: %s.%s: %d points from index %d on pass the last index", source, method, n, first))
	}
}
