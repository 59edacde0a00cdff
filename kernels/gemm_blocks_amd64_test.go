//go:build !purego

package kernels

import (
	"fmt"
	"math/rand/v2"
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
