package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"
)

// pack returns a triangle without what lies beside it.
func (x matrix[T]) pack(ul blas.Uplo) (p []T) {
	for i := range x.rows {
		for j := range x.cols {
			if inside(ul, i, j) {
				p = append(p, x.data[i*x.stride+j])
			}
		}
	}
	return p
}

// unpack is a triangle whose elements are in p, with those of x beside it.
func (x matrix[T]) unpack(ul blas.Uplo, p []T) matrix[T] {
	x = x.clone()
	for i := range x.rows {
		for j := range x.cols {
			if inside(ul, i, j) {
				x.data[i*x.stride+j], p = p[0], p[1:]
			}
		}
	}
	return x
}

// band returns a triangle as a band of k diagonals beside the main one, and x with the others 0.
func (x matrix[T]) band(ul blas.Uplo, k int) (band, full matrix[T]) {
	full = x.clone()
	band = random[T](x.rows, k+1, 9)
	for i := range x.rows {
		for j := range x.cols {
			switch at := j - i; {
			case !inside(ul, i, j):
			case at < -k || at > k:
				full.data[i*x.stride+j] = 0
			case ul == blas.Lower:
				band.data[i*band.stride+at+k] = x.data[i*x.stride+j]
			default:
				band.data[i*band.stride+at] = x.data[i*x.stride+j]
			}
		}
	}
	return band, full
}

func testSymv[T float32 | float64](
	t *testing.T, b vectors[T], ul blas.Uplo, n int, inc [2]int, scale [2]float64,
) {
	a, x, before := random[T](n, n, 1), randomVector[T](n, inc[0], 2), randomVector[T](n, inc[1], 3)
	a.hide(ul, false)
	product := func(a matrix[T]) term {
		v := term{a.symmetric(ul), x.function(), n, scale[0]}
		if scale[0] == 0 {
			v.k = 0
		}
		return v
	}
	y := before.clone()
	b.symv(ul, n, T(scale[0]), a.data, a.stride, x.data, x.inc, T(scale[1]), y.data, y.inc)
	compareVector(t, y, before, scale[1], product(a))
	y = before.clone()
	b.spmv(ul, n, T(scale[0]), a.pack(ul), x.data, x.inc, T(scale[1]), y.data, y.inc)
	compareVector(t, y, before, scale[1], product(a))
	for _, k := range []int{0, 1, 5, n + 1} {
		band, full := a.band(ul, k)
		y = before.clone()
		b.sbmv(ul, n, k, T(scale[0]), band.data, band.stride, x.data, x.inc, T(scale[1]), y.data, y.inc)
		compareVector(t, y, before, scale[1], product(full))
	}
}

func testSyr[T float32 | float64](
	t *testing.T, b vectors[T], ul blas.Uplo, n int, inc [2]int, alpha float64,
) {
	before, x, y := random[T](n, n, 1), randomVector[T](n, inc[0], 2), randomVector[T](n, inc[1], 3)
	before.hide(ul, false)
	used := func(i, j int) bool { return inside(ul, i, j) }
	square := term{x.function(), x.turned(), 1, alpha}
	mixed := []term{{x.function(), y.turned(), 1, alpha}, {y.function(), x.turned(), 1, alpha}}
	a := before.clone()
	b.syr(ul, n, T(alpha), x.data, x.inc, a.data, a.stride)
	compare(t, a, before, 1, used, square)
	a = before.clone()
	b.syr2(ul, n, T(alpha), x.data, x.inc, y.data, y.inc, a.data, a.stride)
	compare(t, a, before, 1, used, mixed...)
	p := before.pack(ul)
	b.spr(ul, n, T(alpha), x.data, x.inc, p)
	compare(t, before.unpack(ul, p), before, 1, used, square)
	p = before.pack(ul)
	b.spr2(ul, n, T(alpha), x.data, x.inc, y.data, y.inc, p)
	compare(t, before.unpack(ul, p), before, 1, used, mixed...)
}

// testTriangles tests products by their results, and solutions by their products with A.
func testTriangles[T float32 | float64](t *testing.T, b vectors[T], ul blas.Uplo, n, inc int) {
	for _, tA := range flips {
		for _, d := range diags {
			a, before := random[T](n, n, 1), randomVector[T](n, inc, 2)
			if d == blas.Unit { // solutions are not to grow
				for i := range a.data {
					a.data[i] /= T(n)
				}
			}
			a.dominant()
			a.hide(ul, d == blas.Unit)
			check := func(full matrix[T], times, solve func(x strided[T])) {
				product := func(x strided[T]) term {
					return term{full.triangular(ul, tA, d), x.function(), n, 1}
				}
				x := before.clone()
				times(x)
				compareVector(t, x, before, 0, product(before))
				x = before.clone()
				solve(x)
				compareVector(t, before, before, 0, product(x))
				compareVector(t, x, x, 1)
			}
			check(a,
				func(x strided[T]) { b.trmv(ul, tA, d, n, a.data, a.stride, x.data, inc) },
				func(x strided[T]) { b.trsv(ul, tA, d, n, a.data, a.stride, x.data, inc) })
			p := a.pack(ul)
			check(a,
				func(x strided[T]) { b.tpmv(ul, tA, d, n, p, x.data, inc) },
				func(x strided[T]) { b.tpsv(ul, tA, d, n, p, x.data, inc) })
			for _, k := range []int{0, 1, 5, n + 1} {
				band, full := a.band(ul, k)
				check(full,
					func(x strided[T]) { b.tbmv(ul, tA, d, n, k, band.data, band.stride, x.data, inc) },
					func(x strided[T]) { b.tbsv(ul, tA, d, n, k, band.data, band.stride, x.data, inc) })
			}
		}
	}
}
