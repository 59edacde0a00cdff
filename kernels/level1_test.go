package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// sums are what the tests of sums go over: the function, its terms, and a bound of its error in units of the
// last place of the sum of the terms' magnitudes.
type sumCase[T float] struct {
	name string
	sum  func(x, y []T) T
	term func(x, y T) (float64, float64) // as a product
	unit float64
	// steps is the number of roundings on the way of a term, of n.
	steps func(n int) float64
}

func steps32(int) float64   { return 72 }
func steps64(n int) float64 { return 134 + float64(n)/blockSize }

// TestDot: sums are within the stated error of the exact ones, also where most of a sum cancels.
func TestDot(t *testing.T) {
	product32 := func(x, y float32) (float64, float64) { return float64(x), float64(y) }
	product64 := func(x, y float64) (float64, float64) { return x, y }
	testSum(t, sumCase[float32]{"Dot", Dot, product32, 0x1p-24, steps32})
	testSum(t, sumCase[float64]{"Dot64", Dot64, product64, 0x1p-53, steps64})
}

// TestSum is TestDot of Sum.
func TestSum(t *testing.T) {
	testSum(t, sumCase[float32]{"Sum", func(x, _ []float32) float32 { return Sum(x) },
		func(x, _ float32) (float64, float64) { return float64(x), 1 }, 0x1p-24, steps32})
	testSum(t, sumCase[float64]{"Sum64", func(x, _ []float64) float64 { return Sum64(x) },
		func(x, _ float64) (float64, float64) { return x, 1 }, 0x1p-53, steps64})
}

// TestAsum is TestDot of Asum.
func TestAsum(t *testing.T) {
	testSum(t, sumCase[float32]{"Asum", func(x, _ []float32) float32 { return Asum(x) },
		func(x, _ float32) (float64, float64) { return math.Abs(float64(x)), 1 }, 0x1p-24, steps32})
	testSum(t, sumCase[float64]{"Asum64", func(x, _ []float64) float64 { return Asum64(x) },
		func(x, _ float64) (float64, float64) { return math.Abs(x), 1 }, 0x1p-53, steps64})
}

func testSum[T float](t *testing.T, c sumCase[T]) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 63, 64, 65, 1000, blockSize, blockSize + 1, 20000, 1_000_000} {
		if n > 20000 && testing.Short() {
			continue
		}
		x, y := wild[T](random, n), wild[T](random, n)
		for i := range y { // so that products cancel as the numbers of x do
			y[i] = T(math.Abs(float64(y[i])))
		}
		exact, scale := exactProducts(x, y, c.term)
		eachBackend(t, func(t *testing.T) {
			got := new(big.Float).SetFloat64(float64(c.sum(x, y)))
			off, _ := got.Sub(got, exact).Float64()
			if bound := c.steps(n) * c.unit * scale; !(math.Abs(off) <= bound) {
				t.Errorf("%s of %d elements is off by %v, more than %v", c.name, n, off, bound)
			}
		})
	}
}

// wild returns numbers of many magnitudes. Those of odd places are near the negatives of those before.
func wild[T float](random *rand.Rand, n int) []T {
	x := make([]T, n)
	for i := range x {
		if i%2 == 1 {
			x[i] = -x[i-1] * T(1+0x1p-20*random.NormFloat64())
			continue
		}
		x[i] = T(math.Ldexp(random.NormFloat64(), random.IntN(40)-20))
	}
	return x
}

// exactProducts is the sum of the products of terms and, rounded, of their magnitudes.
func exactProducts[T float](x, y []T, term func(x, y T) (float64, float64)) (
	exact *big.Float, scale float64) {
	exact = new(big.Float).SetPrec(400)
	p := new(big.Float).SetPrec(400)
	for i := range x {
		a, b := term(x[i], y[i])
		p.SetFloat64(a)
		p.Mul(p, new(big.Float).SetFloat64(b))
		exact.Add(exact, p)
		scale += math.Abs(a * b)
	}
	return exact, scale
}

// TestNorm: norms are right where squares overflow or vanish, and where elements are special.
func TestNorm(t *testing.T) {
	testNorm(t, Norm, 0x1p-23,
		[]float64{0x1p-149, 0x1p-140, 0x1p-100, 0x1p-60, 0x1p-40, 1, 0x1p50, 0x1p63, 0x1p120})
	testNorm(t, Norm64, 0x1p-52,
		[]float64{0x1p-1074, 0x1p-1060, 1e-308, 1e-200, 0x1p-480, 0x1p-400, 1, 1e150, 1e200, 0x1p1016})
}

func testNorm[T float](t *testing.T, norm func(x []T) T, unit float64, scales []float64) {
	inf, nan := T(math.Inf(1)), T(math.NaN())
	eachBackend(t, func(t *testing.T) {
		for _, s := range scales {
			for _, n := range []int{1, 2, 50, 5000} {
				x := make([]T, n)
				for i := range x {
					x[i] = T(s) * T(1+i%3) // exact
				}
				squares := 0.0
				for i := range x {
					squares += float64((1 + i%3) * (1 + i%3))
				}
				want := math.Sqrt(squares) * s
				bound := 3 * (unit*want + float64(least[T]()))
				if got := float64(norm(x)); !(math.Abs(got-want) <= bound) {
					t.Errorf("%d elements of %v: %v, want %v", n, s, got, want)
				}
			}
		}
		for _, c := range []struct {
			x    []T
			want T
		}{
			{nil, 0}, {[]T{0, -1 / inf}, 0}, {[]T{3, -4}, 5}, {[]T{1, inf}, inf}, {[]T{-inf, 1}, inf},
			{[]T{inf, nan}, nan}, {[]T{nan, -inf}, nan}, {[]T{nan}, nan}, {[]T{inf, -inf}, inf},
		} {
			if got := norm(c.x); bitsOf(got) != bitsOf(c.want) && (got == got || c.want == c.want) {
				t.Errorf("norm of %v is %v, want %v", c.x, got, c.want)
			}
		}
	})
}

// least is the smallest subnormal number.
func least[T float]() T {
	if sizeOf[T]() == 4 {
		return T(math.Float32frombits(1))
	}
	return T(math.Float64frombits(1))
}

// TestRotate: both outputs are what their formula says, whose product with s is rounded.
func TestRotate(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const n = 100
	x, y := normals[float64](random, n), normals[float64](random, n)
	const c, s = 0.6, 0.8
	gotX, gotY := append([]float64(nil), x...), append([]float64(nil), y...)
	x32, y32 := narrow(x), narrow(y)
	gotX32, gotY32 := narrow(x), narrow(y)
	Rotate64(gotX, gotY, c, s)
	Rotate(gotX32, gotY32, c, s)
	for i := range n {
		if gotX[i] != math.FMA(c, x[i], float64(s*y[i])) ||
			gotY[i] != math.FMA(c, y[i], -float64(s*x[i])) {
			t.Errorf("Rotate64: element %d is (%v, %v)", i, gotX[i], gotY[i])
		}
		if gotX32[i] != fma32(c, x32[i], float32(s*y32[i])) ||
			gotY32[i] != fma32(c, y32[i], -float32(s*x32[i])) {
			t.Errorf("Rotate: element %d is (%v, %v)", i, gotX32[i], gotY32[i])
		}
	}
}

// narrow rounds numbers to float32.
func narrow(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

// TestDotRows: the numbers have the bits of Dot, with fewer and more columns than a block.
func TestDotRows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	eachBackend(t, func(t *testing.T) {
		for _, s := range [][2]int{
			{1, 1}, {7, 33}, {130, 100}, {9, 1000}, {5, blockSize}, {3, blockSize + 1},
		} {
			rows, cols := s[0], s[1]
			a, a64 := NewMatrix(rows, cols+3).Columns(0, cols), NewMatrix64(rows, cols+3).Columns(0, cols)
			copy(a.Data, normals[float32](random, len(a.Data)))
			copy(a64.Data, normals[float64](random, len(a64.Data)))
			x, x64 := normals[float32](random, cols), normals[float64](random, cols)
			dst, dst64 := make([]float32, rows), make([]float64, rows)
			DotRows(dst, a, x)
			DotRows64(dst64, a64, x64)
			for i := range rows {
				if dst[i] != Dot(a.Row(i), x) || dst64[i] != Dot64(a64.Row(i), x64) {
					t.Errorf("%dx%d: row %d is %v and %v", rows, cols, i, dst[i], dst64[i])
				}
			}
		}
	})
}
