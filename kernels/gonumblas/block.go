package gonumblas

import "unsafe"

type float interface{ float32 | float64 }

// block is a row-major operand, whose size the routine knows: element (i, j) is data[i*stride+j].
type block[T float] struct {
	data   []T
	stride int
}

type (
	block32 = block[float32]
	block64 = block[float64]
)

// at is the block that begins at element (i, j), which must exist.
func (x block[T]) at(i, j int) block[T] { return block[T]{x.data[i*x.stride+j:], x.stride} }

// row is the first n elements of row i.
func (x block[T]) row(i, n int) []T { return x.data[i*x.stride : i*x.stride+n] }

// scale multiplies m rows of n elements by beta, and sets them to 0 without reading them where beta is 0.
func (x block[T]) scale(m, n int, beta T) {
	if beta == 1 {
		return
	}
	for i := range m {
		scale(x.row(i, n), beta)
	}
}

// shares reports whether the m by n block x and the r by c block y have an element in common. The blocks are
// not empty.
func (x block[T]) shares(m, n int, y block[T], r, c int) bool {
	return overlap(x.stretch(m, n), y.stretch(r, c)) && x.meets(m, n, y, r, c)
}

// stretch is the elements of m rows of n from the first to the last.
func (x block[T]) stretch(m, n int) []T { return x.data[:(m-1)*x.stride+n] }

// meets is shares for blocks that may be far from each other.
func (x block[T]) meets(m, n int, y block[T], r, c int) bool {
	size := int64(unsafe.Sizeof(*new(T)))
	ahead := int64(uintptr(unsafe.Pointer(&x.data[0]))) - int64(uintptr(unsafe.Pointer(&y.data[0])))
	step, width := int64(x.stride)*size, int64(n)*size
	period, covered := int64(y.stride)*size, int64(c)*size
	for i := range int64(m) {
		from := ahead + i*step
		if from+width <= 0 {
			continue
		}
		// Of the rows of y that begin before the row of x ends the last also ends last.
		last := min((from+width-1)/period, int64(r-1))
		if last*period+covered > from {
			return true
		}
	}
	return false
}
