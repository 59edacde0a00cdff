package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestGemmShapes compares products of random shapes, strides and factors with the definition. Operands lie
// next to pages that cannot be touched.
func TestGemmShapes(t *testing.T) {
	defer func(n int) { processors = n }(processors)
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(101, 102))
		side := func() int {
			if r.IntN(4) > 0 {
				return r.IntN(41)
			}
			return int(math.Exp(r.Float64() * math.Log(600)))
		}
		for range 200 {
			if m, n, k := side(), side(), side(); m*n*k <= 1<<18 {
				processors = []int{1, 2, 3, 8}[r.IntN(4)]
				checkGemmShape(t, fast, r, m, n, k)
			}
		}
	})
}

func checkGemmShape(t *testing.T, fast string, r *rand.Rand, m, n, k int) {
	factors := []float64{1, 1, 1, -1, 0, .3, math.NaN(), math.Inf(1), math.Copysign(0, -1)}
	alpha, beta := factors[r.IntN(len(factors))], factors[r.IntN(len(factors))]
	transA, transB, packed := r.IntN(3) == 0, r.IntN(3) == 0, r.IntN(4) == 0
	a, b, c := anyMatrix(t, r, m, k, transA), anyMatrix(t, r, k, n, transB), anyMatrix(t, r, m, n, false)
	a64, b64, c64 := wideView(a), wideView(b), wideView(c)
	before := slices.Clone(c.Data)
	run := func() (x []float32, x64 []float64, problem string) {
		defer func() {
			if p := recover(); p != nil {
				problem = fmt.Sprint(p)
			}
		}()
		copy(c.Data, before)
		copy(c64.Data, wideView(c).Data)
		if packed {
			var p Packed
			p.Pack(transB, b)
			GemmPacked(transA, float32(alpha), a, &p, float32(beta), c)
		} else {
			Gemm(transA, transB, float32(alpha), a, b, float32(beta), c)
		}
		Gemm64(transA, transB, alpha, a64, b64, beta, c64)
		return slices.Clone(c.Data), slices.Clone(c64.Data), ""
	}
	use(t, string(generic))
	want, want64, wanted := run()
	use(t, fast)
	got, got64, problem := run()
	what := fmt.Sprint(m, n, k, transA, transB, packed, alpha, beta, a.Stride, b.Stride, c.Stride)
	if problem != wanted {
		t.Fatalf("%s: panic %q, the definition has %q", what, problem, wanted)
	}
	same(t, what, got, want)
	for i, w := range want64 {
		if g := got64[i]; math.Float64bits(g) != math.Float64bits(w) && !(g != g && w != w) {
			t.Fatalf("%s: element %d in float64 is %v, want %v", what, i, g, w)
		}
	}
}

// anyMatrix is a matrix with some stride, right or, of one row, wrong.
func anyMatrix(t *testing.T, r *rand.Rand, rows, cols int, trans bool) Matrix {
	if trans {
		rows, cols = cols, rows
	}
	m := Matrix{Rows: rows, Cols: cols, Stride: cols + []int{0, 0, 1, 7, 500, 512, 1024}[r.IntN(7)]}
	size := extent(rows, cols, m.Stride)
	if rows == 1 && r.IntN(2) == 0 {
		m.Stride = []int{0, 1, -5, math.MaxInt, math.MinInt, math.MaxInt32}[r.IntN(6)]
	}
	m.Data = guard(t, size, r.IntN(2) == 0)
	copy(m.Data, values[float32](r, size))
	return m
}
