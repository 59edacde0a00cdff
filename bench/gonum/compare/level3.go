package compare

import "gonum.org/v1/gonum/blas"

func level3List[T Float]() []matrixRow[T] {
	return []matrixRow[T]{
		{"gemm", func(b *routines[T], o *square[T]) {
			b.Gemm(blas.NoTrans, blas.NoTrans, o.n, o.n, o.n, 1, o.a, o.n, o.b, o.n, 0, o.c, o.n)
		}},
		{"gemmTN", func(b *routines[T], o *square[T]) {
			b.Gemm(blas.Trans, blas.NoTrans, o.n, o.n, o.n, 1, o.a, o.n, o.b, o.n, 0, o.c, o.n)
		}},
		{"gemmNT", func(b *routines[T], o *square[T]) {
			b.Gemm(blas.NoTrans, blas.Trans, o.n, o.n, o.n, 1, o.a, o.n, o.b, o.n, 0, o.c, o.n)
		}},
		{"symm", func(b *routines[T], o *square[T]) {
			b.Symm(blas.Left, blas.Lower, o.n, o.n, 1, o.a, o.n, o.b, o.n, 0, o.c, o.n)
		}},
		{"syrk", func(b *routines[T], o *square[T]) {
			b.Syrk(blas.Lower, blas.NoTrans, o.n, o.n, 1, o.a, o.n, 0, o.c, o.n)
		}},
		{"syr2k", func(b *routines[T], o *square[T]) {
			b.Syr2k(blas.Lower, blas.NoTrans, o.n, o.n, 1, o.a, o.n, o.b, o.n, 0, o.c, o.n)
		}},
		{"trmm", func(b *routines[T], o *square[T]) {
			b.Trmm(blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
		{"trmmR", func(b *routines[T], o *square[T]) {
			b.Trmm(blas.Right, blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
		{"trsm", func(b *routines[T], o *square[T]) {
			b.Trsm(blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
		{"trsmT", func(b *routines[T], o *square[T]) {
			b.Trsm(blas.Left, blas.Lower, blas.Trans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
		{"trsmR", func(b *routines[T], o *square[T]) {
			b.Trsm(blas.Right, blas.Lower, blas.NoTrans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
		{"trsmRT", func(b *routines[T], o *square[T]) {
			b.Trsm(blas.Right, blas.Lower, blas.Trans, blas.NonUnit, o.n, o.n, 1, o.t, o.n, o.b, o.n)
		}},
	}
}
