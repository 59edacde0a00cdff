package main

import (
	"github.com/seed964deb49/langevin/bench/internal/shape"
	"github.com/seed964deb49/langevin/kernels"
)

// form is what a product is besides its shape.
type form struct{ transA, transB, double, packed bool }

// product returns a function that computes one product.
func (f form) product(s shape.Shape) func() {
	aRows, aCols, bRows, bCols := s.M, s.K, s.K, s.N
	if f.transA {
		aRows, aCols = aCols, aRows
	}
	if f.transB {
		bRows, bCols = bCols, bRows
	}
	if f.double {
		a, b := kernels.NewMatrix64(aRows, aCols), kernels.NewMatrix64(bRows, bCols)
		c := kernels.NewMatrix64(s.M, s.N)
		fill(a.Data)
		fill(b.Data)
		return func() { kernels.Gemm64(f.transA, f.transB, 1, a, b, 0, c) }
	}
	a, b, c := kernels.NewMatrix(aRows, aCols), kernels.NewMatrix(bRows, bCols), kernels.NewMatrix(s.M, s.N)
	fill(a.Data)
	fill(b.Data)
	if f.packed {
		var p kernels.Packed
		p.Pack(f.transB, b)
		return func() { kernels.GemmPacked(f.transA, 1, a, &p, 0, c) }
	}
	return func() { kernels.Gemm(f.transA, f.transB, 1, a, b, 0, c) }
}

// fill sets x to small integers.
func fill[T float32 | float64](x []T) {
	for i := range x {
		x[i] = T(i%7) - 3
	}
}
