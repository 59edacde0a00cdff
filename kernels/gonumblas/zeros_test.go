package gonumblas_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestZeros: with alpha 0 the operands are not read, and with beta 0 the output is not.
func TestZeros(t *testing.T) {
	testZeros(t, single(gonumblas.Float32{}))
	testZeros(t, double(gonumblas.Float64{}))
}

func testZeros[T float32 | float64](t *testing.T, b routines[T]) {
	const n = 9
	for _, alpha := range []T{0, 1} {
		a, good := make([]T, n*n), make([]T, n*n)
		for i := range a {
			a[i], good[i] = 1, 1
			if alpha == 0 {
				a[i] = T(math.NaN())
			}
		}
		for _, ul := range uplos {
			for name, call := range map[string]func(c []T){
				"Gemm": func(c []T) { b.gemm(blas.Trans, blas.NoTrans, n, n, n, alpha, a, n, a, n, 0, c, n) },
				"Symm": func(c []T) { b.symm(blas.Right, ul, n, n, alpha, a, n, a, n, 0, c, n) },
				"Syrk": func(c []T) { b.syrk(ul, blas.Trans, n, n, alpha, a, n, 0, c, n) },
				"Syr2k": func(c []T) {
					b.syr2k(ul, blas.NoTrans, n, n, alpha, a, n, a, n, 0, c, n)
				},
				"Trmm": func(c []T) {
					if alpha != 0 {
						copy(c, good)
					}
					b.trmm(blas.Left, ul, blas.Trans, blas.NonUnit, n, n, alpha, a, n, c, n)
				},
				"Trsm": func(c []T) {
					if alpha != 0 {
						copy(c, good)
					}
					b.trsm(blas.Right, ul, blas.Trans, blas.NonUnit, n, n, alpha, a, n, c, n)
				},
			} {
				c := make([]T, n*n)
				for i := range c {
					c[i] = T(math.NaN())
				}
				call(c)
				for i := range c {
					if inside(ul, i/n, i%n) && c[i] != c[i] {
						t.Errorf("%s with alpha %v and beta 0 has NaN", name, alpha)
						break
					}
				}
			}
		}
	}
}
