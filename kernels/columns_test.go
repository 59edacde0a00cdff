package kernels

import (
	"slices"
	"testing"
)

// TestColumns: columns share the matrix's memory, end where it does, and are operands like any others.
func TestColumns(t *testing.T) {
	m := Matrix{Rows: 3, Cols: 4, Stride: 5, Data: []float32{0, 1, 2, 3, -1, 4, 5, 6, 7, -1, 8, 9, 10, 11}}
	m64 := Matrix64{Rows: m.Rows, Cols: m.Cols, Stride: m.Stride}
	for _, x := range m.Data {
		m64.Data = append(m64.Data, float64(x))
	}
	for _, c := range []struct {
		from, to int
		last     []float32 // row
	}{{0, 4, []float32{8, 9, 10, 11}}, {1, 3, []float32{9, 10}}, {3, 4, []float32{11}}, {4, 4, nil}, {0, 0, nil}} {
		v, v64 := m.Columns(c.from, c.to), m64.Columns(c.from, c.to)
		if v.Rows != 3 || !slices.Equal(v.Row(2), c.last) || len(v.Data) != v.extent() {
			t.Errorf("columns %d to %d are %+v", c.from, c.to, v)
		}
		if v64.Rows != 3 || len(v64.Row(2)) != len(c.last) || len(v64.Data) != v64.extent() {
			t.Errorf("columns %d to %d in float64 are %+v", c.from, c.to, v64)
		}
		for j, x := range c.last {
			if v64.Row(2)[j] != float64(x) {
				t.Errorf("columns %d to %d in float64 end in %v, want %v", c.from, c.to, v64.Row(2), c.last)
			}
		}
	}
	m.Columns(1, 3).Row(1)[1], m64.Columns(1, 3).Row(1)[1] = 66, 66
	if m.Row(1)[2] != 66 || m64.Row(1)[2] != 66 {
		t.Errorf("row 1 is %v and %v", m.Row(1), m64.Row(1))
	}
	got, want := make([]float32, 2), []float32{15, 78}
	if SumRows(got, m.Columns(1, 3)); !slices.Equal(got, want) {
		t.Errorf("sums of two columns are %v, want %v", got, want)
	}
	for _, bad := range [][2]int{{-1, 2}, {2, 1}, {3, 5}} {
		if panicOf(func() { m.Columns(bad[0], bad[1]) }) == "" || panicOf(func() { m64.Columns(bad[0], bad[1]) }) == "" {
			t.Errorf("columns %v of 4: no panic", bad)
		}
	}
}

// TestZeroMatrix: the zero value is a matrix without elements for every kernel.
func TestZeroMatrix(t *testing.T) {
	var m Matrix
	var m64 Matrix64
	eachBackend(t, func(t *testing.T) {
		MatMul(m, m, m)
		Gemm(true, true, 1, m, m, 0, m)
		Gemm64(false, true, 1, m64, m64, 1, m64)
		GemmHadamard(false, false, 1, m, m, 0, m, m)
		var p Packed
		p.Pack(false, m)
		GemmPacked(false, 1, m, &p, 0, m)
		Dense{SiLU: true}.Forward(m, m, m)
		SumRows(nil, m)
		AddNoiseRows(m, m, nil, noise, 0)
		LangevinRows(m, m, nil, nil, noise, 0)
		CombineRows(m, m, m, nil, nil)
		SumSquaresRows(nil, nil, m, noise, 0)
		c := NewMatrix(2, 3)
		c.Data[4] = 7
		Gemm(false, false, 1, Matrix{Rows: 2}, Matrix{Cols: 3}, 0, c) // an empty sum
		if c.Data[4] != 0 {
			t.Errorf("a product over no terms is %v", c.Data)
		}
	})
}
