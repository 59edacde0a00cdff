//go:build (amd64 || arm64) && !purego

package kernels

// operand is op(A) or op(B) where it lies: element (i, p) is data[i*row+p*col].
type operand[T float] struct {
	data     []T
	row, col int
}

// operandOf returns op(v).
func operandOf[T float](v view[T], trans bool) operand[T] {
	if trans {
		return operand[T]{v.data, 1, v.stride}
	}
	return operand[T]{v.data, v.stride, 1}
}

// from returns the operand from element (i, p) on.
func (o operand[T]) from(i, p int) operand[T] {
	o.data = o.data[i*o.row+p*o.col:]
	return o
}
