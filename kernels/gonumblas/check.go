package gonumblas

import "gonum.org/v1/gonum/blas"

// must panics with one of the messages of gonum's BLAS unless ok.
func must(ok bool, message string) {
	if !ok {
		panic("blas: " + message)
	}
}

func mustSide(s blas.Side) { must(s == blas.Left || s == blas.Right, "illegal side") }

func mustUplo(ul blas.Uplo) { must(ul == blas.Lower || ul == blas.Upper, "illegal triangle") }

func mustTranspose(t blas.Transpose) {
	must(t == blas.NoTrans || t == blas.Trans || t == blas.ConjTrans, "illegal transpose")
}

func mustDiag(d blas.Diag) { must(d == blas.NonUnit || d == blas.Unit, "illegal diagonal") }

// mustStride panics where the rows of the operand named do not fit its stride.
func (x block[T]) mustStride(cols int, name string) {
	if x.stride < max(1, cols) {
		panic("blas: bad leading dimension of " + name)
	}
}

// mustHold panics where the operand named has too few elements.
func (x block[T]) mustHold(rows, cols int, name string) {
	if len(x.data) < x.stride*(rows-1)+cols {
		panic("blas: insufficient length of " + name)
	}
}
