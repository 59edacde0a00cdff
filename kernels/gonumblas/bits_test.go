package gonumblas_test

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"runtime"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// results has Trsm, Trmm, Syrk and Symm one after the other, on both sides, and returns the last matrix.
func results[T float32 | float64](b routines[T]) []T {
	const n = 70
	a, x, c := random[T](n, n, 1), random[T](n, n, 2), random[T](n, n, 3)
	a.dominant()
	for i, s := range sides {
		b.trsm(s, uplos[i], flips[i], blas.NonUnit, n, n, 1, a.data, a.stride, x.data, x.stride)
		b.trmm(s, uplos[1-i], flips[i], blas.Unit, n, n, 0.5, a.data, a.stride, x.data, x.stride)
		b.syrk(uplos[i], flips[i], n, n, 1, x.data, x.stride, 0.5, c.data, c.stride)
		b.symm(s, uplos[i], n, n, 1, c.data, c.stride, a.data, a.stride, 0.5, x.data, x.stride)
	}
	return x.data
}

func hash(t *testing.T, data any) string {
	h := fnv.New64a()
	if err := binary.Write(h, binary.LittleEndian, data); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum64())
}

// TestGolden: all implementations have these bits.
func TestGolden(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		if got := hash(t, results(single(gonumblas.Float32{}))); got != "5420278d516c283b" {
			t.Errorf("float32: %s", got)
		}
		if got := hash(t, results(double(gonumblas.Float64{}))); got != "527eb586982bb516" {
			t.Errorf("float64: %s", got)
		}
	})
}

// TestGoroutines: calls at the same time, on any number of threads, have the bits of one call.
func TestGoroutines(t *testing.T) {
	want := results(double(gonumblas.Float64{}))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	defer implementation.Processors(implementation.Processors(3))
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if !slices.Equal(results(double(gonumblas.Float64{})), want) {
				t.Error("another result")
			}
		})
	}
	group.Wait()
}

// TestSameAsGemm: Syrk and Symm have the bits of Gemm.
func TestSameAsGemm(t *testing.T) {
	testSameAsGemm(t, single(gonumblas.Float32{}))
	testSameAsGemm(t, double(gonumblas.Float64{}))
}

func testSameAsGemm[T float32 | float64](t *testing.T, b routines[T]) {
	const n, k = 150, 40
	x, full := random[T](n, k, 1), random[T](n, n, 2)
	before := full.clone()
	b.gemm(blas.NoTrans, blas.Trans, n, n, k, 0.7, x.data, x.stride, x.data, x.stride,
		0.3, full.data, full.stride)
	for _, ul := range uplos {
		c := before.clone()
		b.syrk(ul, blas.NoTrans, n, k, 0.7, x.data, x.stride, 0.3, c.data, c.stride)
		for at := range c.data {
			i, j := at/c.stride, at%c.stride
			if j < n && inside(ul, i, j) && c.data[at] != full.data[at] {
				t.Fatalf("Syrk: (%d, %d) is %v, of Gemm %v", i, j, c.data[at], full.data[at])
			}
		}
	}
	testSymmAsGemm(t, b, before)
}

func testSymmAsGemm[T float32 | float64](t *testing.T, b routines[T], c matrix[T]) {
	n := c.rows
	a, x := random[T](n, n, 4), random[T](n, n, 5)
	for i := range n {
		for j := range i {
			a.data[i*a.stride+j] = a.data[j*a.stride+i]
		}
	}
	for _, s := range sides {
		got, want := c.clone(), c.clone()
		f, g := a.data, x.data
		if s == blas.Right {
			f, g = g, f
		}
		b.gemm(blas.NoTrans, blas.NoTrans, n, n, n, 0.7, f, a.stride, g, a.stride, 0.3, want.data, c.stride)
		b.symm(s, blas.Upper, n, n, 0.7, a.data, a.stride, x.data, x.stride, 0.3, got.data, c.stride)
		if !slices.Equal(got.data, want.data) {
			t.Errorf("Symm on side %c has other bits than Gemm", s)
		}
	}
}

// TestAllocs: nothing is allocated in the steady state.
func TestAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	testAllocs(t, single(gonumblas.Float32{}))
	testAllocs(t, double(gonumblas.Float64{}))
}

func testAllocs[T float32 | float64](t *testing.T, b routines[T]) {
	const n = 70
	a, x, c := random[T](n, n, 1), random[T](n, n, 2), random[T](n, n, 3)
	a.dominant()
	allocs := testing.AllocsPerRun(20, func() {
		b.gemm(blas.NoTrans, blas.Trans, n, n, n, 1, a.data, a.stride, x.data, x.stride, 0, c.data, c.stride)
		b.symm(blas.Left, blas.Upper, n, n, 1, a.data, a.stride, x.data, x.stride, 0, c.data, c.stride)
		b.syrk(blas.Upper, blas.NoTrans, n, n, 1, a.data, a.stride, 0, c.data, c.stride)
		b.syr2k(blas.Lower, blas.Trans, n, n, 1, a.data, a.stride, x.data, x.stride, 0, c.data, c.stride)
		for _, s := range sides {
			b.trmm(s, blas.Lower, blas.Trans, blas.Unit, n, n, 1e-3, a.data, a.stride, x.data, x.stride)
			b.trsm(s, blas.Upper, blas.NoTrans, blas.NonUnit, n, n, 1, a.data, a.stride, x.data, x.stride)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// TestShared: operands that share elements with the output are gonum's, and blocks of one matrix are not.
func TestShared(t *testing.T) {
	const n = 20
	whole := random[float64](3*n, 3*n, 1)
	at := func(x matrix[float64], i, j int) []float64 { return x.data[i*x.stride+j:] }
	product := func(b routines[float64], row, col int) []float64 {
		x := whole.clone()
		b.gemm(blas.NoTrans, blas.NoTrans, n, n, n, 1, at(x, 0, 0), x.stride, at(x, n, n), x.stride, 1,
			at(x, row, col), x.stride)
		b.trsm(blas.Left, blas.Upper, blas.NoTrans, blas.Unit, n, n, 1, at(x, 0, 0), x.stride,
			at(x, row, col), x.stride)
		return x.data
	}
	ours, gonums := double(gonumblas.Float64{}), double(gonum.Implementation{})
	for _, corner := range [][2]int{{n - 1, n - 1}, {2, 0}, {0, 3}} {
		got, want := product(ours, corner[0], corner[1]), product(gonums, corner[0], corner[1])
		if !slices.EqualFunc(got, want, func(x, y float64) bool { return x == y || x != x && y != y }) {
			t.Errorf("C at %v shares elements with A, and is not gonum's", corner)
		}
	}
	for _, corner := range [][2]int{{0, n}, {n, 0}, {2 * n, n}, {0, 2 * n}} {
		x, y := whole.clone(), random[float64](n, n, 2) // y is elsewhere
		for i := range n {
			copy(at(y, i, 0)[:n], at(x, corner[0]+i, corner[1]))
		}
		ours.gemm(blas.NoTrans, blas.NoTrans, n, n, n, 1, at(x, 0, 0), x.stride, at(x, n, n), x.stride, 1,
			y.data, y.stride)
		ours.gemm(blas.NoTrans, blas.NoTrans, n, n, n, 1, at(x, 0, 0), x.stride, at(x, n, n), x.stride, 1,
			at(x, corner[0], corner[1]), x.stride)
		for i := range n {
			if !slices.Equal(at(y, i, 0)[:n], at(x, corner[0]+i, corner[1])[:n]) {
				t.Fatalf("C at %v interleaves with A, and has other bits", corner)
			}
		}
	}
}
