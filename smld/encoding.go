package smld

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/dataset"
	"github.com/seed964deb49/langevin/internal/detmath"
	"github.com/seed964deb49/langevin/kernels"
)

// Encoding turns rows of data into points in a model's units, and samples of the model into rows again. A
// coordinate of a point is
//
//	x' = (x - mean)/scale
//
// with x a number of a column, or an indicator. An indicator is one where the column has a certain value and
// zero elsewhere. Categories have an indicator each. So have values that a column of numbers repeats much
// more often than others, such as the zeros of amounts that most people do not have. A column whose values
// are all the same has no coordinate.
//
// Noise levels, scores and densities of a model are in these units. The score in units of the data is the
// model's divided by scale. The log-density is the model's less the sum of log scale.
type Encoding struct {
	Columns     []dataset.Column `json:"columns,omitempty"` // of data that are no images
	Image       *dataset.Image   `json:"image,omitempty"`
	Low         float64          `json:"low"` // range of the values
	High        float64          `json:"high"`
	Step        float64          `json:"step,omitempty"` // of images: as that of a Coordinate
	Coordinates []Coordinate     `json:"coordinates"`
}

// Coordinate tells how a coordinate of a point follows from a row of data.
type Coordinate struct {
	Column int      `json:"column"`
	Is     *float64 `json:"is,omitempty"` // of an indicator: the value whose presence it tells
	Mean   float64  `json:"mean"`
	Scale  float64  `json:"scale"`
	Bin    float64  `json:"bin,omitempty"`  // width over which training spreads a value, in the data's units
	Step   float64  `json:"step,omitempty"` // if not 0, values are rounded to its multiples from Low on
	Tail   bool     `json:"tail,omitempty"` // the coordinate is logarithmic beyond tailStart
	// Range is that of the values of a pixel; nil where images move, and for all that are no images.
	Range *[2]float64 `json:"range,omitempty"`
}

// tailStart is how many scales from the mean a coordinate with a Tail becomes logarithmic. A value a million
// scales away is then a coordinate that a network can learn. With u = (x - mean)/scale beyond tailStart it is
//
//	x' = tailStart + log(1 + |u| - tailStart)
//
// and below -tailStart it is the negative of that.
const tailStart = 8

// resolution is what coordinates are multiples of. It is far below the smallest noise level. The same data in
// other units, or from another origin, have coordinates that differ by rounding. On the grid of multiples all
// but very few of these are the same, and with them all that follows.
const resolution = 0x1p-12

func compress(u float64) float64 {
	if a := math.Abs(u); a > tailStart {
		return math.Copysign(tailStart+detmath.Log(1+a-tailStart), u)
	}
	return u
}

func expand(x float64) float64 {
	if a := math.Abs(x); a > tailStart {
		return math.Copysign(tailStart-1+detmath.Exp(a-tailStart), x)
	}
	return x
}

// Dim returns the number of coordinates of a point.
func (e *Encoding) Dim() int { return len(e.Coordinates) }

// Width returns the number of values of a row of data.
func (e *Encoding) Width() int {
	if e.Columns != nil {
		return len(e.Columns)
	}
	return len(e.Coordinates)
}

// Encode sets the rows of dst to the points of the rows of data. Values that are NaN, as holes are, become
// coordinates that are NaN.
func (e *Encoding) Encode(dst kernels.Matrix, data kernels.Matrix64) {
	if dst.Rows != data.Rows || dst.Cols != e.Dim() || data.Cols != e.Width() {
		panic(fmt.Sprintf("smld: Encoding.Encode: dst is %dx%d and data %dx%d, want n x %d and n x %d",
			dst.Rows, dst.Cols, data.Rows, data.Cols, e.Dim(), e.Width()))
	}
	parallelRows(data.Rows, dst.Cols, func(_, from, to int) {
		for i := from; i < to; i++ {
			encodeRow(e, dst.Row(i), data.Row(i))
		}
	})
}

func encodeRow[T float32 | float64](e *Encoding, dst []float32, row []T) {
	for j := range e.Coordinates {
		c := &e.Coordinates[j]
		dst[j] = float32(math.RoundToEven(c.encode(float64(row[c.Column]))/resolution) * resolution)
	}
}

func (c *Coordinate) encode(v float64) float64 {
	if c.Is != nil && !math.IsNaN(v) {
		if v == *c.Is {
			v = 1
		} else {
			v = 0
		}
	}
	u := (v - c.Mean) / c.Scale
	if c.Tail {
		u = compress(u)
	}
	return u
}

// decode is the inverse of encode, without rounding.
func (c *Coordinate) decode(x float64) float64 {
	if c.Tail {
		x = expand(x)
	}
	return math.FMA(x, c.Scale, c.Mean)
}

// Decode sets the rows of dst to the data that the points stand for. It rounds whole numbers, and numbers of
// a text have no more decimals than their column. No value of a column that training spread over bins, and
// none of an image, is outside the range that the data have.
func (e *Encoding) Decode(dst kernels.Matrix64, points kernels.Matrix) {
	if dst.Rows != points.Rows || points.Cols != e.Dim() || dst.Cols != e.Width() {
		panic(fmt.Sprintf("smld: Encoding.Decode: dst is %dx%d and points are %dx%d, want n x %d and n x %d",
			dst.Rows, dst.Cols, points.Rows, points.Cols, e.Width(), e.Dim()))
	}
	parallelRows(points.Rows, points.Cols, func(_, from, to int) {
		for i := from; i < to; i++ {
			e.decodeRow(dst.Data[i*dst.Stride:][:dst.Cols], points.Row(i))
		}
	})
}

func (e *Encoding) decodeRow(row []float64, point []float32) {
	if e.Columns == nil {
		for j, x := range point {
			c := &e.Coordinates[j]
			low, high := e.rangeOf(c)
			row[j] = round(max(low, min(high, c.decode(float64(x)))), low, e.Step)
		}
		return
	}
	for k := range row {
		row[k] = e.Columns[k].Low // of constant columns
	}
	for j := 0; j < len(point); {
		k := e.Coordinates[j].Column
		end := j + 1
		for end < len(point) && e.Coordinates[end].Column == k {
			end++
		}
		row[k] = e.decodeColumn(&e.Columns[k], e.Coordinates[j:end], point[j:end])
		j = end
	}
}

// rangeOf returns the range of the values of a pixel.
func (e *Encoding) rangeOf(c *Coordinate) (low, high float64) {
	if c.Range != nil {
		return c.Range[0], c.Range[1]
	}
	return e.Low, e.High
}

// decodeColumn returns the value of a column whose coordinates are given, a number's first and then those of
// indicators. The likeliest indicator decides. For a number, what all indicators leave of one stands for any
// other value.
func (e *Encoding) decodeColumn(column *dataset.Column, coordinates []Coordinate, point []float32) float64 {
	value, best, left := math.NaN(), math.Inf(-1), 1.0
	chosen := -1
	for j := range coordinates {
		c := &coordinates[j]
		v := c.decode(float64(point[j]))
		if c.Is == nil {
			value = c.clamp(v, column)
			continue
		}
		left -= v
		if v > best {
			chosen, best = j, v
		}
	}
	if chosen >= 0 && (coordinates[0].Is != nil || best > left) {
		return *coordinates[chosen].Is
	}
	return value
}

// clamp rounds a number where its column has rounded numbers, to their steps and decimals. It keeps the range
// of those, and the sign that all numbers of the column have.
func (c *Coordinate) clamp(v float64, column *dataset.Column) float64 {
	switch {
	case c.Step > 0:
		v = round(max(column.Low, min(column.High, v)), column.Low, c.Step)
	case column.Low >= 0:
		v = max(0, v)
	case column.High <= 0:
		v = min(0, v)
	}
	return column.Round(v)
}

// round returns the multiple of step, from low on, that is nearest to v, or v where step is zero.
func round(v, low, step float64) float64 {
	if step == 0 {
		return v
	}
	return math.FMA(math.RoundToEven((v-low)/step), step, low)
}

// LogScale returns the sum of log scale over the coordinates. By so much a log-density in units of the model
// exceeds one in units of the data. A tail, where a coordinate is no linear function, adds to it at points in
// the tail: see LogScaleAt.
func (e *Encoding) LogScale() float64 {
	sum := 0.0
	for _, c := range e.Coordinates {
		sum += detmath.Log(c.Scale)
	}
	return sum
}

// LogScaleAt returns LogScale plus what the tails add at a point: there dx'/dx is e^-(|x'|-tailStart)/scale.
func (e *Encoding) LogScaleAt(point []float32) float64 {
	sum := e.LogScale()
	for j, x := range point {
		if a := math.Abs(float64(x)); e.Coordinates[j].Tail && a > tailStart {
			sum += a - tailStart
		}
	}
	return sum
}

// Bins returns, for each coordinate, the width over which training spreads values, in units of the model.
func (e *Encoding) Bins() []float32 {
	bins := make([]float32, e.Dim())
	for j, c := range e.Coordinates {
		bins[j] = float32(c.Bin / c.Scale)
	}
	return bins
}

// Unit says in words what a noise level of one is.
func (e *Encoding) Unit() string {
	first := e.Coordinates[0].Scale
	for _, c := range e.Coordinates {
		if c.Scale != first {
			return "(in units of each column's scale)"
		}
	}
	if first == 1 {
		return "(in units of the data)"
	}
	return fmt.Sprintf("(in units of %.4g)", first)
}
