package gonumblas_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// TestGoldenFused: architectures whose compiler fuses products with sums have these bits. The matrices are
// many and small, as a fused product changes few of the last bits.
func TestGoldenFused(t *testing.T) {
	everywhere(t, func(t *testing.T) {
		for _, c := range []struct {
			of, want string
			got      func() []float64
		}{
			{"singular values", "87496cd767db7c7f", singularValues},
			{"rotations", "6c67fed86cedecd6", singularTwos},
			{"Dgemv", "de7f241dcdad09d9", tinyProducts[float64](gonumblas.Float64{}.Dgemv)},
			{"Sgemv", "952c2dab90c7b4f1", tinyProducts[float32](gonumblas.Float32{}.Sgemv)},
		} {
			if got := hash(t, c.got()); got != c.want {
				t.Errorf("%s: %s", c.of, got)
			}
		}
	})
}

// singularValues are those of matrices with columns of falling sizes, without vectors.
func singularValues() (all []float64) {
	var l gonumblas.Lapack
	work := make([]float64, 10_000)
	for seed := range uint64(40) {
		n := 2 + int(seed)
		a := random[float64](n, n, seed)
		for i := range a.data {
			a.data[i] = math.Ldexp(a.data[i], -(i % a.stride * int(seed%5)))
		}
		s := make([]float64, n)
		l.Dgesvd(lapack.SVDNone, lapack.SVDNone, n, n, a.data, a.stride, s, nil, 1, nil, 1, work, len(work))
		all = append(all, s...)
	}
	return all
}

// singularTwos are values and vectors of small matrices.
func singularTwos() (all []float64) {
	var l gonumblas.Lapack
	work := make([]float64, 1000)
	for seed := range uint64(200) {
		n := 2 + int(seed%3)
		a := random[float64](n, n, 1000+seed)
		s, u, v := make([]float64, n), make([]float64, n*n), make([]float64, n*n)
		l.Dgesvd(lapack.SVDAll, lapack.SVDAll, n, n, a.data, a.stride, s, u, n, v, n, work, len(work))
		all = append(append(append(all, s...), u...), v...)
	}
	return all
}

// tinyProducts are 0.7*A*x + 0.3*y for matrices that are too small for a call.
func tinyProducts[T float32 | float64](
	gemv func(tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int),
) func() []float64 {
	return func() (all []float64) {
		for seed := range uint64(50) {
			a, x, y := random[T](3, 4, seed), random[T](1, 4, 100+seed), random[T](1, 4, 200+seed)
			gemv(blas.NoTrans, 3, 4, 0.7, a.data, a.stride, x.data, 1, 0.3, y.data, 1)
			gemv(blas.Trans, 3, 4, 0.7, a.data, a.stride, y.data, 1, 0.3, x.data, 1)
			for j := range 4 {
				all = append(all, float64(x.data[j]), float64(y.data[j]))
			}
		}
		return all
	}
}
