package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// eigenRoutines are the routines of singular values and eigenvalues.
type eigenRoutines interface {
	lapack.Float64
	Dbdsqr(uplo blas.Uplo, n, ncvt, nru, ncc int, d, e, vt []float64, ldvt int, u []float64, ldu int,
		c []float64, ldc int, work []float64) bool
	Dsteqr(compz lapack.EVComp, n int, d, e, z []float64, ldz int, work []float64) bool
	Dsterf(n int, d, e []float64) bool
	Dsytrd(uplo blas.Uplo, n int, a []float64, lda int, d, e, tau, work []float64, lwork int)
	Dorgtr(uplo blas.Uplo, n int, a []float64, lda int, tau, work []float64, lwork int)
	Dgebrd(m, n int, a []float64, lda int, d, e, tauQ, tauP, work []float64, lwork int)
	Dorgbr(v lapack.GenOrtho, m, n, k int, a []float64, lda int, tau, work []float64, lwork int)
	Dormbr(v lapack.ApplyOrtho, s blas.Side, t blas.Transpose, m, n, k int, a []float64, lda int,
		tau, c []float64, ldc int, work []float64, lwork int)
}

// eigenCall has the arguments of any of them.
type eigenCall struct {
	ul             blas.Uplo
	s              blas.Side
	t              blas.Transpose
	job            byte
	job2           byte
	m, n, k, l     int
	la, lb, lc     int // lengths
	lda, ldb, ldc  int
	ld, le, l1, l2 int
	lwork, size    int
}

var fineEigen = eigenCall{
	blas.Lower, blas.Left, blas.NoTrans, 'S', 'S', 5, 5, 5, 5, 100, 100, 100, 6, 6, 6, 5, 4, 5, 5, 30, 30,
}

var wrongEigen = []func(*eigenCall){
	func(c *eigenCall) {},
	func(c *eigenCall) { c.ul = blas.All }, func(c *eigenCall) { c.ul = blas.Upper },
	func(c *eigenCall) { c.s = 'x' }, func(c *eigenCall) { c.s = blas.Right },
	func(c *eigenCall) { c.t = 'x' }, func(c *eigenCall) { c.t = blas.Trans },
	func(c *eigenCall) { c.job = 'x' },
	func(c *eigenCall) { c.job = 'N' }, func(c *eigenCall) { c.job = 'V' },
	func(c *eigenCall) { c.job = 'A' },
	func(c *eigenCall) { c.job = 'O' }, func(c *eigenCall) { c.job = 'I' },
	func(c *eigenCall) { c.job = 'Q' }, func(c *eigenCall) { c.job = 'P' },
	func(c *eigenCall) { c.job2 = 'x' },
	func(c *eigenCall) { c.job2 = 'N' }, func(c *eigenCall) { c.job2 = 'A' },
	func(c *eigenCall) { c.job2 = 'O' },
	func(c *eigenCall) { c.m = -1 }, func(c *eigenCall) { c.n = -1 }, func(c *eigenCall) { c.k = -1 },
	func(c *eigenCall) { c.l = -1 }, func(c *eigenCall) { c.l = 0 },
	func(c *eigenCall) { c.m = 0 }, func(c *eigenCall) { c.n = 0 }, func(c *eigenCall) { c.k = 0 },
	func(c *eigenCall) { c.m = 4 }, func(c *eigenCall) { c.n = 4 }, func(c *eigenCall) { c.k = 4 },
	func(c *eigenCall) { c.m = 6 }, func(c *eigenCall) { c.n = 6 }, func(c *eigenCall) { c.k = 6 },
	func(c *eigenCall) { c.m = 1 }, func(c *eigenCall) { c.n = 1 },
	func(c *eigenCall) { c.lda = 0 }, func(c *eigenCall) { c.lda = 4 },
	func(c *eigenCall) { c.ldb = 0 }, func(c *eigenCall) { c.ldb = 4 },
	func(c *eigenCall) { c.ldc = 0 }, func(c *eigenCall) { c.ldc = 4 },
	func(c *eigenCall) { c.la = 0 }, func(c *eigenCall) { c.la = 28 }, func(c *eigenCall) { c.la = 29 },
	func(c *eigenCall) { c.lb = 0 }, func(c *eigenCall) { c.lb = 28 }, func(c *eigenCall) { c.lb = 29 },
	func(c *eigenCall) { c.lc = 0 }, func(c *eigenCall) { c.lc = 28 }, func(c *eigenCall) { c.lc = 29 },
	func(c *eigenCall) { c.ld = 4 }, func(c *eigenCall) { c.ld = 0 },
	func(c *eigenCall) { c.le = 3 }, func(c *eigenCall) { c.le = 0 },
	func(c *eigenCall) { c.l1 = 3 }, func(c *eigenCall) { c.l2 = 3 },
	func(c *eigenCall) { c.lwork = -1 },
	func(c *eigenCall) { c.lwork = 0 }, func(c *eigenCall) { c.lwork = 4 },
	func(c *eigenCall) { c.lwork = 13 },
	func(c *eigenCall) { c.lwork = 24 }, func(c *eigenCall) { c.lwork = 31 },
	func(c *eigenCall) { c.size = 0 }, func(c *eigenCall) { c.size = 15 }, func(c *eigenCall) { c.size = 7 },
}

// panicsOf returns what each routine panics with.
func panicsOf(l eigenRoutines, v eigenCall) (panics [10]any) {
	call := func(i int, f func(a, b, c, d, e, x, y, work []float64)) {
		defer func() { panics[i] = recover() }()
		of := func(n int) []float64 { return make([]float64, n) }
		f(of(v.la), of(v.lb), of(v.lc), of(v.ld), of(v.le), of(v.l1), of(v.l2), of(v.size))
	}
	call(0, func(a, b, c, d, e, _, _, w []float64) {
		l.Dbdsqr(v.ul, v.n, v.m, v.k, v.l, d, e, a, v.lda, b, v.ldb, c, v.ldc, w)
	})
	call(1, func(a, _, _, d, e, _, _, w []float64) { l.Dsteqr(lapack.EVComp(v.job), v.n, d, e, a, v.lda, w) })
	call(2, func(_, _, _, d, e, _, _, _ []float64) { l.Dsterf(v.n, d, e) })
	call(3, func(a, _, _, d, e, x, _, w []float64) { l.Dsytrd(v.ul, v.n, a, v.lda, d, e, x, w, v.lwork) })
	call(4, func(a, _, _, _, _, x, _, w []float64) { l.Dorgtr(v.ul, v.n, a, v.lda, x, w, v.lwork) })
	call(5, func(a, _, _, d, e, x, y, w []float64) { l.Dgebrd(v.m, v.n, a, v.lda, d, e, x, y, w, v.lwork) })
	call(6, func(a, _, _, _, _, x, _, w []float64) {
		l.Dorgbr(lapack.GenOrtho(v.job), v.m, v.n, v.k, a, v.lda, x, w, v.lwork)
	})
	call(7, func(a, b, _, _, _, x, _, w []float64) {
		l.Dormbr(lapack.ApplyOrtho(v.job), v.s, v.t, v.m, v.n, v.k, a, v.lda, x, b, v.ldb, w, v.lwork)
	})
	call(8, func(a, _, _, d, _, _, _, w []float64) {
		l.Dsyev(lapack.EVJob(v.job), v.ul, v.n, a, v.lda, d, w, v.lwork)
	})
	call(9, func(a, b, c, d, _, _, _, w []float64) {
		l.Dgesvd(lapack.SVDJob(v.job), lapack.SVDJob(v.job2), v.m, v.n, a, v.lda, d, b,
			v.ldb, c, v.ldc, w, v.lwork)
	})
	return panics
}

// TestEigenPanics: wrong arguments panic as they do in gonum, and others do not.
func TestEigenPanics(t *testing.T) {
	seen := map[any]bool{}
	for i, first := range wrongEigen {
		for j, second := range wrongEigen {
			c := fineEigen
			first(&c)
			second(&c)
			got, want := panicsOf(gonumblas.Lapack{}, c), panicsOf(gonum.Implementation{}, c)
			for r := range want {
				if got[r] != want[r] {
					if _, ok := want[r].(string); !ok && want[r] != nil {
						continue // gonum reaches beyond a slice
					}
					t.Errorf("changes %d and %d, routine %d: %v, of gonum %v", i, j, r, got[r], want[r])
				}
				if s, ok := want[r].(string); ok {
					seen[s] = true
				}
			}
		}
	}
	if len(seen) < 25 {
		t.Errorf("%d messages: %v", len(seen), seen)
	}
}
