//go:build (amd64 || arm64) && !purego

package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// routeOf returns the route of a product on so many cores in the implementation in use.
func routeOf[T float](p *product[T], cores int) route {
	var s shape
	p.describe(&s)
	s.cores = cores
	return planOf(&s, blockingInUse()).route
}

// TestSwappedProduct multiplies few rows by a large transposed B, with what may follow, on one core and
// three.
func TestSwappedProduct(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	eachFast(t, func(t *testing.T, fast string) {
		use(t, fast)
		if blockingInUse().swapBytes == 0 {
			t.Skip("no product is computed as its transpose")
		}
		r := rand.New(rand.NewPCG(43, 44))
		for _, cores := range []int{1, 3} {
			for _, transA := range []bool{false, true} {
				const m, n, k = 70, 745, 709
				a := Matrix{Rows: m, Cols: k, Stride: k + 3}
				b, c := Matrix{Rows: n, Cols: k, Stride: k + 1}, Matrix{Rows: m, Cols: n}
				if transA {
					a = Matrix{Rows: k, Cols: m, Stride: m + 2}
				}
				c.Stride = n + cores
				use(t, fast)
				p := product[float32]{
					transA: transA, transB: true, alpha: 1, m: m, n: n, k: k,
					fresh: true, after: hadamardAfter,
				}
				if got := routeOf(&p, cores); got != swappedRoute {
					t.Errorf("%+v has route %d", p, got)
				}
				runtime.GOMAXPROCS(cores)
				inputs := [][]float32{
					normals[float32](r, a.extent()), normals[float32](r, b.extent()),
					normals[float32](r, c.extent()), normals[float32](r, c.extent()),
				}
				what := fmt.Sprintf("%d cores, A transposed: %v", cores, transA)
				compare(t, fast, what, inputs, func(x [][]float32) {
					a, b, c, f := a, b, c, c
					a.Data, b.Data, c.Data, f.Data = x[0], x[1], x[2], x[3]
					GemmHadamard(transA, true, 1, a, b, 0, c, f)
				})
			}
		}
		a, b, c := NewMatrix(64, 800), NewMatrix(800, 800), NewMatrix(64, 800)
		if n := testing.AllocsPerRun(5, func() { Gemm(false, true, 1, a, b, 0, c) }); n != 0 {
			t.Errorf("Gemm allocates %v times", n)
		}
	})
}

// TestLargeProductKeepsLittle: the copy of C that a large product works on is used again by the next one, and
// is gone when there is none for a while.
func TestLargeProductKeepsLittle(t *testing.T) {
	use(t, backends()[0])
	if blockingInUse().swapBytes == 0 {
		t.Skip("no product is computed as its transpose")
	}
	a, b, c := NewMatrix(512, 1200), NewMatrix(8192, 1200), NewMatrix(512, 8192)
	var p product[float32]
	gemmProduct(&p, "", false, true, 1, a, b, c)
	p.fresh = true
	if got := routeOf(&p, 1); got != swappedRoute {
		t.Errorf("the product has route %d", got)
	}
	heap := func() int {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := heap()
	if n := testing.AllocsPerRun(1, func() { Gemm(false, true, 1, a, b, 0, c) }); n != 0 && !race {
		t.Errorf("the second product allocates %v times", n)
	}
	if kept := heap() - before; kept > 2*keptBytes {
		t.Errorf("%d bytes are kept, of %d that C has", kept, 4*len(c.Data))
	}
	runtime.KeepAlive([]Matrix{a, b, c})
}
