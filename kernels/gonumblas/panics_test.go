package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// call has the arguments of any routine.
type call struct {
	s         blas.Side
	ul        blas.Uplo
	tA, tB    blas.Transpose
	d         blas.Diag
	m, n, k   int
	la, lb    int // lengths
	lc        int
	lda, ldb  int
	ldc       int
	alpha, bt float64
}

var fine = call{
	blas.Left, blas.Lower, blas.NoTrans, blas.NoTrans, blas.NonUnit, 4, 5, 3, 100, 100, 100, 6, 6, 6, 1, 1,
}

// wrong are changes of fine, which are made alone and in pairs, so that the order of the checks shows.
var wrong = []func(*call){
	func(c *call) {},
	func(c *call) { c.s = 'x' }, func(c *call) { c.s = blas.Right },
	func(c *call) { c.ul = 'x' }, func(c *call) { c.ul = blas.All }, func(c *call) { c.ul = blas.Upper },
	func(c *call) { c.tA = 'x' }, func(c *call) { c.tA = blas.Trans },
	func(c *call) { c.tA = blas.ConjTrans },
	func(c *call) { c.tB = 0 }, func(c *call) { c.tB = blas.Trans }, func(c *call) { c.d = 'x' },
	func(c *call) { c.m = -1 }, func(c *call) { c.n = -1 }, func(c *call) { c.k = -1 },
	func(c *call) { c.m = 0 }, func(c *call) { c.n = 0 }, func(c *call) { c.k = 0 },
	func(c *call) { c.lda = 0 }, func(c *call) { c.ldb = 0 }, func(c *call) { c.ldc = 0 },
	func(c *call) { c.lda = 3 }, func(c *call) { c.ldb = 3 }, func(c *call) { c.ldc = 3 },
	func(c *call) { c.lda = 4 }, func(c *call) { c.ldb = 4 }, func(c *call) { c.ldc = 4 },
	func(c *call) { c.la = 0 }, func(c *call) { c.lb = 0 }, func(c *call) { c.lc = 0 },
	func(c *call) { c.la = 20 }, func(c *call) { c.lb = 20 }, func(c *call) { c.lc = 20 },
	func(c *call) { c.la = 22 }, func(c *call) { c.lb = 22 }, func(c *call) { c.lc = 22 },
	func(c *call) { c.alpha = 0 }, func(c *call) { c.bt = 0 },
}

// run returns what each routine panics with.
func run[T float32 | float64](b routines[T], v call) (panics [6]any) {
	routine := func(i int, f func(x, y, z []T)) {
		defer func() { panics[i] = recover() }()
		f(make([]T, v.la), make([]T, v.lb), make([]T, v.lc))
	}
	p, q := T(v.alpha), T(v.bt)
	routine(0, func(x, y, z []T) { b.gemm(v.tA, v.tB, v.m, v.n, v.k, p, x, v.lda, y, v.ldb, q, z, v.ldc) })
	routine(1, func(x, y, z []T) { b.symm(v.s, v.ul, v.m, v.n, p, x, v.lda, y, v.ldb, q, z, v.ldc) })
	routine(2, func(x, y, z []T) { b.syrk(v.ul, v.tA, v.n, v.k, p, x, v.lda, q, z, v.ldc) })
	routine(3, func(x, y, z []T) { b.syr2k(v.ul, v.tA, v.n, v.k, p, x, v.lda, y, v.ldb, q, z, v.ldc) })
	routine(4, func(x, y, z []T) { b.trmm(v.s, v.ul, v.tA, v.d, v.m, v.n, p, x, v.lda, y, v.ldb) })
	routine(5, func(x, y, z []T) { b.trsm(v.s, v.ul, v.tA, v.d, v.m, v.n, p, x, v.lda, y, v.ldb) })
	return panics
}

// TestPanics: wrong arguments panic as they do in gonum, and others do not.
func TestPanics(t *testing.T) {
	seen := map[any]bool{}
	for i, first := range wrong {
		for j, second := range wrong {
			c := fine
			first(&c)
			second(&c)
			want := run(double(gonum.Implementation{}), c)
			if got := run(double(gonumblas.Float64{}), c); got != want {
				t.Fatalf("changes %d and %d: float64 panics with %v, gonum with %v", i, j, got, want)
			}
			if got := run(single(gonumblas.Float32{}), c); got != want {
				t.Fatalf("changes %d and %d: float32 panics with %v, gonum with %v", i, j, got, want)
			}
			for _, v := range want {
				seen[v] = true
			}
		}
	}
	if len(seen) != 14 {
		t.Errorf("%d messages of 13 were tried, and none: %v", len(seen), seen)
	}
}
