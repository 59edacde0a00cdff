package kernels

import "fmt"

// Columns returns columns from to to-1, sharing their memory.
func (m Matrix) Columns(from, to int) Matrix {
	checkColumns("Matrix.Columns", m.Cols, from, to)
	v := Matrix{Rows: m.Rows, Cols: to - from, Stride: m.Stride}
	if m.Rows > 0 && from < to {
		m.check("Matrix.Columns", "m")
		v.Data = m.Data[from : (m.Rows-1)*m.Stride+to]
	}
	return v
}

// Columns returns columns from to to-1, sharing their memory.
func (m Matrix64) Columns(from, to int) Matrix64 {
	checkColumns("Matrix64.Columns", m.Cols, from, to)
	v := Matrix64{Rows: m.Rows, Cols: to - from, Stride: m.Stride}
	if m.Rows > 0 && from < to {
		m.check("Matrix64.Columns", "m")
		v.Data = m.Data[from : (m.Rows-1)*m.Stride+to]
	}
	return v
}

// checkColumns panics unless a matrix has the columns from to to-1.
func checkColumns(function string, cols, from, to int) {
	if from < 0 || to < from || to > cols {
		panic(fmt.Sprintf("kernels: %s: columns %d to %d of %d", function, from, to, cols))
	}
}
