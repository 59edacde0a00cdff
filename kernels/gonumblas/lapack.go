package gonumblas

import (
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Lapack is gonum's LAPACK with factorizations and what is made of them on this module's kernels, for
// lapack64.Use. It calls the methods of Float64, whatever BLAS is in use.
type Lapack struct{ gonum.Implementation }

var _ lapack.Float64 = Lapack{}

// demand panics with one of the messages of gonum's LAPACK unless ok.
func demand(ok bool, message string) {
	if !ok {
		panic("lapack: " + message)
	}
}

// demandStride panics where the rows of the matrix named do not fit its stride.
func (x block[T]) demandStride(cols int, name string) {
	if x.stride < max(1, cols) {
		panic("lapack: bad leading dimension of " + name)
	}
}

// demandElements panics where the matrix named has too few elements.
func (x block[T]) demandElements(rows, cols int, name string) {
	if len(x.data) < x.stride*(rows-1)+cols {
		panic("lapack: insufficient length of " + name)
	}
}
