package kernels

import (
	"math"
	"strings"
	"testing"
)

// TestPanics: a wrong shape, an overlap or an index past the end panics with the function and the sizes.
func TestPanics(t *testing.T) {
	x := make([]float32, 40)
	m := func(rows, cols int) Matrix { return NewMatrix(rows, cols) }
	for _, c := range []struct {
		want string
		call func()
	}{
		{"Gemm: op(a) is 2x3, op(b) is 4x5, c is 2x5", func() { MatMul(m(2, 5), m(2, 3), m(4, 5)) }},
		{"Gemm: op(a) is 3x2, op(b) is 5x4, c is 3x5", func() { Gemm(true, true, 1, m(2, 3), m(4, 5), 0, m(3, 5)) }},
		{"Gemm: op(a) is 2x3, op(b) is 3x5, c is 2x4", func() { MatMul(m(2, 4), m(2, 3), m(3, 5)) }},
		{"Gemm: a is 2x3 with stride 2, want at least 3", func() {
			MatMul(m(2, 5), Matrix{Rows: 2, Cols: 3, Stride: 2, Data: x}, m(3, 5))
		}},
		{"Gemm: b is 3x5 with stride 5 and needs 15 elements, has 14", func() {
			MatMul(m(2, 5), m(2, 3), Matrix{Rows: 3, Cols: 5, Stride: 5, Data: x[:14]})
		}},
		{"Gemm: a has negative size -1x3", func() { MatMul(m(2, 5), Matrix{Rows: -1, Cols: 3, Stride: 3}, m(3, 5)) }},
		{"Gemm: c overlaps a", func() {
			a := Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x}
			MatMul(a, a, m(2, 2))
		}},
		{"Gemm: c overlaps b", func() {
			b := Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x}
			MatMul(Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x[3:]}, m(2, 2), b)
		}},
		{"GemmPacked: op(a) is 2x3, b is 4x5, c is 2x5", func() {
			var w Packed
			w.Pack(true, m(5, 4))
			GemmPacked(false, 1, m(2, 3), &w, 0, m(2, 5))
		}},
		{"Dense.Forward: x is 2x3, want 2x4", func() { Dense{W: m(4, 5)}.Forward(m(2, 5), Matrix{}, m(2, 3)) }},
		{"Dense.Forward: y is 2x6, want 2x5", func() { Dense{W: m(4, 5)}.Forward(m(2, 6), Matrix{}, m(2, 4)) }},
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
			Dense{W: m(2, 3), Bias: x[2:5]}.Forward(Matrix{Rows: 1, Cols: 3, Stride: 3, Data: x}, Matrix{}, m(1, 2))
		}},
		{"AddNoise: x has length 3, want 4", func() { AddNoise(x[:4], x[:3], 1, noise, 0) }},
		{"AddNoise: dst and x overlap", func() { AddNoise(x[:4], x[1:5], 1, noise, 0) }},
		{"AddNoise: 4 elements from index 18446744073709551613", func() { AddNoise(x[:4], x[:4], 1, noise, math.MaxUint64-2) }},
		{"AddNoiseRows: x is 2x3, want 3x2", func() { AddNoiseRows(m(3, 2), m(2, 3), x[:3], noise, 0) }},
		{"AddNoiseRows: sigma has length 2, want 3", func() { AddNoiseRows(m(3, 2), m(3, 2), x[:2], noise, 0) }},
		{"AddNoiseRows: dst and x share memory but have strides 2 and 3", func() {
			AddNoiseRows(Matrix{Rows: 2, Cols: 2, Stride: 2, Data: x}, Matrix{Rows: 2, Cols: 2, Stride: 3, Data: x}, x[:2], noise, 0)
		}},
		{"PerturbRows: shift has length 3, want 2", func() { PerturbRows(m(3, 2), m(3, 2), x[:3], nil, nil, noise, 0) }},
		{"PerturbRows: scale has length 2, want 3", func() { PerturbRows(m(3, 2), m(3, 2), nil, nil, x[:2], noise, 0) }},
		{"PerturbRows: dst overlaps scale", func() {
			PerturbRows(Matrix{Rows: 3, Cols: 2, Stride: 2, Data: x}, m(3, 2), nil, nil, x[3:6], noise, 0)
		}},
		{"LangevinRows: score is 2x3, want 3x2", func() { LangevinRows(m(3, 2), m(2, 3), x[:3], x[:3], noise, 0) }},
		{"LangevinRows: drift has length 2, want 3", func() { LangevinRows(m(3, 2), m(3, 2), x[:2], x[:3], noise, 0) }},
		{"LangevinRows: x overlaps score", func() {
			a := m(3, 2)
			LangevinRows(a, a, x[:3], x[:3], noise, 0)
		}},
		{"CombineRows: b has length 2, want 3", func() { CombineRows(m(3, 2), m(3, 2), m(3, 2), x[:3], x[:2]) }},
		{"SumSquaresRows: ofX has length 2, want 3", func() { SumSquaresRows(x[:2], nil, m(3, 2), noise, 0) }},
		{"SumSquaresRows: ofX overlaps ofNoise", func() { SumSquaresRows(x[:3], x[2:5], m(3, 2), noise, 0) }},
		{"MatchScoreRows: f is 2x3, want 3x2", func() {
			MatchScoreRows(m(3, 2), x[:3], m(3, 2), m(2, 3), x[3:6], x[6:9], x[9:12], noise, 0)
		}},
		{"MatchScoreRows: loss overlaps b", func() {
			MatchScoreRows(m(3, 2), x[:3], m(3, 2), m(3, 2), x[3:6], x[2:5], x[9:12], noise, 0)
		}},
		{"Langevin: score has length 3, want 4", func() { Langevin(x[:4], x[4:7], 1, 1, noise, 0) }},
		{"Langevin: x overlaps score", func() { Langevin(x[:4], x[:4], 1, 1, noise, 0) }},
		{"SiLU: x has length 3, want 4", func() { SiLU(x[:4], x[:3]) }},
		{"Tanh: dst and x overlap", func() { Tanh(x[:4], x[1:5]) }},
		{"SiLUWithSlope: slope has length 3, want 4", func() { SiLUWithSlope(x[:4], x[4:7], x[8:12]) }},
		{"SiLUWithSlope: dst overlaps x", func() { SiLUWithSlope(x[:4], x[4:8], x[:4]) }},
		{"SiLUWithSlope: dst overlaps slope", func() { SiLUWithSlope(x[:4], x[3:7], x[8:12]) }},
		{"SiLUWithSlope: slope and x overlap", func() { SiLUWithSlope(x[:4], x[4:8], x[5:9]) }},
		{"SiLUGrad: dy has length 3, want 4", func() { SiLUGrad(x[:4], x[:3], x[:4]) }},
		{"Adam: v has length 3, want 4", func() { Adam(x[:4], x[4:8], x[8:12], x[12:15], nil, AdamStep{}) }},
		{"Adam: m overlaps v", func() { Adam(x[:4], x[4:8], x[8:12], x[9:13], nil, AdamStep{}) }},
		{"Adam: g overlaps avg", func() { Adam(x[:4], x[4:8], x[8:12], x[12:16], x[5:9], AdamStep{}) }},
		{"EMA: x has length 3, want 4", func() { EMA(x[:4], x[4:7], 1) }},
		{"SumRows: dst has length 3, want 2", func() { SumRows(x[:3], m(3, 2)) }},
		{"AddRows: dst has length 3, want 2", func() { AddRows(x[:3], m(3, 2)) }},
		{"NewMatrix: negative size -1x2", func() { m(-1, 2) }},
		{"Matrix.Row: row 3 of 3", func() { m(3, 2).Row(3) }},
		{"Matrix.Slice: rows 2 to 4 of 3", func() { m(3, 2).Slice(2, 4) }},
	} {
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
