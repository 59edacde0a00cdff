package kernels

import (
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
)

// TestMatricesOfGonum converts there and back.
func TestMatricesOfGonum(t *testing.T) {
	g32 := blas32.General(NewMatrix(2, 3))
	g32.Data[5] = 7
	if m := Matrix(g32); m.Row(1)[2] != 7 {
		t.Errorf("row 1 is %v", m.Row(1))
	}
	g := blas64.General(NewMatrix64(2, 3))
	g.Data[5] = 7
	if m := Matrix64(g); m.Row(1)[2] != 7 {
		t.Errorf("row 1 is %v", m.Row(1))
	}
}

// TestMatrix64Views: rows and slices share the matrix's memory and end where the row does.
func TestMatrix64Views(t *testing.T) {
	m := Matrix64{Rows: 3, Cols: 2, Stride: 3, Data: []float64{0, 1, -1, 2, 3, -1, 4, 5}}
	if r := m.Row(1); !slices.Equal(r, []float64{2, 3}) || cap(r) != 2 {
		t.Errorf("row 1 is %v of capacity %d", r, cap(r))
	}
	s := m.Slice(1, 3)
	s.Row(1)[0] = 9
	if s.Rows != 2 || m.Data[6] != 9 || !slices.Equal(s.Row(0), m.Row(1)) {
		t.Errorf("rows 1 and 2 are %+v", s)
	}
	if s := m.Slice(3, 3); s.Rows != 0 || s.Cols != 2 {
		t.Errorf("no rows are %+v", s)
	}
	if r := NewMatrix64(2, 0).Row(1); len(r) != 0 {
		t.Errorf("a row without columns is %v", r)
	}
	for name, bad := range map[string]func(){
		"row": func() { m.Row(3) }, "negative row": func() { m.Row(-1) }, "slice": func() { m.Slice(2, 4) },
		"order": func() { m.Slice(2, 1) },
		"short": func() { Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: m.Data[:3]}.Row(1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			bad()
		}()
	}
}

// TestColumns: a view of columns shares the matrix's memory, ends with its last element, and is itself a
// matrix.
func TestColumns(t *testing.T) {
	m, m64 := NewMatrix(3, 5), NewMatrix64(3, 5)
	for i := range m.Data {
		m.Data[i], m64.Data[i] = float32(i), float64(i)
	}
	for from := range 6 {
		for to := from; to <= 5; to++ {
			c, c64 := m.Columns(from, to), m64.Columns(from, to)
			if c.Rows != 3 || c.Cols != to-from || c64.Rows != 3 || c64.Cols != to-from {
				t.Errorf("columns %d to %d are %+v and %+v", from, to, c, c64)
			}
			for i := range 3 {
				row, row64 := m.Row(i)[from:to], m64.Row(i)[from:to]
				if !slices.Equal(c.Row(i), row) || !slices.Equal(c64.Row(i), row64) {
					t.Errorf("row %d of columns %d to %d is %v and %v", i, from, to, c.Row(i), c64.Row(i))
				}
			}
			if from < to && (&c.Row(2)[0] != &m.Row(2)[from] ||
				len(c.Data) != 10+to-from || len(c64.Data) != 10+to-from) {
				t.Errorf("columns %d to %d have %d elements, %d in float64",
					from, to, len(c.Data), len(c64.Data))
			}
		}
	}
	if c := m.Slice(1, 3).Columns(2, 4).Columns(1, 2).Slice(1, 2); c.Row(0)[0] != 13 {
		t.Errorf("element (2, 3) is %v", c.Row(0))
	}
	if c := (Matrix{Cols: 4}).Columns(1, 3); c.Rows != 0 || c.Cols != 2 {
		t.Errorf("columns of no rows are %+v", c)
	}
	short := Matrix{Rows: 2, Cols: 2, Stride: 2, Data: m.Data[:3]}
	for want, f := range map[string]func(){
		"Matrix.Columns: columns 1 to 6 of 5":    func() { m.Columns(1, 6) },
		"Matrix.Columns: columns 3 to 2 of 5":    func() { m.Columns(3, 2) },
		"Matrix64.Columns: columns -1 to 2 of 5": func() { m64.Columns(-1, 2) },
		"needs 4 elements, has 3":                func() { short.Columns(0, 1) },
	} {
		if got := panicOf(f); !strings.Contains(got, want) {
			t.Errorf("panic %q, want one with %q", got, want)
		}
	}
}

// TestZeroMatrix: the zero value is a matrix without elements, whose stride does not matter.
func TestZeroMatrix(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		Gemm(false, true, 1, Matrix{}, Matrix{}, 0, Matrix{})
		Gemm64(true, false, 1, Matrix64{}, Matrix64{}, 1, Matrix64{})
		c := NewMatrix(2, 3)
		c.Data[5] = 1
		GemmHadamard(false, false, 1, Matrix{Rows: 2}, Matrix{Cols: 3}, 0, c, NewMatrix(2, 3))
		if c.Data[5] != 0 {
			t.Errorf("a product without inner dimension is %v", c.Data)
		}
		var p Packed
		p.Pack(false, Matrix{})
		GemmPacked(false, 1, Matrix{}, &p, 0, Matrix{})
		Dense{}.Forward(Matrix{}, Matrix{}, Matrix{})
		SumColumns(nil, Matrix{})
		AddNoiseRows(Matrix{}, Matrix{}, nil, noise, 0)
	})
}

// TestNegativeSizes: a matrix of negative size has neither rows nor blocks.
func TestNegativeSizes(t *testing.T) {
	narrow := Matrix{Rows: 2, Cols: -1, Stride: 1, Data: make([]float32, 9)}
	short := Matrix{Rows: -1, Cols: 2, Stride: 2}
	narrow64 := Matrix64{Rows: 2, Cols: -1, Stride: 1, Data: make([]float64, 9)}
	short64 := Matrix64{Rows: -1, Cols: 2, Stride: 2}
	for want, f := range map[string]func(){
		"Matrix.Row: m has negative size 2x-1":       func() { narrow.Row(0) },
		"Matrix.Slice: m has negative size 2x-1":     func() { narrow.Slice(0, 2) },
		"Matrix.Columns: m has negative size -1x2":   func() { short.Columns(0, 2) },
		"Matrix64.Row: m has negative size 2x-1":     func() { narrow64.Row(0) },
		"Matrix64.Slice: m has negative size 2x-1":   func() { narrow64.Slice(0, 2) },
		"Matrix64.Columns: m has negative size -1x2": func() { short64.Columns(0, 2) },
	} {
		if got := panicOf(f); got != "kernels: "+want {
			t.Errorf("panic %q, want one with %q", got, want)
		}
	}
}
