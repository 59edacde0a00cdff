package gonumblas_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// matrix is an operand in memory, whose rows have gaps.
type matrix[T float32 | float64] struct {
	rows, cols, stride int
	data               []T
}

const gap = -77 // of the elements between rows

func random[T float32 | float64](rows, cols int, seed uint64) matrix[T] {
	r := rand.New(rand.NewPCG(seed, 1))
	x := matrix[T]{rows, cols, cols + 3, make([]T, rows*(cols+3))}
	for i := range x.data {
		x.data[i] = gap
		if i%x.stride < cols {
			x.data[i] = T(r.Float64()*2 - 1)
		}
	}
	return x
}

// stored returns random elements for op(A) of a size, where op is the transpose or not.
func stored[T float32 | float64](t blas.Transpose, rows, cols int, seed uint64) matrix[T] {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	return random[T](rows, cols, seed)
}

func (x matrix[T]) clone() matrix[T] {
	x.data = append([]T(nil), x.data...)
	return x
}

// function is a matrix of float64 given by its elements.
type function func(i, j int) float64

func (x matrix[T]) op(t blas.Transpose) function {
	if t != blas.NoTrans {
		return func(i, j int) float64 { return float64(x.data[j*x.stride+i]) }
	}
	return func(i, j int) float64 { return float64(x.data[i*x.stride+j]) }
}

func inside(ul blas.Uplo, i, j int) bool { return i == j || (i > j) == (ul == blas.Lower) }

// hide replaces what a routine may not read of a triangle by NaN.
func (x matrix[T]) hide(ul blas.Uplo, unit bool) {
	for i := range x.rows {
		for j := range x.cols {
			if !inside(ul, i, j) || unit && i == j {
				x.data[i*x.stride+j] = T(math.NaN())
			}
		}
	}
}

// dominant makes the diagonal so large that solutions stay near the right sides.
func (x matrix[T]) dominant() {
	for i := range x.rows {
		x.data[i*x.stride+i] += T(2 + x.rows/4)
	}
}

// symmetric and triangular are what a triangle stands for.
func (x matrix[T]) symmetric(ul blas.Uplo) function {
	at := x.op(blas.NoTrans)
	return func(i, j int) float64 {
		if inside(ul, i, j) {
			return at(i, j)
		}
		return at(j, i)
	}
}

func (x matrix[T]) triangular(ul blas.Uplo, t blas.Transpose, d blas.Diag) function {
	at := x.op(blas.NoTrans)
	return func(i, j int) float64 {
		if t != blas.NoTrans {
			i, j = j, i
		}
		switch {
		case !inside(ul, i, j):
			return 0
		case i == j && d == blas.Unit:
			return 1
		}
		return at(i, j)
	}
}

// term is alpha*a*b with k columns in a.
type term struct {
	a, b  function
	k     int
	alpha float64
}

// compare holds got against the sum of the terms and of beta*before in the places that are in use, and
// against before elsewhere. The errors may be k+8 roundings of the sum of magnitudes, to which float64 adds
// as many for the reference.
func compare[T float32 | float64](
	t *testing.T, got, before matrix[T], beta float64, used func(i, j int) bool, terms ...term,
) {
	t.Helper()
	u := math.Ldexp(1, -24)
	if _, ok := any(T(0)).(float64); ok {
		u = math.Ldexp(1, -52)
	}
	for at := range got.data {
		i, j := at/got.stride, at%got.stride
		if j >= got.cols || !used(i, j) {
			if x, y := got.data[at], before.data[at]; x != y && (x == x || y == y) {
				t.Fatalf("(%d, %d) was %v and is %v", i, j, y, x)
			}
			continue
		}
		var sum, size float64
		links := 8
		if beta != 0 {
			sum = beta * float64(before.data[at])
			size = math.Abs(sum)
		}
		for _, v := range terms {
			links += v.k
			for l := range v.k {
				if a := v.a(i, l); a != 0 {
					x := v.alpha * a * v.b(l, j)
					sum += x
					size += math.Abs(x)
				}
			}
		}
		if e := math.Abs(float64(got.data[at]) - sum); !(e <= float64(links)*u*size) {
			t.Fatalf("(%d, %d) is %v, want %v: off by %v, may be by %v", i, j, got.data[at], sum, e,
				float64(links)*u*size)
		}
	}
}

func everything(i, j int) bool { return true }

var (
	sizes = [][2]int{
		{1, 1}, {2, 5}, {5, 3}, {4, 9}, {31, 33}, {65, 64}, {63, 66}, {130, 32}, {17, 200}, {200, 7},
	}
	sides  = []blas.Side{blas.Left, blas.Right}
	uplos  = []blas.Uplo{blas.Lower, blas.Upper}
	flips  = []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}
	diags  = []blas.Diag{blas.NonUnit, blas.Unit}
	scales = [][2]float64{{1, 0}, {-0.5, 1}, {2, 0.25}, {0, 0.5}}
)

// TestReference compares with a sum in float64 by the definition.
func TestReference(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		t.Run("float32", func(t *testing.T) { testReference(t, single(gonumblas.Float32{})) })
		t.Run("float64", func(t *testing.T) { testReference(t, double(gonumblas.Float64{})) })
	})
}

// TestReferenceIsGonum: the definition is gonum's.
func TestReferenceIsGonum(t *testing.T) {
	if testing.Short() {
		t.Skip("tests the test, not the kernels")
	}
	t.Run("float32", func(t *testing.T) { testReference(t, single(gonum.Implementation{})) })
	t.Run("float64", func(t *testing.T) { testReference(t, double(gonum.Implementation{})) })
}

func testReference[T float32 | float64](t *testing.T, b routines[T]) {
	for at, size := range sizes {
		m, n := size[0], size[1]
		if testing.Short() && max(m, n) > 70 {
			continue // which crosses the same borders of blocks more often
		}
		scale := scales[at%len(scales)]
		testGemm(t, b, m, n, 37, scale)
		testGemm(t, b, m, n, 0, scale)
		testGemm(t, b, 1+at%2, 2, 1+at/2%2, scale)
		for _, ul := range uplos {
			testSyrk(t, b, ul, m, n, scale)
			testSyrk(t, b, ul, n, m, scale)
			for _, s := range sides {
				testSymm(t, b, s, ul, m, n, scale)
				testTriangle(t, b, s, ul, m, n, scale[0])
			}
		}
	}
}

func testGemm[T float32 | float64](t *testing.T, b routines[T], m, n, k int, scale [2]float64) {
	for _, tA := range flips {
		for _, tB := range flips {
			x, y, c := stored[T](tA, m, k, 1), stored[T](tB, k, n, 2), random[T](m, n, 3)
			before := c.clone()
			b.gemm(tA, tB, m, n, k, T(scale[0]), x.data, x.stride, y.data, y.stride,
				T(scale[1]), c.data, c.stride)
			compare(t, c, before, scale[1], everything, term{x.op(tA), y.op(tB), k, scale[0]})
		}
	}
}

func testSymm[T float32 | float64](
	t *testing.T, b routines[T], s blas.Side, ul blas.Uplo, m, n int, scale [2]float64,
) {
	k := n
	if s == blas.Left {
		k = m
	}
	x, y, c := random[T](k, k, 1), random[T](m, n, 2), random[T](m, n, 3)
	x.hide(ul, false)
	before := c.clone()
	b.symm(s, ul, m, n, T(scale[0]), x.data, x.stride, y.data, y.stride, T(scale[1]), c.data, c.stride)
	product := term{x.symmetric(ul), y.op(blas.NoTrans), k, scale[0]}
	if s == blas.Right {
		product.a, product.b = product.b, product.a
	}
	if scale[0] == 0 {
		product.k = 0
	}
	compare(t, c, before, scale[1], everything, product)
}

func testSyrk[T float32 | float64](
	t *testing.T, b routines[T], ul blas.Uplo, n, k int, scale [2]float64,
) {
	used := func(i, j int) bool { return inside(ul, i, j) }
	for _, tA := range flips {
		x, y, c := stored[T](tA, n, k, 1), stored[T](tA, n, k, 2), random[T](n, n, 3)
		c.hide(ul, false)
		before := c.clone()
		b.syrk(ul, tA, n, k, T(scale[0]), x.data, x.stride, T(scale[1]), c.data, c.stride)
		f, g := x.op(tA), y.op(tA)
		turned := func(h function) function { return func(i, j int) float64 { return h(j, i) } }
		compare(t, c, before, scale[1], used, term{f, turned(f), k, scale[0]})
		c = before.clone()
		b.syr2k(ul, tA, n, k, T(scale[0]), x.data, x.stride, y.data, y.stride, T(scale[1]), c.data, c.stride)
		compare(t, c, before, scale[1], used,
			term{f, turned(g), k, scale[0]}, term{g, turned(f), k, scale[0]})
	}
}

// testTriangle tests Trmm by its result, and Trsm by the product of its solution with A.
func testTriangle[T float32 | float64](
	t *testing.T, b routines[T], s blas.Side, ul blas.Uplo, m, n int, alpha float64,
) {
	k := n
	if s == blas.Left {
		k = m
	}
	for _, tA := range flips {
		for _, d := range diags {
			x, y := random[T](k, k, 1), random[T](m, n, 2)
			if d == blas.Unit { // solutions are not to grow
				for i := range x.data {
					x.data[i] /= T(k)
				}
			}
			x.dominant()
			x.hide(ul, d == blas.Unit)
			before := y.clone()
			a := x.triangular(ul, tA, d)
			product := func(y matrix[T], alpha float64) term {
				v := term{a, y.op(blas.NoTrans), k, alpha}
				if s == blas.Right {
					v.a, v.b = v.b, v.a
				}
				return v
			}
			b.trmm(s, ul, tA, d, m, n, T(alpha), x.data, x.stride, y.data, y.stride)
			if alpha == 0 {
				compare(t, y, before, 0, everything)
			} else {
				compare(t, y, before, 0, everything, product(before, alpha))
			}
			y = before.clone()
			b.trsm(s, ul, tA, d, m, n, T(alpha), x.data, x.stride, y.data, y.stride)
			if alpha == 0 {
				compare(t, y, before, 0, everything)
				continue
			}
			// Of the residual alpha*B - op(A)*X, B itself is the result that is wanted.
			compare(t, before, before, 0, everything, product(y, 1/alpha))
			for i := range y.data {
				if i%y.stride >= n && y.data[i] != gap {
					t.Fatal("the gap between rows was written")
				}
			}
		}
	}
}
