package gonumblas_test

import (
	"runtime"
	"slices"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/internal/implementation"
	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// useAll has gonum use this package until the test ends.
func useAll(t testing.TB) {
	blas64.Use(gonumblas.Float64{})
	lapack64.Use(gonumblas.Lapack{})
	t.Cleanup(func() {
		blas64.Use(blasgonum.Implementation{})
		lapack64.Use(lapackgonum.Implementation{})
	})
}

// factors are decompositions by gonum's mat, by their names.
var factors = map[string]func(a *mat.Dense) []float64{
	"LU": func(a *mat.Dense) []float64 {
		var lu mat.LU
		lu.Factorize(a)
		var l, u mat.TriDense
		lu.LTo(&l)
		lu.UTo(&u)
		return slices.Concat(l.RawTriangular().Data, u.RawTriangular().Data, []float64{lu.Cond()})
	},
	"QR": func(a *mat.Dense) []float64 {
		var qr mat.QR
		qr.Factorize(a)
		var q, r mat.Dense
		qr.QTo(&q)
		qr.RTo(&r)
		return slices.Concat(q.RawMatrix().Data, r.RawMatrix().Data)
	},
	"Cholesky": func(a *mat.Dense) []float64 {
		n, _ := a.Dims()
		var s mat.SymDense
		s.SymOuterK(1, a)
		for i := range n {
			s.SetSym(i, i, s.At(i, i)+1)
		}
		var c mat.Cholesky
		if !c.Factorize(&s) {
			panic("not positive definite")
		}
		var u mat.TriDense
		c.UTo(&u)
		return u.RawTriangular().Data
	},
	"SVD": func(a *mat.Dense) []float64 {
		var svd mat.SVD
		if !svd.Factorize(a, mat.SVDThin) {
			panic("no convergence")
		}
		var u, v mat.Dense
		svd.UTo(&u)
		svd.VTo(&v)
		return slices.Concat(svd.Values(nil), u.RawMatrix().Data, v.RawMatrix().Data)
	},
}

// TestMatGolden: decompositions of a matrix of 300 rows and columns have these bits in all implementations,
// on any number of cores.
func TestMatGolden(t *testing.T) {
	useAll(t)
	golden := map[string]string{
		"LU": "b0a774d8515d4f36", "QR": "87045285af46cb40", "Cholesky": "d8703f9088b82d13",
		"SVD": "f5a1f902bc48d02b",
	}
	x := random[float64](300, 300, 9)
	a := mat.NewDense(300, 300, nil)
	for i := range 300 {
		a.SetRow(i, x.data[i*x.stride:][:300])
	}
	everywhere(t, func(t *testing.T) {
		for name, want := range golden {
			for _, processors := range []int{1, 3} {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
				defer implementation.Processors(implementation.Processors(processors))
				if got := hash(t, factors[name](a)); got != want {
					t.Errorf("%s on %d cores: %s, want %s", name, processors, got, want)
				}
			}
		}
	})
}

// TestMatGoroutines: 64 decompositions at once have the bits of one.
func TestMatGoroutines(t *testing.T) {
	useAll(t)
	x := random[float64](60, 60, 9)
	a := mat.NewDense(60, 60, nil)
	for i := range 60 {
		a.SetRow(i, x.data[i*x.stride:][:60])
	}
	for name, f := range factors {
		want := f(a)
		var group sync.WaitGroup
		for range 64 {
			group.Go(func() {
				if !slices.Equal(f(a), want) {
					t.Errorf("%s: another result", name)
				}
			})
		}
		group.Wait()
	}
}
