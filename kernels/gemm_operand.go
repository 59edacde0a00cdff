//go:build (amd64 || arm64) && !purego

package kernels

// operand is op(A) or op(B) where it lies: element (i, p) is data[i*row+p*col].
type operand[T float] struct {
	data     []T
	row, col int
}

// read makes o the elements of op(v) from (i, p) on.
func (o *operand[T]) read(v *view[T], trans bool, i, p int) {
	o.row, o.col = v.stride, 1
	if trans {
		o.row, o.col = o.col, o.row
	}
	o.data = v.data[i*o.row+p*o.col:]
}
