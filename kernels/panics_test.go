package kernels

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// wrongCall is a call with operands that do not fit, and words of the panic that tells.
type wrongCall struct {
	want string
	call func()
}

// wrongProducts, wrongLayers and wrongViews are calls that panic.
func wrongProducts(x []float32, m func(rows, cols int) Matrix) []wrongCall {
	return []wrongCall{
		{"Gemm: op(a) is 2x3, op(b) is 4x5, c is 2x5", func() { MatMul(m(2, 5), m(2, 3), m(4, 5)) }},
		{"Gemm: op(a) is 3x2, op(b) is 5x4, c is 3x5", func() {
			Gemm(true, true, 1, m(2, 3), m(4, 5), 0, m(3, 5))
		}},
		{"Gemm: op(a) is 2x3, op(b) is 3x5, c is 2x4", func() { MatMul(m(2, 4), m(2, 3), m(3, 5)) }},
		{"Gemm: a is 2x3 with stride 2, want at least 3", func() {
			MatMul(m(2, 5), Matrix{Rows: 2, Cols: 3, Stride: 2, Data: x}, m(3, 5))
		}},
		{"Gemm: b is 3x5 with stride 5 and needs 15 elements, has 14", func() {
			MatMul(m(2, 5), m(2, 3), Matrix{Rows: 3, Cols: 5, Stride: 5, Data: x[:14]})
		}},
		{"Gemm: a has negative size -1x3", func() {
			MatMul(m(2, 5), Matrix{Rows: -1, Cols: 3, Stride: 3}, m(3, 5))
		}},
		{"Gemm: c overlaps a", func() {
			a := Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x}
			MatMul(a, a, m(2, 2))
		}},
		{"Gemm: c overlaps b", func() {
			b := Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x}
			MatMul(Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x[3:]}, m(2, 2), b)
		}},
		{"GemmPacked: b is nil", func() { GemmPacked(false, 1, m(2, 3), nil, 0, m(2, 5)) }},
		{"GemmPackedHadamard: b is nil", func() {
			GemmPackedHadamard(false, 1, m(2, 3), nil, 0, m(2, 5), m(2, 5))
		}},
		{"GemmPacked: op(a) is 2x3, b is 4x5, c is 2x5", func() {
			var w Packed
			w.Pack(true, m(5, 4))
			GemmPacked(false, 1, m(2, 3), &w, 0, m(2, 5))
		}},
	}
}

func wrongLayers(x []float32, m func(rows, cols int) Matrix) []wrongCall {
	return []wrongCall{
		{"Dense.Forward: x is 2x3, want 2x4", func() {
			Dense{W: m(4, 5)}.Forward(m(2, 5), Matrix{}, m(2, 3))
		}},
		{"Dense.Forward: y is 2x6, want 2x5", func() {
			Dense{W: m(4, 5)}.Forward(m(2, 6), Matrix{}, m(2, 4))
		}},
		{"Dense.Forward: Bias has length 4, want 5", func() {
			Dense{W: m(4, 5), Bias: x[:4]}.Forward(m(2, 5), Matrix{}, m(2, 4))
		}},
		{"Dense.Forward: slope is set", func() { Dense{W: m(4, 5)}.Forward(m(2, 5), m(2, 5), m(2, 4)) }},
		{"GemmHadamard: op(a) is 2x3, op(b) is 4x5, c is 2x5", func() {
			GemmHadamard(false, false, 1, m(2, 3), m(4, 5), 0, m(2, 5), m(2, 5))
		}},
		{"GemmPackedHadamard: f is 2x4, want 2x5", func() {
			var w Packed
			w.Pack(false, m(3, 5))
			GemmPackedHadamard(false, 1, m(2, 3), &w, 0, m(2, 5), m(2, 4))
		}},
		{"GemmHadamard: f is 2x4, want 2x5", func() {
			GemmHadamard(false, false, 1, m(2, 3), m(3, 5), 0, m(2, 5), m(2, 4))
		}},
		{"GemmHadamard: c overlaps f", func() {
			c := m(2, 5)
			GemmHadamard(false, false, 1, m(2, 3), m(3, 5), 0, c, c)
		}},
		{"Dense.Forward: slope overlaps y", func() {
			y := m(2, 5)
			Dense{W: m(4, 5), SiLU: true}.Forward(y, y, m(2, 4))
		}},
		{"Dense.Forward: y overlaps W", func() {
			Dense{W: Matrix{Rows: 2, Cols: 3, Stride: 3, Data: x}}.Forward(
				Matrix{Rows: 1, Cols: 3, Stride: 3, Data: x[5:]}, Matrix{}, m(1, 2))
		}},
		{"Dense.Forward: y overlaps Bias", func() {
			y := Matrix{Rows: 1, Cols: 3, Stride: 3, Data: x}
			Dense{W: m(2, 3), Bias: x[2:5]}.Forward(y, Matrix{}, m(1, 2))
		}},
	}
}

func wrongViews(x []float32, m func(rows, cols int) Matrix) []wrongCall {
	return []wrongCall{
		{"AddNoise: 4 elements from index 18446744073709551613", func() {
			AddNoise(x[:4], x[:4], 1, noise, math.MaxUint64-2)
		}},
		{"NewMatrix: negative size -1x2", func() { m(-1, 2) }},
		{"ArgmaxRows: dst has length 1, want 2", func() { ArgmaxRows(make([]int, 1), m(2, 3)) }},
		{"ArgmaxRows: x is 2x3 with stride 2, want at least 3", func() {
			ArgmaxRows(make([]int, 2), Matrix{Rows: 2, Cols: 3, Stride: 2, Data: x})
		}},
		{"Matrix.Row: row 3 of 3", func() { m(3, 2).Row(3) }},
		{"Matrix.Slice: rows 2 to 4 of 3", func() { m(3, 2).Slice(2, 4) }},
	}
}

// TestPanics: a wrong shape of a product, an overlap or an index past the end panics with the function and
// the sizes.
func TestPanics(t *testing.T) {
	x := make([]float32, 40)
	calls := slices.Concat(wrongProducts(x, NewMatrix), wrongLayers(x, NewMatrix), wrongViews(x, NewMatrix))
	for _, c := range calls {
		func() {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, c.want) {
					t.Errorf("panic %q, want one with %q", got, c.want)
				}
			}()
			c.call()
		}()
	}
}
