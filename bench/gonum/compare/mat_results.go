package compare

import (
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"
)

func svd(kind mat.SVDKind) func(d *dense) (func(), func() []float64) {
	return func(d *dense) (func(), func() []float64) {
		var s mat.SVD
		return func() { done(s.Factorize(d.a, kind)) }, func() []float64 { return s.Values(nil) }
	}
}

// moduli returns the moduli of eigenvalues in order, since implementations may find them in another.
func moduli(values []complex128) []float64 {
	m := make([]float64, len(values))
	for i, v := range values {
		m[i] = cmplx.Abs(v)
	}
	slices.Sort(m)
	return m
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func done(ok bool) {
	if !ok {
		panic("the factorization failed")
	}
}
