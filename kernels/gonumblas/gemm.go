package gonumblas

import "gonum.org/v1/gonum/blas"

// gemm is Gemm, and reports false where c shares elements with a or b, and nothing was done.
func gemm[T float](tA, tB blas.Transpose, m, n, k int, alpha T, a, b block[T], beta T, c block[T]) bool {
	mustTranspose(tA)
	mustTranspose(tB)
	must(m >= 0, "m < 0")
	must(n >= 0, "n < 0")
	must(k >= 0, "k < 0")
	ar, ac, br, bc := m, k, k, n
	if tA != blas.NoTrans {
		ar, ac = ac, ar
	}
	if tB != blas.NoTrans {
		br, bc = bc, br
	}
	a.mustStride(ac, "A")
	b.mustStride(bc, "B")
	c.mustStride(n, "C")
	if m == 0 || n == 0 {
		return true
	}
	a.mustHold(ar, ac, "a")
	b.mustHold(br, bc, "b")
	c.mustHold(m, n, "c")
	if alpha == 0 || k == 0 {
		c.scale(m, n, beta)
		return true
	}
	if m*n*k <= fewTerms && (m*n*k < 8 || tB != blas.NoTrans || alpha != 1 || beta != 0) {
		multiplyFew(tA != blas.NoTrans, tB != blas.NoTrans, m, n, k, alpha, a, b, beta, c)
		return true
	}
	if c.shares(m, n, a, ar, ac) || c.shares(m, n, b, br, bc) {
		return false
	}
	multiply(tA != blas.NoTrans, tB != blas.NoTrans, m, n, k, alpha, a, b, beta, c)
	return true
}

// fewTerms is the terms of a product that are not worth a call.
const fewTerms = 8

// multiplyFew is multiply with the same chains for a tiny product, of which all is read before C is written.
func multiplyFew[T float](tA, tB bool, m, n, k int, alpha T, a, b block[T], beta T, c block[T]) {
	ar, ac, br, bc := a.stride, 1, b.stride, 1
	if tA {
		ar, ac = ac, ar
	}
	if tB {
		br, bc = bc, br
	}
	var sums [fewTerms]T
	for i := range m {
		for j := range n {
			var sum T
			if beta != 0 {
				sum = beta * c.data[i*c.stride+j]
			}
			sum = chain(sum, alpha, a.data[i*ar:], ac, b.data[j*bc:], br, k)
			sums[(i*n+j)&(fewTerms-1)] = sum
		}
	}
	for i := range m {
		copy(c.row(i, n), sums[i*n:])
	}
}
