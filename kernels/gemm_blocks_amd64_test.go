//go:build !purego

package kernels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// TestPacksA multiplies by a wide B, for which AVX-512 packs A only where its rows lie badly, on processors whose
// first-level cache has eight ways and twelve.
func TestPacksA(t *testing.T) {
	if !slices.Contains(Backends(), string(avx512)) {
		t.Skip("no AVX-512")
	}
	defer func(ways int) { firstLevelWays = ways }(firstLevelWays)
	defer use(t, Backends()[0])
	r := rand.New(rand.NewPCG(41, 42))
	for _, c := range []struct {
		trans        bool
		m, k, stride int
		alpha        float32
		ways         int
		packs        bool
	}{
		{false, 31, 130, 130, 1, 8, false},
		{false, 31, 130, 130, 2, 8, true},
		{false, 31, 130, 1024, 1, 8, true},
		{false, 31, 130, 1024, 1, 12, false},
		{true, 31, 130, 31, 1, 12, false},
		{true, 31, 130, 31, 2, 12, true},
		{true, 31, 130, 700, 1, 12, true},
	} {
		firstLevelWays = c.ways
		const n = 390
		a := Matrix{Rows: c.m, Cols: c.k, Stride: c.stride}
		if c.trans {
			a.Rows, a.Cols = c.k, c.m
		}
		p := product[float32]{transA: c.trans, alpha: c.alpha, a: view32(a), m: c.m, n: n, k: c.k}
		use(t, string(avx512))
		if got := p.packsA(c.k); got != c.packs {
			t.Errorf("%+v: packs A: %v", c, got)
		}
		inputs := [][]float32{normals(r, a.extent()), normals(r, c.k*n), normals(r, c.m*n)}
		compare(t, string(avx512), fmt.Sprintf("%+v", c), inputs, func(x [][]float32) {
			a := a
			a.Data = x[0]
			Gemm(c.trans, false, c.alpha, a, Matrix{Rows: c.k, Cols: n, Stride: n, Data: x[1]}, 1,
				Matrix{Rows: c.m, Cols: n, Stride: n, Data: x[2]})
		})
	}
}

// TestSwappedProduct multiplies few rows by a large transposed B, with what may follow, on one core and three.
func TestSwappedProduct(t *testing.T) {
	if !slices.Contains(Backends(), string(avx512)) {
		t.Skip("no AVX-512")
	}
	defer use(t, Backends()[0])
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	r := rand.New(rand.NewPCG(43, 44))
	for _, cores := range []int{1, 3} {
		for _, transA := range []bool{false, true} {
			const m, n, k = 70, 745, 709
			a, b, c := Matrix{Rows: m, Cols: k, Stride: k + 3}, Matrix{Rows: n, Cols: k, Stride: k + 1}, Matrix{Rows: m, Cols: n}
			if transA {
				a = Matrix{Rows: k, Cols: m, Stride: m + 2}
			}
			c.Stride = n + cores
			use(t, string(avx512))
			p := product[float32]{transA: transA, transB: true, alpha: 1, m: m, n: n, k: k, fresh: true}
			if !p.swaps() {
				t.Errorf("%+v does not swap", p)
			}
			runtime.GOMAXPROCS(cores)
			inputs := [][]float32{normals(r, a.extent()), normals(r, b.extent()), normals(r, c.extent()), normals(r, c.extent())}
			compare(t, string(avx512), fmt.Sprintf("%d cores, A transposed: %v", cores, transA), inputs, func(x [][]float32) {
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
}
