package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// TestGemmColumnsOfOne: A, B and C may be blocks of columns of one matrix, unless C shares an element with
// another, and the elements beside C stay.
func TestGemmColumnsOfOne(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(103, 104))
		for range 300 {
			m, n, k := 1+r.IntN(30), 1+r.IntN(30), 1+r.IntN(30)
			rows, stride := max(m, k), 100+r.IntN(20)
			fromA, fromB, fromC := r.IntN(70), r.IntN(70), r.IntN(70)
			x := normals[float32](r, rows*stride)
			run := func() (y []float32, problem string) {
				defer func() {
					if p := recover(); p != nil {
						problem = fmt.Sprint(p)
					}
				}()
				y = slices.Clone(x)
				Gemm(false, false, 1, Matrix{m, k, stride, y[fromA:]}, Matrix{k, n, stride, y[fromB:]},
					1, Matrix{m, n, stride, y[fromC:]})
				return y, ""
			}
			use(t, string(generic))
			want, wanted := run()
			use(t, fast)
			got, problem := run()
			what := fmt.Sprint(m, n, k, stride, fromA, fromB, fromC)
			apart := (fromC >= fromA+k || fromA >= fromC+n) && (fromC >= fromB+n || fromB >= fromC+n)
			if problem != wanted || apart != (problem == "") {
				t.Fatalf("%s: panic %q, the definition has %q", what, problem, wanted)
			}
			same(t, what, got, want)
		}
	})
}

// TestGemmTogether: many callers at once have the results of one, on any number of cores.
func TestGemmTogether(t *testing.T) {
	defer func(n int) { processors = n }(processors)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	eachFast(t, func(t *testing.T, fast string) {
		for _, processors = range []int{1, 2, 3, 8} {
			var group sync.WaitGroup
			for i := range 64 {
				group.Go(func() { gemmAlone(t, uint64(i)) })
			}
			group.Wait()
		}
	})
}

// gemmAlone compares a few products, which tiles share among cores or copy operands for, with a chain.
func gemmAlone(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(105, seed))
	for range 4 {
		m, n, k := 1+r.IntN(120), 1+r.IntN(120), 1+r.IntN(60)
		transA, transB := r.IntN(2) == 0, r.IntN(2) == 0
		alpha, beta := []float32{1, .3}[r.IntN(2)], []float32{0, 1, .7}[r.IntN(3)]
		a, b := Matrix{m, k, k, normals[float32](r, m*k)}, Matrix{k, n, n, normals[float32](r, k*n)}
		c := Matrix{m, n, n, normals[float32](r, m*n)}
		want := slices.Clone(c.Data)
		if transA {
			a.Rows, a.Cols, a.Stride = k, m, m
		}
		if transB {
			b.Rows, b.Cols, b.Stride = n, k, k
		}
		p := product[float32]{transA: transA, transB: transB, alpha: alpha, a: view32(a), b: view32(b),
			c: view[float32]{m, n, n, want}, m: m, n: n, k: k, fresh: beta == 0}
		for i := range want {
			want[i] *= beta
		}
		gemmRowsGeneric(&p, 0, m)
		Gemm(transA, transB, alpha, a, b, beta, c)
		for i := range want {
			if c.Data[i] != want[i] {
				t.Errorf("%dx%dx%d %v %v: element %d is %v, want %v",
					m, n, k, transA, transB, i, c.Data[i], want[i])
				return
			}
		}
	}
}

// TestGemmAllocs: products in tiles allocate nothing in their steady state, whatever they copy.
func TestGemmAllocs(t *testing.T) {
	if race {
		t.Skip("the race detector allocates")
	}
	eachBackend(t, func(t *testing.T) {
		for _, s := range [][3]int{{3, 5, 7}, {16, 40, 20}, {20, 3, 60}, {50, 90, 12}, {1, 64, 64}} {
			m, n, k := s[0], s[1], s[2]
			for i := range 16 {
				transA, transB := i&1 > 0, i&2 > 0
				alpha, beta := []float64{1, .3}[i>>2&1], []float64{1, .7}[i>>3]
				a, b, c := NewMatrix(m, k), NewMatrix(k, n), NewMatrix(m, n)
				if transA {
					a = NewMatrix(k, m)
				}
				if transB {
					b = NewMatrix(n, k)
				}
				var p Packed
				p.Pack(transB, b)
				a64, b64, c64 := wide(a), wide(b), wide(c)
				f := func() {
					Gemm(transA, transB, float32(alpha), a, b, float32(beta), c)
					GemmPacked(transA, float32(alpha), a, &p, float32(beta), c)
					Gemm64(transA, transB, alpha, a64, b64, beta, c64)
				}
				f()
				if got := testing.AllocsPerRun(5, f); got != 0 {
					t.Errorf("%v %v %v %v %v: %v allocations", s, transA, transB, alpha, beta, got)
				}
			}
		}
	})
}

// wide is a zero matrix in float64 of the shape of m.
func wide(m Matrix) Matrix64 {
	return Matrix64{Rows: m.Rows, Cols: m.Cols, Stride: m.Stride, Data: make([]float64, len(m.Data))}
}
