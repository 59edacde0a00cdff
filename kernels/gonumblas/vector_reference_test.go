package gonumblas_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// strided is a vector in memory, with gaps between its elements.
type strided[T float32 | float64] struct {
	n, inc int
	data   []T
}

func randomVector[T float32 | float64](n, inc int, seed uint64) strided[T] {
	x := strided[T]{n, inc, make([]T, (n-1)*max(inc, -inc)+4)}
	for i := range x.data {
		x.data[i] = gap
	}
	for i, v := range random[T](1, n, seed).data[:n] {
		x.data[x.place(i)] = v
	}
	return x
}

func (x strided[T]) place(i int) int {
	if x.inc < 0 {
		return (i - x.n + 1) * x.inc
	}
	return i * x.inc
}

func (x strided[T]) clone() strided[T] {
	x.data = append([]T(nil), x.data...)
	return x
}

// column is the vector as a matrix of one column, of copies.
func (x strided[T]) column() matrix[T] {
	m := matrix[T]{x.n, 1, 1, make([]T, x.n)}
	for i := range m.data {
		m.data[i] = x.data[x.place(i)]
	}
	return m
}

func (x strided[T]) function() function { return x.column().op(blas.NoTrans) }

// turned is the vector as a row.
func (x strided[T]) turned() function { return x.column().op(blas.Trans) }

// compareVector is compare for vectors, whose gaps are not to be written.
func compareVector[T float32 | float64](
	t *testing.T, got, before strided[T], beta float64, terms ...term,
) {
	t.Helper()
	compare(t, got.column(), before.column(), beta, everything, terms...)
	left := 0
	for _, v := range got.data {
		if v == gap {
			left++
		}
	}
	if left != len(got.data)-got.n {
		t.Fatal("the gaps of a vector were written")
	}
}

var (
	lengths    = []int{1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 64, 65, 100, 131, 200}
	increments = [][2]int{{1, 1}, {1, 3}, {2, 1}, {-1, 1}, {-2, -3}, {3, -1}}
)

// TestVectorReference compares levels 1 and 2 with a sum in float64 by the definition.
func TestVectorReference(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		t.Run("float32", func(t *testing.T) { testVectors(t, singles(gonumblas.Float32{})) })
		t.Run("float64", func(t *testing.T) { testVectors(t, doubles(gonumblas.Float64{})) })
	})
}

// TestVectorReferenceIsGonum: the definition is gonum's.
func TestVectorReferenceIsGonum(t *testing.T) {
	if testing.Short() {
		t.Skip("tests the test, not the kernels")
	}
	t.Run("float32", func(t *testing.T) { testVectors(t, trimmed(singles(gonum.Implementation{}))) })
	t.Run("float64", func(t *testing.T) { testVectors(t, trimmed(doubles(gonum.Implementation{}))) })
}

// trimmed goes round two faults of gonum: Ger reads beyond its operands where an increment is negative, and
// Gemv clears y to the end of the slice.
func trimmed[T float32 | float64](b vectors[T]) vectors[T] {
	ger, gemv := b.ger, b.gemv
	forward := func(n int, x []T, inc int) []T { return strided[T]{n, inc, x}.column().data }
	b.ger = func(m, n int, alpha T, x []T, incX int, y []T, incY int, a []T, lda int) {
		ger(m, n, alpha, forward(m, x, incX), 1, forward(n, y, incY), 1, a, lda)
	}
	b.gemv = func(tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int,
		beta T, y []T, incY int) {
		ys := m
		if tA != blas.NoTrans {
			ys = n
		}
		gemv(tA, m, n, alpha, a, lda, x, incX, beta, y[:(ys-1)*max(incY, -incY)+1], incY)
	}
	return b
}

func testVectors[T float32 | float64](t *testing.T, b vectors[T]) {
	for at, n := range lengths {
		if testing.Short() && n > 70 {
			continue // which crosses the same borders of blocks more often
		}
		for _, inc := range increments {
			scale := scales[(at+inc[0]+9)%len(scales)]
			t.Run(fmt.Sprint(n, inc, scale), func(t *testing.T) {
				testSums(t, b, n, inc)
				testElementwise(t, b, n, inc)
				for _, m := range []int{1, 2, 9, 40} {
					testGemv(t, b, m, n, inc, scale)
					testGemv(t, b, n, m, inc, scale)
					testGer(t, b, m, n, inc, scale[0])
				}
				for _, ul := range uplos {
					testSymv(t, b, ul, n, inc, scale)
					testSyr(t, b, ul, n, inc, scale[0])
					testTriangles(t, b, ul, n, inc[0])
				}
			})
		}
	}
}

// one is a result as a matrix of one element.
func one[T float32 | float64](v T) matrix[T] { return matrix[T]{1, 1, 1, []T{v}} }

func testSums[T float32 | float64](t *testing.T, b vectors[T], n int, inc [2]int) {
	x, y := randomVector[T](n, inc[0], 1), randomVector[T](n, inc[1], 2)
	got := one(b.dot(n, x.data, x.inc, y.data, y.inc))
	compare(t, got, got, 0, everything, term{x.turned(), y.function(), n, 1})
	if x.inc < 0 {
		if b.asum(n, x.data, x.inc) != 0 || b.nrm2(n, x.data, x.inc) != 0 || b.iamax(n, x.data, x.inc) != -1 {
			t.Fatal("a negative increment is not nothing")
		}
		return
	}
	magnitude := func(i, j int) float64 { return math.Abs(x.turned()(i, j)) }
	got = one(b.asum(n, x.data, x.inc))
	compare(t, got, got, 0, everything, term{magnitude, func(i, j int) float64 { return 1 }, n, 1})
	r := b.nrm2(n, x.data, x.inc)
	got = one(r * r)
	compare(t, got, got, 0, everything, term{x.turned(), x.function(), n, 1})
	want := 0
	for i := range n {
		if magnitude(0, i) > magnitude(0, want) {
			want = i
		}
	}
	if at := b.iamax(n, x.data, x.inc); at != want {
		t.Fatalf("Iamax is %d, want %d", at, want)
	}
}

func testElementwise[T float32 | float64](t *testing.T, b vectors[T], n int, inc [2]int) {
	x, y := randomVector[T](n, inc[0], 1), randomVector[T](n, inc[1], 2)
	unit := func(i, j int) float64 { return 1 }
	u, v := x.clone(), y.clone()
	b.axpy(n, 0.7, u.data, u.inc, v.data, v.inc)
	compareVector(t, v, y, 1, term{x.function(), unit, 1, float64(T(0.7))})
	u, v = x.clone(), y.clone()
	b.rot(n, u.data, u.inc, v.data, v.inc, 0.8, 0.6)
	compareVector(t, u, x, float64(T(0.8)), term{y.function(), unit, 1, float64(T(0.6))})
	compareVector(t, v, y, float64(T(0.8)), term{x.function(), unit, 1, -float64(T(0.6))})
	u, v = x.clone(), y.clone()
	b.swap(n, u.data, u.inc, v.data, v.inc)
	compareVector(t, u, x, 0, term{y.function(), unit, 1, 1})
	compareVector(t, v, y, 0, term{x.function(), unit, 1, 1})
	b.copy(n, x.data, x.inc, v.data, v.inc)
	compareVector(t, v, y, 0, term{x.function(), unit, 1, 1})
	u = x.clone()
	b.scal(n, 0.7, u.data, u.inc)
	if x.inc < 0 {
		compareVector(t, u, x, 1)
	} else {
		compareVector(t, u, x, float64(T(0.7)))
	}
}

func testGemv[T float32 | float64](
	t *testing.T, b vectors[T], m, n int, inc [2]int, scale [2]float64,
) {
	for _, tA := range flips {
		xs, ys := n, m
		if tA != blas.NoTrans {
			xs, ys = m, n
		}
		a, x, y := random[T](m, n, 1), randomVector[T](xs, inc[0], 2), randomVector[T](ys, inc[1], 3)
		if scale[1] == 0 {
			for i := range ys {
				y.data[y.place(i)] = T(math.NaN())
			}
		}
		before := y.clone()
		b.gemv(tA, m, n, T(scale[0]), a.data, a.stride, x.data, x.inc, T(scale[1]), y.data, y.inc)
		compareVector(t, y, before, scale[1], term{a.op(tA), x.function(), xs, scale[0]})
		for _, k := range [][2]int{{0, 0}, {1, 3}, {m, 0}, {2, n}} {
			testGbmv(t, b, tA, a, k[0], k[1], x, before, scale)
		}
	}
}

func testGbmv[T float32 | float64](
	t *testing.T, b vectors[T], tA blas.Transpose, a matrix[T], kL, kU int, x, before strided[T],
	scale [2]float64,
) {
	full, y := a.clone(), before.clone()
	band := random[T](a.rows+kL, kL+kU+1, 9) // with rows that are not read
	for i := range a.rows {
		for j := range a.cols {
			if j < i-kL || j > i+kU {
				full.data[i*full.stride+j] = 0
			} else {
				band.data[i*band.stride+j-i+kL] = full.data[i*full.stride+j]
			}
		}
	}
	b.gbmv(tA, a.rows, a.cols, kL, kU, T(scale[0]), band.data, band.stride, x.data, x.inc,
		T(scale[1]), y.data, y.inc)
	compareVector(t, y, before, scale[1], term{full.op(tA), x.function(), x.n, scale[0]})
}

func testGer[T float32 | float64](t *testing.T, b vectors[T], m, n int, inc [2]int, alpha float64) {
	a, x, y := random[T](m, n, 1), randomVector[T](m, inc[0], 2), randomVector[T](n, inc[1], 3)
	before := a.clone()
	b.ger(m, n, T(alpha), x.data, x.inc, y.data, y.inc, a.data, a.stride)
	compare(t, a, before, 1, everything, term{x.function(), y.turned(), 1, alpha})
}
