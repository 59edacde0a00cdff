package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestGemmWrongOperands: an operand that is wrong somehow makes the same panic with every implementation, and
// what passes gives the same result.
func TestGemmWrongOperands(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(107, 108))
		for range 2000 {
			m, n, k := 1+r.IntN(6), 1+r.IntN(20), 1+r.IntN(6)
			o := [3]Matrix{NewMatrix(m, k), NewMatrix(k, n), NewMatrix(m, n)}
			for range r.IntN(3) {
				spoil(r, &o[r.IntN(3)])
			}
			transA, transB := r.IntN(5) == 0, r.IntN(5) == 0
			for i, f := range []func(a, b, c Matrix){
				func(a, b, c Matrix) { Gemm(transA, transB, 1, a, b, 0, c) },
				func(a, b, c Matrix) { Gemm64(transA, transB, 1, wideView(a), wideView(b), 1, wideView(c)) },
				func(a, b, c Matrix) {
					var p Packed
					p.Pack(transB, b)
					GemmPacked(transA, 1, a, &p, 0, c)
				},
			} {
				use(t, string(generic))
				want := outcome(f, o)
				use(t, fast)
				if got := outcome(f, o); got != want {
					t.Fatalf("function %d: %.300v %v %v: %q, want %q", i, o, transA, transB, got, want)
				}
			}
		}
	})
}

// spoil changes a field of m, mostly so that it is wrong.
func spoil(r *rand.Rand, m *Matrix) {
	odd := []int{0, -1, 1, 2, math.MaxInt, math.MinInt, 1 << 20, math.MaxInt>>1 + 1, math.MaxInt32}
	switch x := odd[r.IntN(len(odd))]; r.IntN(5) {
	case 0:
		m.Rows = x
	case 1:
		m.Cols = x
	case 2:
		m.Stride = x
	case 3:
		m.Stride = m.Cols - 1
	default:
		m.Data = m.Data[:r.IntN(len(m.Data)+1)]
		if len(m.Data) == 0 {
			m.Data = nil
		}
	}
}

// outcome is what a function panics with or leaves in C.
func outcome(f func(a, b, c Matrix), o [3]Matrix) (s string) {
	for i := range o {
		o[i].Data = slices.Clone(o[i].Data)
		for j := range o[i].Data {
			o[i].Data[j] = float32(j + i)
		}
	}
	defer func() {
		if p := recover(); p != nil {
			s = fmt.Sprint(p)
		}
	}()
	f(o[0], o[1], o[2])
	return fmt.Sprint(o[2].Data)
}

// wideView is m in float64, right or not.
func wideView(m Matrix) Matrix64 {
	var data []float64
	for _, x := range m.Data {
		data = append(data, float64(x))
	}
	return Matrix64{Rows: m.Rows, Cols: m.Cols, Stride: m.Stride, Data: data}
}
