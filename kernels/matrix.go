package kernels

import (
	"fmt"
	"math/bits"
)

// Matrix is a row-major view: element (i, j) is Data[i*Stride+j]. Its fields are those of gonum's
// blas32.General, so each type converts into the other. A matrix without rows or columns needs neither data
// nor a stride, and the zero value is such a matrix.
type Matrix struct {
	Rows, Cols int
	Stride     int
	Data       []float32
}

// NewMatrix returns a zero matrix with contiguous rows. It panics if a side is negative, or if memory has
// fewer addresses than the matrix has elements.
func NewMatrix(rows, cols int) Matrix {
	newShape("NewMatrix", rows, cols)
	data := make([]float32, newLength("NewMatrix", rows, cols, 4))
	return Matrix{Rows: rows, Cols: cols, Stride: max(cols, 1), Data: data}
}

// Row returns row i, sharing its memory.
func (m Matrix) Row(i int) []float32 {
	if uint(i) >= uint(m.Rows) {
		panic(fmt.Sprintf("kernels: Matrix.Row: row %d of %d", i, m.Rows))
	}
	if m.Cols == 0 {
		return nil
	}
	high, low := bits.Mul(uint(i), uint(m.Stride))
	from := int(low)
	if high != 0 || from < 0 || m.Cols < 0 || from > len(m.Data)-m.Cols {
		m.check("Matrix.Row", "m")
	}
	return m.Data[from : from+m.Cols : from+m.Cols]
}

// Slice returns rows from to to-1, sharing their memory.
func (m Matrix) Slice(from, to int) Matrix {
	if from < 0 || to < from || to > m.Rows {
		panic(fmt.Sprintf("kernels: Matrix.Slice: rows %d to %d of %d", from, to, m.Rows))
	}
	s := Matrix{Rows: to - from, Cols: m.Cols, Stride: m.Stride}
	if from < to && m.Cols != 0 {
		m.check("Matrix.Slice", "m")
		s.Data = m.Data[from*m.Stride : (to-1)*m.Stride+m.Cols]
	}
	return s
}

// Columns returns columns from to to-1, sharing their memory.
func (m Matrix) Columns(from, to int) Matrix {
	if from < 0 || to < from || to > m.Cols {
		panic(fmt.Sprintf("kernels: Matrix.Columns: columns %d to %d of %d", from, to, m.Cols))
	}
	s := Matrix{Rows: m.Rows, Cols: to - from, Stride: m.Stride}
	if from < to && m.Rows != 0 {
		m.check("Matrix.Columns", "m")
		s.Data = m.Data[from : (m.Rows-1)*m.Stride+to]
	}
	return s
}

// check panics unless the view is one that its data can hold.
func (m Matrix) check(function, name string) {
	checkView(function, name, m.Rows, m.Cols, m.Stride, len(m.Data))
}

// checkShape panics unless m is a valid rows by cols view.
func (m Matrix) checkShape(function, name string, rows, cols int) {
	m.check(function, name)
	if m.Rows != rows || m.Cols != cols {
		panic(fmt.Sprintf("kernels: %s: %s is %dx%d, want %dx%d", function, name, m.Rows, m.Cols, rows, cols))
	}
}
