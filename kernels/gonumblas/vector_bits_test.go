package gonumblas_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// vectorResults has every routine of levels 1 and 2 with n elements one after the other, and returns what
// they return or write.
func vectorResults[T float32 | float64](b vectors[T], n, incX, incY int) (all []T) {
	x, y, a := randomVector[T](n, incX, 1), randomVector[T](n, incY, 2), random[T](n, n, 3)
	a.dominant()
	keep := func(v ...T) { all = append(all, v...) }
	c, s, r, z := b.rotg(0.3, x.data[x.place(0)])
	keep(c, s, r, z)
	keep(b.dot(n, x.data, incX, y.data, incY), b.nrm2(n, x.data, incX), b.asum(n, x.data, incX),
		T(b.iamax(n, x.data, incX)))
	b.axpy(n, 0.7, x.data, incX, y.data, incY)
	b.rot(n, x.data, incX, y.data, incY, 0.8, 0.6)
	b.scal(n, 1.1, x.data, incX)
	b.swap(n, x.data, incX, y.data, incY)
	for i, ul := range uplos {
		p := a.pack(ul)
		for _, tA := range flips[:2] {
			small := T(1) / T(n)
			b.gemv(tA, n, n, small, a.data, a.stride, x.data, incX, 0.5, y.data, incY)
			b.gbmv(tA, n, n, 2, 1, 0.4, a.data, a.stride, y.data, incY, 0.5, x.data, incX)
			b.trmv(ul, tA, diags[i], n, a.data, a.stride, x.data, incX)
			b.trsv(ul, tA, diags[1-i], n, a.data, a.stride, y.data, incY)
			b.tpsv(ul, tA, blas.NonUnit, n, p, x.data, incX)
			b.scal(n, 1/max(1, b.asum(n, x.data, max(incX, -incX))), x.data, max(incX, -incX))
			b.tpmv(ul, tA, blas.Unit, n, p, y.data, incY)
			b.scal(n, 1/max(1, b.asum(n, y.data, max(incY, -incY))), y.data, max(incY, -incY))
			b.tbmv(ul, tA, blas.Unit, n, 2, a.data, a.stride, x.data, incX)
			b.tbsv(ul, tA, blas.Unit, n, 2, a.data, a.stride, x.data, incX)
		}
		b.symv(ul, n, 0.3, a.data, a.stride, x.data, incX, 0.5, y.data, incY)
		b.spmv(ul, n, 0.3, p, x.data, incX, 0.5, y.data, incY)
		b.sbmv(ul, n, 3, 0.3, a.data, a.stride, y.data, incY, 0.5, x.data, incX)
		b.syr(ul, n, 0.1, x.data, incX, a.data, a.stride)
		b.syr2(ul, n, 0.1, x.data, incX, y.data, incY, a.data, a.stride)
		b.spr(ul, n, 0.1, x.data, incX, p)
		b.spr2(ul, n, 0.1, x.data, incX, y.data, incY, p)
		keep(p...)
	}
	b.ger(n, n, 0.1, x.data, incX, y.data, incY, a.data, a.stride)
	keep(x.column().data...)
	keep(y.column().data...)
	keep(a.data...)
	return all
}

// lengthsOfBits cross the borders between the ways that a routine goes.
var lengthsOfBits = []int{4, 5, 9, 17, 70, 150}

func allVectorResults[T float32 | float64](b vectors[T]) (all []T) {
	for _, n := range lengthsOfBits {
		all = append(all, vectorResults(b, n, 1, 1)...)
		all = append(all, vectorResults(b, n, 2, -3)...)
	}
	return all
}

// TestVectorGolden: all implementations have these bits.
func TestVectorGolden(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		for _, v := range []struct {
			of, want string
			got      any
		}{
			{"float32", "f2da7cf6986b36a5", allVectorResults(singles(gonumblas.Float32{}))},
			{"float64", "b4c19dcad9e7ae3c", allVectorResults(doubles(gonumblas.Float64{}))},
		} {
			if got := hash(t, v.got); got != v.want {
				t.Errorf("%s: %s", v.of, got)
			}
		}
	})
}

// TestResultsAreNumbers: what the bits are compared of means something.
func TestResultsAreNumbers(t *testing.T) {
	for i, v := range allVectorResults(singles(gonumblas.Float32{})) {
		if math.Abs(float64(v)) > 1e6 || v != v {
			t.Fatalf("result %d is %v", i, v)
		}
	}
}

// TestStrided: increments do not change bits.
func TestStrided(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		t.Run("float32", func(t *testing.T) { testStrided(t, singles(gonumblas.Float32{})) })
		t.Run("float64", func(t *testing.T) { testStrided(t, doubles(gonumblas.Float64{})) })
	})
}

func testStrided[T float32 | float64](t *testing.T, b vectors[T]) {
	for _, n := range append(lengthsOfBits, 1, 2, 3, 33) {
		want := vectorResults(b, n, 1, 1)
		for _, inc := range [][2]int{{3, 1}, {1, 2}, {2, 5}} {
			if got := vectorResults(b, n, inc[0], inc[1]); !slices.Equal(got, want) {
				t.Errorf("n = %d: increments %v have other bits", n, inc)
			}
		}
	}
	const n = 10_000 // three blocks of a sum
	x, y := randomVector[T](n, 1, 1), randomVector[T](n, 1, 2)
	u, v := randomVector[T](n, 3, 1), randomVector[T](n, 2, 2)
	want := fmt.Sprint(b.dot(n, x.data, 1, y.data, 1), b.asum(n, x.data, 1), b.nrm2(n, x.data, 1))
	got := fmt.Sprint(b.dot(n, u.data, 3, v.data, 2), b.asum(n, u.data, 3), b.nrm2(n, u.data, 3))
	if got != want {
		t.Errorf("sums of %d strided elements are %s, want %s", n, got, want)
	}
}

// TestVectorGoroutines: many calls at the same time, on any number of threads, have the bits of one call.
func TestVectorGoroutines(t *testing.T) {
	b := doubles(gonumblas.Float64{})
	large := func() []float64 {
		const n = 600 // so large that the kernels share work out
		a, x, y := random[float64](n, n, 1), randomVector[float64](n, 1, 2), randomVector[float64](n, 1, 3)
		for _, tA := range flips[:2] {
			b.gemv(tA, n, n, 0.1, a.data, a.stride, x.data, 1, 0.5, y.data, 1)
		}
		b.symv(blas.Lower, n, 0.1, a.data, a.stride, x.data, 1, 0.5, y.data, 1)
		b.ger(n, n, 0.1, x.data, 1, y.data, 1, a.data, a.stride)
		return append(a.data, y.data...)
	}
	all := func() []float64 { return append(allVectorResults(b), large()...) }
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := all()
	defer implementation.Processors(implementation.Processors(1))
	for _, threads := range []int{1, 2, 3} {
		runtime.GOMAXPROCS(threads)
		implementation.Processors(threads)
		var group sync.WaitGroup
		for i := range 64 {
			group.Go(func() {
				f := func() []float64 { return allVectorResults(b) }
				if i == 0 {
					f = all
				}
				if got := f(); !slices.Equal(got, want[:len(got)]) {
					t.Error("another result")
				}
			})
			if testing.Short() && i == 15 {
				break
			}
		}
		group.Wait()
	}
}

// TestVectorAllocs: nothing is allocated in the steady state.
func TestVectorAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	testVectorAllocs(t, singles(gonumblas.Float32{}))
	testVectorAllocs(t, doubles(gonumblas.Float64{}))
}

func testVectorAllocs[T float32 | float64](t *testing.T, b vectors[T]) {
	for _, n := range lengthsOfBits {
		a := random[T](n, n, 3)
		a.dominant()
		for _, inc := range []int{1, 2, -1} {
			x, y := randomVector[T](n, inc, 1), randomVector[T](n, inc, 2)
			allocs := testing.AllocsPerRun(20, func() {
				b.dot(n, x.data, inc, y.data, inc)
				b.asum(n, x.data, inc)
				b.nrm2(n, x.data, inc)
				b.axpy(n, 1e-3, x.data, inc, y.data, inc)
				b.rot(n, x.data, inc, y.data, inc, 0.8, 0.6)
				for _, ul := range uplos {
					for _, tA := range flips[:2] {
						b.gemv(tA, n, n, 1e-3, a.data, a.stride, x.data, inc, 0.5, y.data, inc)
						b.gbmv(tA, n, n, 2, 1, 1e-3, a.data, a.stride, x.data, inc, 0.5, y.data, inc)
						b.trsv(ul, tA, blas.NonUnit, n, a.data, a.stride, y.data, inc)
						b.tbsv(ul, tA, blas.Unit, n, 1, a.data, a.stride, y.data, inc)
					}
					b.symv(ul, n, 1e-3, a.data, a.stride, x.data, inc, 0.5, y.data, inc)
					b.syr2(ul, n, 1e-3, x.data, inc, y.data, inc, a.data, a.stride)
				}
				b.ger(n, n, 1e-3, x.data, inc, y.data, inc, a.data, a.stride)
			})
			if allocs != 0 {
				t.Errorf("n = %d, increment %d: %v allocations", n, inc, allocs)
			}
		}
	}
}
