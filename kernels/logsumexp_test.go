package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestLogSumExpRows compares rows of all lengths with float64 within the stated bound, and looks at the rows
// with infinities and NaN.
func TestLogSumExpRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	inf := float32(math.Inf(1))
	nan := inf - inf
	eachBackend(t, func(t *testing.T) {
		for _, n := range []int{1, 2, 7, 40, 1000, 1024, 1025, 5000} {
			for _, spread := range []float32{0, 0.01, 1, 20, 200, 1e38} {
				x := Matrix{Rows: 3, Cols: n, Stride: n, Data: normals[float32](r, 3*n)}
				for i := range x.Data {
					x.Data[i] = min(max(x.Data[i], -3), 3) * spread
				}
				got := make([]float32, 3)
				LogSumExpRows(got, x)
				for i, y := range got {
					checkLogSumExp(t, float64(y), x.Row(i))
				}
			}
		}
		for _, c := range []struct {
			x    []float32
			want float32
		}{
			{nil, -inf}, {[]float32{-inf, -inf}, -inf}, {[]float32{-inf, 3}, 3},
			{[]float32{1, inf, -inf}, inf}, {[]float32{1, nan}, nan},
			{[]float32{inf, nan}, nan}, {[]float32{-3e38, -inf}, -3e38},
		} {
			got := []float32{7}
			LogSumExpRows(got, Matrix{Rows: 1, Cols: len(c.x), Stride: max(1, len(c.x)), Data: c.x})
			same(t, "special", got, []float32{c.want})
		}
	})
}

func checkLogSumExp(t *testing.T, got float64, x []float32) {
	t.Helper()
	most, sum := math.Inf(-1), 0.0
	for _, v := range x {
		most = max(most, float64(v))
	}
	for _, v := range x {
		sum += math.Exp(float64(v) - most)
	}
	want, n := most+math.Log(sum), float64(len(x))
	bound := (math.Abs(want) + 3*math.Log(n) + 136 + n/1024) * 0x1p-24
	if !(math.Abs(got-want) <= bound) {
		t.Errorf("n = %d: %v, want %v, off by more than %v", len(x), got, want, bound)
	}
}
