package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// fenced has the operands of a call, each next to a page that cannot be touched.
type fenced struct {
	t       testing.TB
	r       *rand.Rand
	numbers func(r *rand.Rand, n int) []float32
	x       [][]float32
	x64     [][]float64
}

// slice returns n numbers.
func (f *fenced) slice(n int) []float32 {
	x := guard(f.t, n, f.r.IntN(2) == 0)
	copy(x, f.numbers(f.r, n))
	f.x = append(f.x, x)
	return x
}

// stride is that of rows with so many columns.
func (f *fenced) stride(cols int) int {
	return max(1, cols+[]int{0, 0, 0, 1, 1, 7, 7, 13, 13, 512}[f.r.IntN(10)])
}

// matrix returns one of some stride, or its transpose.
func (f *fenced) matrix(rows, cols int, trans bool) Matrix {
	if trans {
		rows, cols = cols, rows
	}
	m := Matrix{Rows: rows, Cols: cols, Stride: f.stride(cols)}
	m.Data = f.slice(extent(rows, cols, m.Stride))
	return m
}

// matrix64 is matrix in float64.
func (f *fenced) matrix64(rows, cols int, trans bool) Matrix64 {
	if trans {
		rows, cols = cols, rows
	}
	m := Matrix64{Rows: rows, Cols: cols, Stride: f.stride(cols)}
	n := extent(rows, cols, m.Stride)
	m.Data = guardOf[float64](f.t, n, f.r.IntN(2) == 0)
	for i, v := range f.numbers(f.r, n) {
		m.Data[i] = float64(v)
		if f.r.IntN(8) == 0 { // beyond what float32 has, subnormal numbers among it
			m.Data[i] = math.Ldexp(float64(v), f.r.IntN(2000)-1000)
		}
	}
	f.x64 = append(f.x64, m.Data)
	return m
}

// productKinds are the functions that checkProduct calls.
var productKinds = []string{
	"Gemm", "Gemm64", "GemmHadamard", "GemmPacked", "GemmPackedHadamard", "MatMul", "RotateRows64", "Dense",
}

// checkProduct compares a call of a function, with random transposes, strides and factors, with the
// definition, by all elements of all operands.
func checkProduct(t testing.TB, fast, kind string, r *rand.Rand, sides [3]int,
	numbers func(r *rand.Rand, n int) []float32) {
	t.Helper()
	f := &fenced{t: t, r: r, numbers: numbers}
	what, call := f.product(kind, sides)
	before, before64 := clones(f.x), clones(f.x64)
	use(t, string(generic))
	call()
	want, want64 := clones(f.x), clones(f.x64)
	for i, x := range before {
		copy(f.x[i], x)
	}
	for i, x := range before64 {
		copy(f.x64[i], x)
	}
	use(t, fast)
	call()
	for i, x := range want {
		same(t, fmt.Sprintf("%s: operand %d", what, i), f.x[i], x)
	}
	for i, x := range want64 {
		same(t, fmt.Sprintf("%s: operand %d", what, i), f.x64[i], x)
	}
}

func clones[T float](x [][]T) [][]T {
	var all [][]T
	for _, v := range x {
		all = append(all, slices.Clone(v))
	}
	return all
}

// factors are those of a product and of what it is added to.
var factors = []float64{
	1, 1, 1, -1, 0, 0, 0.3, math.NaN(), math.Inf(1), math.Copysign(0, -1), 1e-42, 0x1p-1060,
}

// product makes operands, and returns what they are and the call on them.
func (f *fenced) product(kind string, sides [3]int) (what string, call func()) {
	m, n, k := sides[0], sides[1], sides[2]
	transA, transB := f.r.IntN(2) == 0, f.r.IntN(2) == 0
	alpha, beta := factors[f.r.IntN(len(factors))], factors[f.r.IntN(len(factors))]
	what = fmt.Sprint(kind, sides, transA, transB, alpha, beta)
	switch kind {
	case "RotateRows64":
		return what, f.rotation(m, n, k%20, transA)
	case "Dense":
		return what, f.dense(m, n, k, transA, transB)
	case "Gemm64":
		a, b, c := f.matrix64(m, k, transA), f.matrix64(k, n, transB), f.matrix64(m, n, false)
		return what, func() { Gemm64(transA, transB, alpha, a, b, beta, c) }
	case "MatMul":
		a, b, c := f.matrix(m, k, false), f.matrix(k, n, false), f.matrix(m, n, false)
		return what, func() { MatMul(c, a, b) }
	}
	a, b, c := f.matrix(m, k, transA), f.matrix(k, n, transB), f.matrix(m, n, false)
	x, y := float32(alpha), float32(beta)
	pack := func() *Packed {
		p := new(Packed)
		p.Pack(transB, b)
		return p
	}
	switch kind {
	case "GemmPacked":
		return what, func() { GemmPacked(transA, x, a, pack(), y, c) }
	case "GemmHadamard":
		by := f.matrix(m, n, false)
		return what, func() { GemmHadamard(transA, transB, x, a, b, y, c, by) }
	case "GemmPackedHadamard":
		by := f.matrix(m, n, false)
		return what, func() { GemmPackedHadamard(transA, x, a, pack(), y, c, by) }
	}
	return what, func() { Gemm(transA, transB, x, a, b, y, c) }
}

// rotation is a call of RotateRows64.
func (f *fenced) rotation(rows, cols, sweeps int, backward bool) func() {
	pairs := max(rows-1, 0)
	a := f.matrix64(rows, cols, false)
	stride := f.stride(pairs)
	c := Matrix64{Rows: sweeps, Cols: pairs, Stride: stride}
	s := c
	for _, m := range []*Matrix64{&c, &s} {
		m.Data = guardOf[float64](f.t, extent(sweeps, pairs, stride), f.r.IntN(2) == 0)
		for i, v := range f.numbers(f.r, len(m.Data)) {
			m.Data[i] = float64(v)
		}
	}
	return func() { RotateRows64(a, c, s, backward) }
}

// dense is a call of a layer, with or without an activation, its slope and a bias.
func (f *fenced) dense(m, n, k int, slope, packed bool) func() {
	x, w, y := f.matrix(m, k, false), f.matrix(k, n, false), f.matrix(m, n, false)
	layer := Dense{W: w, SiLU: f.r.IntN(3) > 0}
	if f.r.IntN(4) > 0 {
		layer.Bias = f.slice(n)
	}
	var d Matrix
	if slope && layer.SiLU {
		d = f.matrix(m, n, false)
	}
	return func() {
		if packed {
			layer.Packed = new(Packed)
			layer.Packed.Pack(false, w)
		}
		layer.Forward(y, d, x)
	}
}
