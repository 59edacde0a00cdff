package kernels

import (
	"fmt"
	"math/bits"
)

// Matrix64 is a row-major view of float64; see Matrix. Its fields are those of gonum's blas64.General, so
// each type converts into the other.
type Matrix64 struct {
	Rows, Cols int
	Data       []float64
	Stride     int
}

// NewMatrix64 returns a zero matrix with contiguous rows. It panics where NewMatrix does.
func NewMatrix64(rows, cols int) Matrix64 {
	newShape("NewMatrix64", rows, cols)
	data := make([]float64, newLength("NewMatrix64", rows, cols, 8))
	return Matrix64{Rows: rows, Cols: cols, Stride: max(cols, 1), Data: data}
}

// Row returns row i, sharing its memory.
func (m Matrix64) Row(i int) []float64 {
	if uint(i) >= uint(m.Rows) {
		panic(fmt.Sprintf("kernels: Matrix64.Row: row %d of %d", i, m.Rows))
	}
	if m.Cols == 0 {
		return nil
	}
	high, low := bits.Mul(uint(i), uint(m.Stride))
	from := int(low)
	if high != 0 || from < 0 || m.Cols < 0 || from > len(m.Data)-m.Cols {
		m.check("Matrix64.Row", "m")
	}
	return m.Data[from : from+m.Cols : from+m.Cols]
}

// Slice returns rows from to to-1, sharing their memory.
func (m Matrix64) Slice(from, to int) Matrix64 {
	if from < 0 || to < from || to > m.Rows {
		panic(fmt.Sprintf("kernels: Matrix64.Slice: rows %d to %d of %d", from, to, m.Rows))
	}
	s := Matrix64{Rows: to - from, Cols: m.Cols, Stride: m.Stride}
	if from < to && m.Cols != 0 {
		m.check("Matrix64.Slice", "m")
		s.Data = m.Data[from*m.Stride : (to-1)*m.Stride+m.Cols]
	}
	return s
}

// Columns returns columns from to to-1, sharing their memory.
func (m Matrix64) Columns(from, to int) Matrix64 {
	if from < 0 || to < from || to > m.Cols {
		panic(fmt.Sprintf("kernels: Matrix64.Columns: columns %d to %d of %d", from, to, m.Cols))
	}
	s := Matrix64{Rows: m.Rows, Cols: to - from, Stride: m.Stride}
	if from < to && m.Rows != 0 {
		m.check("Matrix64.Columns", "m")
		s.Data = m.Data[from : (m.Rows-1)*m.Stride+to]
	}
	return s
}

// check panics unless the view is one that its data can hold.
func (m Matrix64) check(function, name string) {
	checkView(function, name, m.Rows, m.Cols, m.Stride, len(m.Data))
}
