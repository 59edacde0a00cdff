package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// vectorCall has the arguments of any routine of levels 1 and 2.
type vectorCall struct {
	ul          blas.Uplo
	tA          blas.Transpose
	d           blas.Diag
	m, n, k, kL int
	la, lx, ly  int // lengths
	lda, incX   int
	incY        int
	alpha, bt   float64
}

var fineVectors = vectorCall{
	blas.Lower, blas.NoTrans, blas.NonUnit, 4, 5, 2, 1, 100, 20, 20, 7, 2, -3, 1, 1,
}

// wrongVectors are changes of fineVectors, which are made alone and in pairs.
var wrongVectors = []func(*vectorCall){
	func(c *vectorCall) {},
	func(c *vectorCall) { c.ul = 'x' }, func(c *vectorCall) { c.ul = blas.All },
	func(c *vectorCall) { c.ul = blas.Upper },
	func(c *vectorCall) { c.tA = 'x' }, func(c *vectorCall) { c.tA = blas.Trans },
	func(c *vectorCall) { c.tA = blas.ConjTrans }, func(c *vectorCall) { c.d = 'x' },
	func(c *vectorCall) { c.d = blas.Unit },
	func(c *vectorCall) { c.m = -1 }, func(c *vectorCall) { c.n = -1 }, func(c *vectorCall) { c.k = -1 },
	func(c *vectorCall) { c.kL = -1 }, func(c *vectorCall) { c.m = 0 }, func(c *vectorCall) { c.n = 0 },
	func(c *vectorCall) { c.k = 0 }, func(c *vectorCall) { c.kL = 0 },
	func(c *vectorCall) { c.n = 1 }, func(c *vectorCall) { c.n = 2 }, func(c *vectorCall) { c.m = 9 },
	func(c *vectorCall) { c.lda = 0 }, func(c *vectorCall) { c.lda = 2 }, func(c *vectorCall) { c.lda = 4 },
	func(c *vectorCall) { c.lda = 5 },
	func(c *vectorCall) { c.incX = 0 }, func(c *vectorCall) { c.incX = 1 },
	func(c *vectorCall) { c.incX = -4 }, func(c *vectorCall) { c.incX = 9 },
	func(c *vectorCall) { c.incY = 0 }, func(c *vectorCall) { c.incY = 1 },
	func(c *vectorCall) { c.incY = 4 }, func(c *vectorCall) { c.incY = -9 },
	func(c *vectorCall) { c.la = 0 }, func(c *vectorCall) { c.la = 14 }, func(c *vectorCall) { c.la = 15 },
	func(c *vectorCall) { c.la = 25 }, func(c *vectorCall) { c.la = 31 },
	func(c *vectorCall) { c.lx = 0 }, func(c *vectorCall) { c.lx = 4 }, func(c *vectorCall) { c.lx = 8 },
	func(c *vectorCall) { c.lx = 9 }, func(c *vectorCall) { c.lx = 17 },
	func(c *vectorCall) { c.ly = 0 }, func(c *vectorCall) { c.ly = 5 }, func(c *vectorCall) { c.ly = 12 },
	func(c *vectorCall) { c.ly = 13 }, func(c *vectorCall) { c.ly = 16 },
	func(c *vectorCall) { c.alpha = 0 }, func(c *vectorCall) { c.bt = 0 },
}

// runVectors returns what each routine panics with.
func runVectors[T float32 | float64](b vectors[T], v vectorCall) (panics [26]any) {
	i := 0
	routine := func(f func(a, x, y []T)) {
		defer func() { panics[i], i = recover(), i+1 }()
		f(make([]T, v.la), make([]T, v.lx), make([]T, v.ly))
	}
	p, q, n := T(v.alpha), T(v.bt), v.n
	routine(func(a, x, y []T) { b.dot(n, x, v.incX, y, v.incY) })
	routine(func(a, x, y []T) { b.nrm2(n, x, v.incX) })
	routine(func(a, x, y []T) { b.asum(n, x, v.incX) })
	routine(func(a, x, y []T) { b.iamax(n, x, v.incX) })
	routine(func(a, x, y []T) { b.swap(n, x, v.incX, y, v.incY) })
	routine(func(a, x, y []T) { b.copy(n, x, v.incX, y, v.incY) })
	routine(func(a, x, y []T) { b.axpy(n, p, x, v.incX, y, v.incY) })
	routine(func(a, x, y []T) { b.rot(n, x, v.incX, y, v.incY, p, q) })
	routine(func(a, x, y []T) { b.scal(n, p, x, v.incX) })
	routine(func(a, x, y []T) { b.gemv(v.tA, v.m, n, p, a, v.lda, x, v.incX, q, y, v.incY) })
	routine(func(a, x, y []T) { b.gbmv(v.tA, v.m, n, v.kL, v.k, p, a, v.lda, x, v.incX, q, y, v.incY) })
	routine(func(a, x, y []T) {
		if v.incX >= 0 && v.incY >= 0 { // others crash in gonum
			b.ger(v.m, n, p, x, v.incX, y, v.incY, a, v.lda)
		}
	})
	routine(func(a, x, y []T) { b.symv(v.ul, n, p, a, v.lda, x, v.incX, q, y, v.incY) })
	routine(func(a, x, y []T) { b.sbmv(v.ul, n, v.k, p, a, v.lda, x, v.incX, q, y, v.incY) })
	routine(func(a, x, y []T) { b.spmv(v.ul, n, p, a, x, v.incX, q, y, v.incY) })
	routine(func(a, x, y []T) { b.syr(v.ul, n, p, x, v.incX, a, v.lda) })
	routine(func(a, x, y []T) { b.spr(v.ul, n, p, x, v.incX, a) })
	routine(func(a, x, y []T) { b.syr2(v.ul, n, p, x, v.incX, y, v.incY, a, v.lda) })
	routine(func(a, x, y []T) { b.spr2(v.ul, n, p, x, v.incX, y, v.incY, a) })
	routine(func(a, x, y []T) { b.trmv(v.ul, v.tA, v.d, n, a, v.lda, x, v.incX) })
	routine(func(a, x, y []T) { b.trsv(v.ul, v.tA, v.d, n, a, v.lda, x, v.incX) })
	routine(func(a, x, y []T) { b.tbmv(v.ul, v.tA, v.d, n, v.k, a, v.lda, x, v.incX) })
	routine(func(a, x, y []T) { b.tbsv(v.ul, v.tA, v.d, n, v.k, a, v.lda, x, v.incX) })
	routine(func(a, x, y []T) { b.tpmv(v.ul, v.tA, v.d, n, a, x, v.incX) })
	routine(func(a, x, y []T) { b.tpsv(v.ul, v.tA, v.d, n, a, x, v.incX) })
	return panics
}

// runMixed returns what Dsdot and Sdsdot panic with.
func runMixed(b blas.Float32Level1, v vectorCall) (panics [2]any) {
	x, y := make([]float32, v.lx), make([]float32, v.ly)
	func() {
		defer func() { panics[0] = recover() }()
		b.Dsdot(v.n, x, v.incX, y, v.incY)
	}()
	func() {
		defer func() { panics[1] = recover() }()
		b.Sdsdot(v.n, 1, x, v.incX, y, v.incY)
	}()
	return panics
}

// TestVectorPanics: wrong arguments panic as they do in gonum, and others do not.
func TestVectorPanics(t *testing.T) {
	seen := map[any]bool{}
	for i, first := range wrongVectors {
		for j, second := range wrongVectors {
			c := fineVectors
			first(&c)
			second(&c)
			want := runVectors(doubles(gonum.Implementation{}), c)
			if got := runVectors(doubles(gonumblas.Float64{}), c); got != want {
				t.Fatalf("changes %d and %d: float64 panics with %v, gonum with %v", i, j, got, want)
			}
			if got := runVectors(singles(gonumblas.Float32{}), c); got != want {
				t.Fatalf("changes %d and %d: float32 panics with %v, gonum with %v", i, j, got, want)
			}
			mixed := runMixed(gonum.Implementation{}, c)
			if got := runMixed(gonumblas.Float32{}, c); got != mixed {
				t.Fatalf("changes %d and %d: mixed sums panic with %v, gonum with %v", i, j, got, mixed)
			}
			for _, v := range want {
				seen[v] = true
			}
		}
	}
	if len(seen) != 16 {
		t.Errorf("%d messages of 15 were tried, and none: %v", len(seen), seen)
	}
}
