package kernels

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
)

// TestMatrix64OfGonum converts there and back.
func TestMatrix64OfGonum(t *testing.T) {
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
		"order": func() { m.Slice(2, 1) }, "short": func() { Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: m.Data[:3]}.Row(1) },
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
