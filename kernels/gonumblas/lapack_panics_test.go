package gonumblas_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// factorCall has the arguments of any routine of LAPACK.
type factorCall struct {
	s             blas.Side
	ul            blas.Uplo
	t             blas.Transpose
	d             blas.Diag
	norm          lapack.MatrixNorm
	m, n, k       int
	la, lb        int // lengths
	lda, ldb      int
	ltau, lpivots int
	lwork, size   int // the length declared, and that of work
	anorm         float64
}

var fineFactor = factorCall{
	blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, lapack.MaxRowSum, 5, 5, 5, 100, 100, 6, 7, 5, 5, 20, 20, 1,
}

// wrongFactor are changes of fineFactor, which are made alone and in pairs, so that the order of the checks shows.
var wrongFactor = []func(*factorCall){
	func(c *factorCall) {},
	func(c *factorCall) { c.s = 'x' }, func(c *factorCall) { c.s = blas.Right },
	func(c *factorCall) { c.ul = blas.All }, func(c *factorCall) { c.ul = blas.Upper },
	func(c *factorCall) { c.t = 'x' }, func(c *factorCall) { c.t = blas.Trans },
	func(c *factorCall) { c.t = blas.ConjTrans },
	func(c *factorCall) { c.d = 'x' }, func(c *factorCall) { c.d = blas.Unit },
	func(c *factorCall) { c.norm = 'x' }, func(c *factorCall) { c.norm = lapack.MaxColumnSum },
	func(c *factorCall) { c.norm = lapack.Frobenius },
	func(c *factorCall) { c.m = -1 }, func(c *factorCall) { c.n = -1 }, func(c *factorCall) { c.k = -1 },
	func(c *factorCall) { c.m = 0 }, func(c *factorCall) { c.n = 0 }, func(c *factorCall) { c.k = 0 },
	func(c *factorCall) { c.m = 4 }, func(c *factorCall) { c.n = 4 }, func(c *factorCall) { c.k = 4 },
	func(c *factorCall) { c.lda = 0 }, func(c *factorCall) { c.lda = 4 }, func(c *factorCall) { c.lda = 5 },
	func(c *factorCall) { c.ldb = 0 }, func(c *factorCall) { c.ldb = 4 }, func(c *factorCall) { c.ldb = 5 },
	func(c *factorCall) { c.la = 0 }, func(c *factorCall) { c.la = 28 }, func(c *factorCall) { c.la = 29 },
	func(c *factorCall) { c.lb = 0 }, func(c *factorCall) { c.lb = 32 }, func(c *factorCall) { c.lb = 33 },
	func(c *factorCall) { c.ltau = 0 }, func(c *factorCall) { c.ltau = 4 }, func(c *factorCall) { c.ltau = 6 },
	func(c *factorCall) { c.lpivots = 0 }, func(c *factorCall) { c.lpivots = 4 },
	func(c *factorCall) { c.lpivots = 6 },
	func(c *factorCall) { c.lwork = -1 }, func(c *factorCall) { c.lwork = 0 }, func(c *factorCall) { c.lwork = 4 },
	func(c *factorCall) { c.lwork = 21 },
	func(c *factorCall) { c.size = 0 }, func(c *factorCall) { c.size = 14 }, func(c *factorCall) { c.size = 19 },
	func(c *factorCall) { c.anorm = -1 }, func(c *factorCall) { c.anorm = 0 },
	func(c *factorCall) { c.anorm = math.NaN() }, func(c *factorCall) { c.anorm = math.Inf(1) },
}

// outcome is what a routine panics with, or else the best length of work that it returns.
type outcome struct {
	panic any
	best  float64
}

// outcomes returns those of all routines.
func outcomes(l lapack.Float64, v factorCall) (all [17]outcome) {
	call := func(i int, f func(a, b, tau, work []float64, pivots []int)) {
		work := make([]float64, v.size)
		pivots := make([]int, v.lpivots)
		for i := range pivots {
			pivots[i] = i
		}
		defer func() {
			if all[i].panic = recover(); all[i].panic == nil && v.size > 0 {
				all[i].best = work[0]
			}
		}()
		a := make([]float64, v.la)
		for i := range a {
			if v.lda == 0 || i%(v.lda+1) == 0 {
				a[i] = 1
			}
		}
		f(a, make([]float64, v.lb), make([]float64, v.ltau), work, pivots)
	}
	call(0, func(a, _, _, w []float64, p []int) { l.Dgetrf(v.m, v.n, a, v.lda, p) })
	call(1, func(a, b, _, w []float64, p []int) { l.Dgetrs(v.t, v.n, v.k, a, v.lda, p, b, v.ldb) })
	call(2, func(a, _, _, w []float64, p []int) { l.Dgetri(v.n, a, v.lda, p, w, v.lwork) })
	call(3, func(a, _, _, w []float64, _ []int) { l.Dpotrf(v.ul, v.n, a, v.lda) })
	call(4, func(a, b, _, w []float64, _ []int) { l.Dpotrs(v.ul, v.n, v.k, a, v.lda, b, v.ldb) })
	call(5, func(a, _, _, w []float64, _ []int) { l.Dpotri(v.ul, v.n, a, v.lda) })
	call(6, func(a, _, _, w []float64, _ []int) { l.Dtrtri(v.ul, v.d, v.n, a, v.lda) })
	call(7, func(a, b, _, w []float64, _ []int) { l.Dtrtrs(v.ul, v.t, v.d, v.n, v.k, a, v.lda, b, v.ldb) })
	call(8, func(a, _, tau, w []float64, _ []int) { l.Dgeqrf(v.m, v.n, a, v.lda, tau, w, v.lwork) })
	call(9, func(a, _, tau, w []float64, _ []int) { l.Dgelqf(v.m, v.n, a, v.lda, tau, w, v.lwork) })
	call(10, func(a, _, tau, w []float64, _ []int) { l.Dorgqr(v.m, v.n, v.k, a, v.lda, tau, w, v.lwork) })
	call(11, func(a, _, tau, w []float64, _ []int) { l.Dorglq(v.m, v.n, v.k, a, v.lda, tau, w, v.lwork) })
	call(12, func(a, b, tau, w []float64, _ []int) {
		l.Dormqr(v.s, v.t, v.m, v.n, v.k, a, v.lda, tau, b, v.ldb, w, v.lwork)
	})
	call(13, func(a, b, tau, w []float64, _ []int) {
		l.Dormlq(v.s, v.t, v.m, v.n, v.k, a, v.lda, tau, b, v.ldb, w, v.lwork)
	})
	call(14, func(a, _, _, w []float64, p []int) {
		l.Dgecon(v.norm, v.n, a, v.lda, v.anorm, w, p)
		clear(w)
	})
	call(15, func(a, _, _, w []float64, p []int) {
		l.Dpocon(v.ul, v.n, a, v.lda, v.anorm, w, p)
		clear(w)
	})
	call(16, func(a, _, _, w []float64, p []int) {
		l.Dtrcon(v.norm, v.ul, v.d, v.n, a, v.lda, w, p)
		clear(w)
	})
	return all
}

// TestLapackPanics: wrong arguments panic as they do in gonum, others do not, and the best length of work is
// gonum's.
func TestLapackPanics(t *testing.T) {
	seen := map[any]bool{}
	compare := func(c factorCall, changes ...int) {
		got, want := outcomes(gonumblas.Lapack{}, c), outcomes(gonum.Implementation{}, c)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("changes %v, routine %d: %v, of gonum %v", changes, i, got[i], want[i])
			}
			seen[want[i].panic] = true
		}
	}
	for i, first := range wrongFactor {
		for j, second := range wrongFactor {
			c := fineFactor
			first(&c)
			second(&c)
			compare(c, i, j)
		}
	}
	for _, n := range []int{31, 33, 63, 64, 65, 128, 129} {
		for _, lwork := range []int{-1, n, 40 * n} {
			compare(factorCall{blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, lapack.MaxRowSum, n, n, n, n * n,
				n * n, n, n, n, n, lwork, 64 * n, 1}, n, lwork)
		}
	}
	if len(seen) != 27 {
		t.Errorf("%d messages of 26 were tried, and none: %v", len(seen), seen)
	}
}
