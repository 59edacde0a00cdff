package kernels

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"unsafe"
)

// TestGemm64 compares every implementation of the float64 product with its definition bit for bit, and the
// definition with a plain chain of math.FMA.
func TestGemm64(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(31, 32))
		check := func(m, n, k int) {
			t.Helper()
			checkGemm64(t, r, m, n, k)
		}
		for n := range 30 {
			check(r.IntN(14), n, r.IntN(10))
			check(n, r.IntN(40), r.IntN(10))
			check(r.IntN(14), r.IntN(40), n)
			check(n%3+1, 30+r.IntN(200), r.IntN(20))
			check(8+r.IntN(20), 32+r.IntN(50), n%10)
			check(20+r.IntN(30), 256, n%20)
		}
		for range 100 {
			check(r.IntN(81), r.IntN(81), r.IntN(81))
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
		check(150, 130, 70)
		check(100, 60, 500)
		check(97, 2, 1020) // few columns in rows of each core
		check(1, 700, 300) // one row by a transposed matrix
		a, b, c := NewMatrix64(100, 90), NewMatrix64(90, 110), NewMatrix64(100, 110)
		if n := testing.AllocsPerRun(5, func() { Gemm64(false, false, 1, a, b, 0, c) }); n != 0 {
			t.Errorf("Gemm64 allocates %v times", n)
		}
	})
}

func (v placement) of64(x []float64) Matrix64 {
	return Matrix64{Rows: v.rows, Cols: v.cols, Stride: v.stride, Data: x[v.offset:]}
}

// checkGemm64 compares a product on random views with chains of math.FMA.
func checkGemm64(t *testing.T, r *rand.Rand, m, n, k int) {
	t.Helper()
	transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
	alpha, beta := []float64{1, 1, -1, 0.3, 0}[r.IntN(5)], []float64{0, 1, 0.7}[r.IntN(3)]
	pa, pb, pc := randomView(r, m, k, transA), randomView(r, k, n, transB), randomView(r, m, n, false)
	// The operands end where memory ends; the elements around C must stay.
	xa, xb := guard64(t, normals[float64](r, pa.size())), guard64(t, normals[float64](r, pb.size()))
	got := guard64(t, normals[float64](r, pc.size()))
	a, b, want := pa.of64(xa), pb.of64(xb), slices.Clone(got)
	at := func(x Matrix64, trans bool, i, j int) float64 {
		if trans {
			i, j = j, i
		}
		return x.Data[i*x.Stride+j]
	}
	for i := range m {
		for j := range n {
			c := &pc.of64(want).Data[i*pc.stride+j]
			sum := 0.0
			if beta != 0 {
				sum = beta * *c
			}
			for p := 0; p < k && alpha != 0; p++ {
				sum = math.FMA(alpha*at(a, transA, i, p), at(b, transB, p, j), sum)
			}
			*c = sum
		}
	}
	Gemm64(transA, transB, alpha, a, b, beta, pc.of64(got))
	for i := range want {
		if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
			t.Fatalf("m=%d n=%d k=%d a=%+v%v b=%+v%v c=%+v alpha=%v beta=%v: element %d is %v, want %v",
				m, n, k, pa, transA, pb, transB, pc, alpha, beta, i, got[i], want[i])
		}
	}
}

// guard64 returns a copy of x at the end of accessible memory.
func guard64(t testing.TB, x []float64) []float64 {
	if len(x) == 0 {
		return nil
	}
	y := unsafe.Slice((*float64)(unsafe.Pointer(&guard(t, 2*len(x), true)[0])), len(x))
	copy(y, x)
	return y
}
