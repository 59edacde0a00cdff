package bench

import (
	"fmt"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"

	"github.com/seed964deb49/langevin/kernels/gonumblas"
)

// operation is one that gonum's users call, on vectors of n elements and square matrices of order n.
type operation struct {
	name  string
	sizes []int
	flops float64 // over n^3, or 0 where they are not reported
	setup func(n int) (call func())
}

// BenchmarkGonum measures gonum's BLAS and package mat as they are and with this module's BLAS.
func BenchmarkGonum(b *testing.B) {
	defer blas64.Use(gonum.Implementation{})
	defer blas32.Use(gonum.Implementation{})
	list := slices.Concat(vectorOperations(), singleOperations(), doubleOperations(), matOperations())
	for _, o := range list {
		for _, n := range o.sizes {
			blas64.Use(gonum.Implementation{})
			blas32.Use(gonum.Implementation{})
			b.Run(fmt.Sprintf("gonum/%s/%d", o.name, n), func(b *testing.B) { o.measure(b, n) })
			blas64.Use(gonumblas.Float64{})
			blas32.Use(gonumblas.Float32{})
			b.Run(fmt.Sprintf("ours/%s/%d", o.name, n), func(b *testing.B) { o.measure(b, n) })
		}
	}
}

func (o operation) measure(b *testing.B, n int) {
	call := o.setup(n)
	call()
	for b.Loop() {
		call()
	}
	if o.flops == 0 {
		return
	}
	gflops := o.flops * float64(n) * float64(n) * float64(n) * 1e-9
	b.ReportMetric(gflops*float64(b.N)/b.Elapsed().Seconds(), "GF/s")
}

var levelSizes = []int{64, 256}

func singleOperations() []operation {
	return []operation{
		{"Sgemm", levelSizes, 2, func(n int) func() {
			x, y := general(normalMatrix(n, n, 1)), general(normalMatrix(n, n, 2))
			c := general(normalMatrix(n, n, 3))
			return func() { blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, x, y, 0, c) }
		}},
		{"Ssyrk", levelSizes, 1, func(n int) func() {
			x, c := general(normalMatrix(n, n, 1)), general(normalMatrix(n, n, 3))
			s := blas32.Symmetric{N: n, Stride: n, Data: c.Data, Uplo: blas.Lower}
			return func() { blas32.Syrk(blas.NoTrans, 1, x, 0, s) }
		}},
		{"Strsm", levelSizes, 1, func(n int) func() {
			x, y := general(normalMatrix(n, n, 1)), general(normalMatrix(n, n, 2))
			a := blas32.Triangular{N: n, Stride: n, Data: x.Data, Uplo: blas.Lower, Diag: blas.Unit}
			shrink(x.Data)
			return func() { blas32.Trsm(blas.Left, blas.NoTrans, 1, a, y) }
		}},
	}
}

// shrink makes the elements of a triangle so small that repeated products and solutions do not grow.
func shrink[T float32 | float64](x []T) {
	for i := range x {
		x[i] *= 1e-6
	}
}

// general64 returns a matrix of normals.
func general64(n int, stream uint64) blas64.General {
	c := blas64.General{Rows: n, Cols: n, Stride: n, Data: make([]float64, n*n)}
	for i, x := range normals(n*n, stream) {
		c.Data[i] = float64(x)
	}
	return c
}

func doubleOperations() []operation {
	triangular := func(call func(a blas64.Triangular, y blas64.General)) func(n int) func() {
		return func(n int) func() {
			x, y := general64(n, 1), general64(n, 2)
			shrink(x.Data)
			a := blas64.Triangular{N: n, Stride: n, Data: x.Data, Uplo: blas.Lower, Diag: blas.Unit}
			return func() { call(a, y) }
		}
	}
	symmetric := func(call func(s blas64.Symmetric, x, y blas64.General)) func(n int) func() {
		return func(n int) func() {
			x, y, c := general64(n, 1), general64(n, 2), general64(n, 3)
			s := blas64.Symmetric{N: n, Stride: n, Data: c.Data, Uplo: blas.Lower}
			return func() { call(s, x, y) }
		}
	}
	return []operation{
		{"Dgemm", levelSizes, 2, func(n int) func() {
			x, y, c := general64(n, 1), general64(n, 2), general64(n, 3)
			return func() { blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, x, y, 0, c) }
		}},
		{"Dsymm", levelSizes, 2, symmetric(func(s blas64.Symmetric, x, y blas64.General) {
			blas64.Symm(blas.Left, 1, s, x, 0, y)
		})},
		{"Dsyrk", levelSizes, 1, symmetric(func(s blas64.Symmetric, x, _ blas64.General) {
			blas64.Syrk(blas.NoTrans, 1, x, 0, s)
		})},
		{"Dsyr2k", levelSizes, 2, symmetric(func(s blas64.Symmetric, x, y blas64.General) {
			blas64.Syr2k(blas.NoTrans, 1, x, y, 0, s)
		})},
		{"DtrmmRight", levelSizes, 1, triangular(func(a blas64.Triangular, y blas64.General) {
			blas64.Trmm(blas.Right, blas.NoTrans, 1, a, y)
		})},
		{"DtrsmLeft", levelSizes, 1, triangular(func(a blas64.Triangular, y blas64.General) {
			blas64.Trsm(blas.Left, blas.NoTrans, 1, a, y)
		})},
		{"DtrsmRight", levelSizes, 1, triangular(func(a blas64.Triangular, y blas64.General) {
			blas64.Trsm(blas.Right, blas.Trans, 1, a, y)
		})},
	}
}

func dense(n int, stream uint64) *mat.Dense { return mat.NewDense(n, n, general64(n, stream).Data) }

func matOperations() []operation {
	sizes := []int{100, 300}
	return []operation{
		{"Mul", sizes, 2, func(n int) func() {
			x, y, c := dense(n, 1), dense(n, 2), dense(n, 3)
			return func() { c.Mul(x, y) }
		}},
		{"Cholesky", sizes, 1. / 3, func(n int) func() {
			x, s := dense(n, 1), mat.NewSymDense(n, nil)
			s.SymOuterK(1, x)
			var f mat.Cholesky
			return func() { f.Factorize(s) }
		}},
		{"LU", sizes, 2. / 3, func(n int) func() {
			x := dense(n, 1)
			var f mat.LU
			return func() { f.Factorize(x) }
		}},
		{"QR", sizes, 4. / 3, func(n int) func() {
			x := dense(n, 1)
			var f mat.QR
			return func() { f.Factorize(x) }
		}},
		{"Solve", sizes, 8. / 3, func(n int) func() {
			x, y, c := dense(n, 1), dense(n, 2), dense(n, 3)
			return func() {
				if err := c.Solve(x, y); err != nil {
					panic(err)
				}
			}
		}},
	}
}
