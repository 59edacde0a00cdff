package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestSoftmaxRows compares rows of all lengths with float64, where numbers lie close together and far apart,
// and looks at the rows that become NaN.
func TestSoftmaxRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	inf := float32(math.Inf(1))
	eachBackend(t, func(t *testing.T) {
		for _, n := range []int{1, 2, 7, 40, 1000, 1024, 1025, 5000} {
			for _, spread := range []float32{0.01, 1, 20, 200} {
				x, y := Matrix{Rows: 1, Cols: n, Stride: n, Data: normals[float32](r, n)}, NewMatrix(1, n)
				for i := range x.Data {
					x.Data[i] *= spread
				}
				SoftmaxRows(y, x)
				checkSoftmax(t, y.Data, x.Data)
			}
		}
		for _, x := range [][]float32{{1, float32(math.NaN()), 2}, {inf, 1}, {-inf, -inf, -inf}} {
			m := Matrix{Rows: 1, Cols: len(x), Stride: len(x), Data: x}
			SoftmaxRows(m, m)
			for i, v := range x {
				if v == v {
					t.Errorf("element %d is %v, want NaN", i, v)
				}
			}
		}
		m := Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{-inf, -3e38}}
		SoftmaxRows(m, m)
		same(t, "-Inf beside a number", m.Data, []float32{0, 1})
	})
}

// checkSoftmax compares y with the softmax of x within the stated bound.
func checkSoftmax(t *testing.T, y, x []float32) {
	t.Helper()
	most, sum := math.Inf(-1), 0.0
	for _, v := range x {
		most = max(most, float64(v))
	}
	for _, v := range x {
		sum += math.Exp(float64(v) - most)
	}
	n := float64(len(x))
	for i, v := range x {
		below := most - float64(v)
		want := math.Exp(-below) / sum
		bound := (below + math.Log(n) + 136 + n/1024) * 0x1p-24 * want
		if got := float64(y[i]); !(math.Abs(got-want) <= bound) && want >= 0x1p-126 {
			t.Fatalf("n = %d: element %d is %v, want %v", len(x), i, got, want)
		}
		if below > 105 && y[i] != 0 {
			t.Fatalf("n = %d: element %d is %v, %v below the greatest", len(x), i, y[i], below)
		}
	}
}
