package bench

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
)

var vectorSizes = []int{1, 4, 16, 100, 1000}

// vectorOperations are those of levels 1 and 2.
func vectorOperations() []operation {
	vector := func(call func(x, y blas64.Vector)) func(n int) func() {
		return func(n int) func() {
			x := blas64.Vector{N: n, Data: general64(n, 1).Data[:n], Inc: 1}
			y := blas64.Vector{N: n, Data: general64(n, 2).Data[:n], Inc: 1}
			return func() { call(x, y) }
		}
	}
	matrix := func(call func(a blas64.General, x, y blas64.Vector)) func(n int) func() {
		return func(n int) func() {
			a := general64(n, 3)
			shrink(a.Data)
			return vector(func(x, y blas64.Vector) { call(a, x, y) })(n)
		}
	}
	triangle := func(call func(a blas64.Triangular, x blas64.Vector)) func(n int) func() {
		return matrix(func(a blas64.General, x, _ blas64.Vector) {
			call(blas64.Triangular{N: a.Rows, Stride: a.Stride, Data: a.Data, Uplo: blas.Lower, Diag: blas.Unit}, x)
		})
	}
	return []operation{
		{"Ddot", vectorSizes, 0, vector(func(x, y blas64.Vector) { blas64.Dot(x, y) })},
		{"Daxpy", vectorSizes, 0, vector(func(x, y blas64.Vector) { blas64.Axpy(1e-9, x, y) })},
		{"Dscal", vectorSizes, 0, vector(func(x, _ blas64.Vector) { blas64.Scal(-1, x) })},
		{"Dasum", vectorSizes, 0, vector(func(x, _ blas64.Vector) { blas64.Asum(x) })},
		{"Dnrm2", vectorSizes, 0, vector(func(x, _ blas64.Vector) { blas64.Nrm2(x) })},
		{"Idamax", vectorSizes, 0, vector(func(x, _ blas64.Vector) { blas64.Iamax(x) })},
		{"Drot", vectorSizes, 0, vector(func(x, y blas64.Vector) { blas64.Rot(x, y, 0.8, 0.6) })},
		{"Dgemv", vectorSizes, 0, matrix(func(a blas64.General, x, y blas64.Vector) {
			blas64.Gemv(blas.NoTrans, 1, a, x, 0, y)
		})},
		{"DgemvTrans", vectorSizes, 0, matrix(func(a blas64.General, x, y blas64.Vector) {
			blas64.Gemv(blas.Trans, 1, a, x, 0, y)
		})},
		{"Dger", vectorSizes, 0, matrix(func(a blas64.General, x, y blas64.Vector) { blas64.Ger(1e-9, x, y, a) })},
		{"Dsymv", vectorSizes, 0, matrix(func(a blas64.General, x, y blas64.Vector) {
			s := blas64.Symmetric{N: a.Rows, Stride: a.Stride, Data: a.Data, Uplo: blas.Lower}
			blas64.Symv(1, s, x, 0, y)
		})},
		{"Dtrmv", vectorSizes, 0, triangle(func(a blas64.Triangular, x blas64.Vector) {
			blas64.Trmv(blas.NoTrans, a, x)
		})},
		{"Dtrsv", vectorSizes, 0, triangle(func(a blas64.Triangular, x blas64.Vector) {
			blas64.Trsv(blas.NoTrans, a, x)
		})},
		{"Sdot", vectorSizes, 0, func(n int) func() {
			x := blas32.Vector{N: n, Data: normals(n, 1), Inc: 1}
			return func() { blas32.Dot(x, x) }
		}},
		{"Sgemv", vectorSizes, 0, func(n int) func() {
			a := general(normalMatrix(n, n, 1))
			x, y := blas32.Vector{N: n, Data: normals(n, 1), Inc: 1}, blas32.Vector{N: n, Data: normals(n, 2), Inc: 1}
			return func() { blas32.Gemv(blas.NoTrans, 1, a, x, 0, y) }
		}},
	}
}
