package gonumblas

import (
	"unsafe"

	"github.com/seed964deb49/langevin/kernels"
)

// is32 reports whether T is float32. The compiler knows.
func is32[T float]() bool { return unsafe.Sizeof(*new(T)) == 4 }

func as32[T float](x []T) []float32 { return *(*[]float32)(unsafe.Pointer(&x)) }

func as64[T float](x []T) []float64 { return *(*[]float64)(unsafe.Pointer(&x)) }

// matrix32 and matrix64 are m rows of n elements as the kernels want them.
func (x block[T]) matrix32(m, n int) kernels.Matrix {
	return kernels.Matrix{Rows: m, Cols: n, Stride: x.stride, Data: as32(x.data)}
}

func (x block[T]) matrix64(m, n int) kernels.Matrix64 {
	return kernels.Matrix64{Rows: m, Cols: n, Stride: x.stride, Data: as64(x.data)}
}

// multiply computes the m by n matrix C = alpha*op(A)*op(B) + beta*C, in which op(A) has k columns.
func multiply[T float](tA, tB bool, m, n, k int, alpha T, a, b block[T], beta T, c block[T]) {
	const aside = 36 // elements of A or B that are worth a copy, with which a product is the kernels' fastest
	if (tB || alpha != 1 || beta != 0 && beta != 1) && n*k <= aside && m*k <= aside {
		multiplyAside(tA, tB, m, n, k, alpha, a, b, beta, c)
		return
	}
	multiplyPlain(tA, tB, m, n, k, alpha, a, b, beta, c)
}

// multiplyAside is multiply with the same chains. It copies alpha*op(A) and op(B).
func multiplyAside[T float](tA, tB bool, m, n, k int, alpha T, a, b block[T], beta T, c block[T]) {
	w := borrow[T](m*k + k*n)
	p, q := block[T]{w.data[:m*k], k}, b
	p.copyScaled(tA, m, k, alpha, a)
	if tB {
		q = block[T]{w.data[m*k : m*k+k*n], n}
		q.copyScaled(true, k, n, 1, b)
	}
	if beta != 0 {
		c.scale(m, n, beta)
		beta = 1
	}
	multiplyPlain(false, false, m, n, k, 1, p, q, beta, c)
	w.giveBack()
}

// copyScaled sets m rows of n elements to alpha*op(y).
func (x block[T]) copyScaled(trans bool, m, n int, alpha T, y block[T]) {
	row, col := y.stride, 1
	if trans {
		row, col = 1, y.stride
	}
	for i := range m {
		at := i * row
		to := x.row(i, n)
		for j := range to {
			to[j] = alpha * y.data[at]
			at += col
		}
	}
}

func multiplyPlain[T float](tA, tB bool, m, n, k int, alpha T, a, b block[T], beta T, c block[T]) {
	ar, ac, br, bc := m, k, k, n
	if tA {
		ar, ac = ac, ar
	}
	if tB {
		br, bc = bc, br
	}
	if is32[T]() {
		kernels.Gemm(tA, tB, float32(alpha), a.matrix32(ar, ac), b.matrix32(br, bc), float32(beta),
			c.matrix32(m, n))
		return
	}
	kernels.Gemm64(tA, tB, float64(alpha), a.matrix64(ar, ac), b.matrix64(br, bc), float64(beta),
		c.matrix64(m, n))
}

// rowSums adds beta*y to the product of the vector x and the matrix A of len(x) rows, beta being 0 or 1. It
// is the kernels' Gemm with one row. Of a large A, which lies outside the caches, it takes some whole rows at
// a time, so that memory is read in order.
func rowSums[T float](y, x []T, a block[T], beta T) {
	const large, tall = 1 << 16, 64
	if n := len(y); len(x) > tall && len(x)*n > large {
		for ; len(x) > tall; x, a = x[tall:], a.at(tall, 0) {
			multiplyPlain(false, false, 1, n, tall, 1, block[T]{x, tall}, a, beta, block[T]{y, n})
			beta = 1
		}
	}
	multiplyPlain(false, false, 1, len(y), len(x), 1, block[T]{x, len(x)}, a, beta, block[T]{y, len(y)})
}

// rowDots sets dst to the product of the matrix A of len(dst) rows and the vector x.
func rowDots[T float](dst []T, a block[T], x []T) {
	if is32[T]() {
		kernels.DotRows(as32(dst), a.matrix32(len(dst), len(x)), as32(x))
		return
	}
	kernels.DotRows64(as64(dst), a.matrix64(len(dst), len(x)), as64(x))
}

// inner is the kernels' Dot. Up to eight elements are summed here in the same order, from a positive zero.
func inner[T float](x, y []T) T {
	switch n := len(x); {
	case n > 8:
	case n > 3:
		return innerEight(x, y[:n])
	case n == 3:
		return T(x[0]*y[0]) + T(x[2]*y[2]) + T(x[1]*y[1]) + 0
	case n == 2:
		return T(x[0]*y[0]) + T(x[1]*y[1]) + 0
	case n == 1:
		return T(x[0]*y[0]) + 0
	default:
		return 0
	}
	if is32[T]() {
		return T(kernels.Dot(as32(x), as32(y)))
	}
	return T(kernels.Dot64(as64(x), as64(y)))
}

// innerEight is inner for four to eight elements.
func innerEight[T float](x, y []T) T {
	a, b, c, d := T(x[0]*y[0]), T(x[1]*y[1]), T(x[2]*y[2]), T(x[3]*y[3])
	switch len(x) {
	case 8:
		d += T(x[7] * y[7])
		fallthrough
	case 7:
		c += T(x[6] * y[6])
		fallthrough
	case 6:
		b += T(x[5] * y[5])
		fallthrough
	case 5:
		a += T(x[4] * y[4])
	}
	return (a + c) + (b + d) + 0
}

// few is the elements that are not worth a call of Axpy.
const few = 3

// addMultiple is the kernels' Axpy: y = fma(a, x, y).
func addMultiple[T float](y []T, a T, x []T) {
	if len(x) <= few {
		addMultipleStrided(len(x), a, x, 0, 1, y, 0, 1)
		return
	}
	if is32[T]() {
		kernels.Axpy(as32(y), float32(a), as32(x))
		return
	}
	kernels.Axpy64(as64(y), float64(a), as64(x))
}

// addScaled sets y to x + beta*y, where beta*y is rounded first.
func addScaled[T float](y, x []T, beta T) {
	if is32[T]() {
		kernels.Axpby(as32(y), 1, as32(x), float32(beta), as32(y))
		return
	}
	kernels.Axpby64(as64(y), 1, as64(x), float64(beta), as64(y))
}

// scale multiplies x by a, and sets it to 0 without reading it where a is 0.
func scale[T float](x []T, a T) {
	switch {
	case a == 0:
		clear(x)
	case len(x) < 12:
		for i := range x {
			x[i] *= a
		}
	case is32[T]():
		kernels.Scale(as32(x), float32(a), as32(x))
	default:
		kernels.Scale64(as64(x), float64(a), as64(x))
	}
}

// multiples sets dst to a*x.
func multiples[T float](dst []T, a T, x []T) {
	if is32[T]() {
		kernels.Scale(as32(dst), float32(a), as32(x))
		return
	}
	kernels.Scale64(as64(dst), float64(a), as64(x))
}

// magnitudes is the kernels' Asum.
func magnitudes[T float](x []T) T {
	switch len(x) {
	case 1:
		return abs(x[0])
	case 2:
		return abs(x[0]) + abs(x[1])
	case 3:
		return abs(x[0]) + abs(x[2]) + abs(x[1])
	case 4:
		return (abs(x[0]) + abs(x[2])) + (abs(x[1]) + abs(x[3]))
	}
	if is32[T]() {
		return T(kernels.Asum(as32(x)))
	}
	return T(kernels.Asum64(as64(x)))
}

// norm is the kernels' Norm.
func norm[T float](x []T) T {
	if is32[T]() {
		return T(kernels.Norm(as32(x)))
	}
	return T(kernels.Norm64(as64(x)))
}

// largest is the kernels' Iamax.
func largest[T float](x []T) int {
	if is32[T]() {
		return kernels.Iamax(as32(x))
	}
	return kernels.Iamax64(as64(x))
}

// exchange is the kernels' Swap.
func exchange[T float](x, y []T) {
	if is32[T]() {
		kernels.Swap(as32(x), as32(y))
		return
	}
	kernels.Swap64(as64(x), as64(y))
}

// rotate is the kernels' Rotate.
func rotate[T float](x, y []T, c, s T) {
	if is32[T]() {
		kernels.Rotate(as32(x), as32(y), float32(c), float32(s))
		return
	}
	kernels.Rotate64(as64(x), as64(y), float64(c), float64(s))
}
