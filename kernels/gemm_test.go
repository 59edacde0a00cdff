package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// placement is where a matrix lies inside a slice, at some offset and stride.
type placement struct{ offset, rows, cols, stride int }

func randomView(r *rand.Rand, rows, cols int, trans bool) placement {
	if trans {
		rows, cols = cols, rows
	}
	return placement{r.IntN(9), rows, cols, max(1, cols) + r.IntN(2)*r.IntN(20)}
}

func (v placement) size() int { return v.offset + extent(v.rows, v.cols, v.stride) }

// extent is the distance from the first element of a matrix to the end of the last one.
func extent(rows, cols, stride int) int {
	if rows == 0 || cols == 0 {
		return 0
	}
	return (rows-1)*stride + cols
}

func (v placement) of(x []float32) Matrix {
	return Matrix{Rows: v.rows, Cols: v.cols, Stride: v.stride, Data: x[v.offset:]}
}

// testGemm compares a product on random views with the definition.
func testGemm(t testing.TB, fast string, r *rand.Rand, m, n, k int, fill func(*rand.Rand, int) []float32) {
	t.Helper()
	transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
	alpha := []float32{1, 1, -1, 0.3, 0}[r.IntN(5)]
	beta := []float32{0, 1, 0.7, -2}[r.IntN(4)]
	a, b, c := randomView(r, m, k, transA), randomView(r, k, n, transB), randomView(r, m, n, false)
	what := fmt.Sprintf("m=%d n=%d k=%d a=%+v%v b=%+v%v c=%+v alpha=%v beta=%v",
		m, n, k, a, transA, b, transB, c, alpha, beta)
	inputs := [][]float32{fill(r, a.size()), fill(r, b.size()), fill(r, c.size())}
	compare(t, fast, what, inputs, func(x [][]float32) {
		Gemm(transA, transB, alpha, a.of(x[0]), b.of(x[1]), beta, c.of(x[2]))
	})
}

// TestGemm compares every implementation with the definition bit for bit.
func TestGemm(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(5, 6))
		for n := range 40 { // every edge of a tile
			testGemm(t, fast, r, r.IntN(14), n, r.IntN(10), normals)
			testGemm(t, fast, r, n, r.IntN(40), r.IntN(10), normals)
			testGemm(t, fast, r, r.IntN(14), r.IntN(40), n, normals)
		}
		for range 150 {
			testGemm(t, fast, r, r.IntN(81), r.IntN(81), r.IntN(81), normals)
			testGemm(t, fast, r, r.IntN(20), r.IntN(40), r.IntN(20), values)
		}
		for k := 1; k < 20; k++ { // inner dimensions for which C is written row by row or in short strips
			testGemm(t, fast, r, r.IntN(20), 64+r.IntN(100), k, normals)
			for range 6 {
				testGemm(t, fast, r, 8+r.IntN(20), 512, k, normals)
			}
		}
		for n := 1; n < 5; n++ { // few columns, with rows of A close together and a page apart
			for range 4 {
				testGemm(t, fast, r, 8+r.IntN(100), n, 1+r.IntN(30), normals)
				testGemm(t, fast, r, 8+r.IntN(40), n, 1024, normals)
			}
		}
		for m := 1; m < 3; m++ {
			testGemm(t, fast, r, m, 256+r.IntN(300), r.IntN(20), normals)
		}
	})
}

// TestGemmDefinition holds the definition against float64, and against its own statement on a case small
// enough to see through.
func TestGemmDefinition(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		a := Matrix{Rows: 2, Cols: 3, Stride: 4, Data: []float32{1, 2, 3, 99, 4, 5, 6}}
		b := Matrix{Rows: 3, Cols: 2, Stride: 2, Data: []float32{7, 8, 9, 10, 11, 12}}
		c := Matrix{Rows: 2, Cols: 2, Stride: 3, Data: []float32{1, 1, 99, 1, 1}}
		Gemm(false, false, 2, a, b, 10, c)
		if want := []float32{126, 138, 99, 288, 318}; !slices.Equal(c.Data, want) {
			t.Errorf("2*A*B + 10*C = %v, want %v", c.Data, want)
		}
		d := NewMatrix(3, 3)
		Gemm(true, true, 1, a, b, 0, d)
		if want := []float32{39, 49, 59, 54, 68, 82, 69, 87, 105}; !slices.Equal(d.Data, want) {
			t.Errorf("A^T*B^T = %v, want %v", d.Data, want)
		}

		r := rand.New(rand.NewPCG(7, 8))
		const m, n, k = 37, 29, 301
		x, y, z := NewMatrix(m, k), NewMatrix(k, n), NewMatrix(m, n)
		copy(x.Data, normals[float32](r, m*k))
		copy(y.Data, normals[float32](r, k*n))
		MatMul(z, x, y)
		for i := range m {
			for j := range n {
				var sum, size float64
				for p := range k {
					v := float64(x.Data[i*k+p]) * float64(y.Data[p*n+j])
					sum, size = sum+v, size+max(v, -v)
				}
				// A chain of k roundings errs by at most k*2^-24 of the sum of magnitudes.
				if got := float64(z.Data[i*n+j]); max(got-sum, sum-got) > k*0x1p-24*size {
					t.Errorf("element (%d, %d) is %v, float64 gives %v", i, j, got, sum)
				}
			}
		}
	})
}

// TestGemmIgnoresC: with beta == 0 what was in C does not matter, and with alpha == 0 neither do A and B.
func TestGemmIgnoresC(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		nan := float32(0)
		nan /= nan
		fill := func(m Matrix, x float32) Matrix {
			for i := range m.Data {
				m.Data[i] = x
			}
			return m
		}
		c := fill(NewMatrix(7, 17), nan)
		MatMul(c, fill(NewMatrix(7, 3), 1), fill(NewMatrix(3, 17), 1))
		if c.Data[0] != 3 || c.Data[7*17-1] != 3 {
			t.Errorf("product over NaN is %v", c.Data)
		}
		Gemm(false, false, 0, fill(NewMatrix(7, 3), nan), fill(NewMatrix(3, 17), nan), 2, c)
		if c.Data[0] != 6 || c.Data[7*17-1] != 6 {
			t.Errorf("0*NaN + 2*C is %v", c.Data)
		}
		Gemm(false, false, 1, NewMatrix(7, 0), NewMatrix(0, 17), 0, c)
		if c.Data[0] != 0 || c.Data[7*17-1] != 0 {
			t.Errorf("empty product is %v", c.Data)
		}
	})
}

// TestSumRows compares every implementation with the definition, for columns up to several vectors.
func TestSumRows(t *testing.T) {
	eachFast(t, func(t *testing.T, fast string) {
		r := rand.New(rand.NewPCG(9, 10))
		for cols := range 150 {
			v := placement{r.IntN(5), r.IntN(20), cols, max(1, cols) + r.IntN(3)}
			inputs := [][]float32{values[float32](r, cols), values[float32](r, v.size())}
			compare(t, fast, fmt.Sprintf("%+v", v), inputs, func(x [][]float32) {
				SumColumns(x[0], v.of(x[1]))
			})
		}
		use(t, fast)
		long := placement{0, 2*sumBlock/7 + 5, 7, 9} // several calls' worth of rows
		got, x, want := values[float32](r, 7), normals[float32](r, long.size()), make([]float32, 7)
		for i := range long.rows {
			for j, v := range long.of(x).Row(i) {
				want[j] += v
			}
		}
		SumColumns(got, long.of(x))
		same(t, "long", got, want)
	})
}

// TestAddNoiseRows compares with one AddNoise a row, whatever the shape and strides.
func TestAddNoiseRows(t *testing.T) {
	eachBackend(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(11, 12))
		for _, shape := range [][2]int{
			{0, 3}, {3, 0}, {1, 1}, {5, 2}, {700, 2}, {9, 15}, {9, 16}, {40, 255}, {3, 256}, {2, 9000},
		} {
			for range 4 {
				from, to := randomView(r, shape[0], shape[1], false), randomView(r, shape[0], shape[1], false)
				x := normals[float32](r, from.size())
				dst, want := make([]float32, to.size()), make([]float32, to.size())
				sigma := normals[float32](r, shape[0])
				at := r.Uint64() >> 1
				AddNoiseRows(to.of(dst), from.of(x), sigma, noise, at)
				for i := range shape[0] {
					AddNoise(to.of(want).Row(i), from.of(x).Row(i), sigma[i], noise, at+uint64(i*shape[1]))
				}
				same(t, fmt.Sprint(from, to), dst, want)
			}
		}
	})
}

// FuzzGemm looks for a product on which an implementation differs from the definition.
func FuzzGemm(f *testing.F) {
	f.Add(uint64(1), byte(6), byte(16), byte(8))
	f.Fuzz(func(t *testing.T, seed uint64, m, n, k byte) {
		r := rand.New(rand.NewPCG(seed, 1))
		for _, fast := range backends() {
			testGemm(t, fast, r, int(m), int(n), int(k), values)
		}
	})
}
