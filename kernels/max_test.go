package kernels

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMax: the greatest number is at any place of any length. NaN is passed over.
func TestMax(t *testing.T) {
	testMax(t, Max, Argmax)
	testMax(t, Max64, Argmax64)
}

func testMax[T float](t *testing.T, most func(x []T) T, at func(x []T) int) {
	random := rand.New(rand.NewPCG(1, 2))
	inf, nan, zero := T(math.Inf(1)), T(math.NaN()), T(0)
	negative := -1 / inf
	eachBackend(t, func(t *testing.T) {
		for _, n := range []int{1, 2, 15, 16, 64, 65, 200, 257, blockSize + 5, 3*sweepChunk + 7} {
			x := normals[T](random, n)
			step := max(1, n/300)
			for i := 0; i < n; i += step {
				before := x[i]
				x[i] = 1000
				x[n-1] = max(x[n-1], x[i]) // of equal ones the first
				if got, where := most(x), at(x); got != 1000 || where != i {
					t.Fatalf("of %d elements, %d is the greatest; found %v at %d", n, i, got, where)
				}
				x[i], x[n-1] = before, 1
			}
		}
		many := make([]T, 3*blockSize)
		for i := range many {
			many[i] = nan
		}
		last := append(append([]T(nil), many...), -inf)
		for _, c := range []struct {
			x    []T
			want T
			at   int
		}{
			{nil, -inf, -1}, {[]T{nan}, -inf, -1}, {[]T{nan, -inf}, -inf, 1},
			{[]T{nan, 1, nan, 2, nan}, 2, 3},
			{[]T{negative, zero}, zero, 0}, {[]T{negative}, zero, 0}, {[]T{-2, -1, -1}, -1, 1},
			{[]T{1, inf, nan, inf}, inf, 1}, {many, -inf, -1}, {last, -inf, len(many)},
		} {
			if got := most(c.x); bitsOf(got) != bitsOf(c.want) || at(c.x) != c.at {
				t.Errorf("of %v..., %v at %d, want %v at %d",
					c.x[:min(len(c.x), 5)], got, at(c.x), c.want, c.at)
			}
		}
	})
}

// TestIamax: Iamax finds the greatest magnitude and treats NaN as BLAS's reference does.
func TestIamax(t *testing.T) {
	testIamax(t, Iamax)
	testIamax(t, Iamax64)
}

func testIamax[T float](t *testing.T, at func(x []T) int) {
	random := rand.New(rand.NewPCG(1, 2))
	values := []T{T(math.NaN()), T(math.Inf(1)), T(math.Inf(-1)), 0, 1, -1, 2, -2, -3, 3}
	eachBackend(t, func(t *testing.T) {
		for n := range 300 {
			for few := 1; few <= len(values); few += 3 {
				x := make([]T, n)
				for i := range x {
					x[i] = values[random.IntN(few)]
				}
				want, most := -1, 0.0
				for i, v := range x {
					if v := math.Abs(float64(v)); i == 0 || v > most { // as gonum does
						want, most = i, v
					}
				}
				if got := at(x); got != want {
					t.Fatalf("of %v: %d, want %d", x, got, want)
				}
			}
		}
	})
}
