package kernels

import "fmt"

// Gemm computes C = alpha*op(A)*op(B) + beta*C, where op is the transpose if its flag is set. With op(A) m by k and
// op(B) k by n, C is m by n, and each of its elements is one chain of fused multiply-adds in ascending order of k:
//
//	c = beta*C[i][j]          (0 if beta == 0, in which case C is not read)
//	for p = 0..k-1: c = fma(alpha*op(A)[i][p], op(B)[p][j], c)
//	C[i][j] = c
//
// With alpha == 0 the chain is empty and neither A nor B is read. C must not overlap A or B.
func Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	a.check("Gemm", "a")
	b.check("Gemm", "b")
	c.check("Gemm", "c")
	m, n, k := productSize("Gemm", transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkDisjoint("Gemm", "c", c.Data[:c.extent()], "a", a.Data[:a.extent()])
	checkDisjoint("Gemm", "c", c.Data[:c.extent()], "b", b.Data[:b.extent()])
	multiply(&product[float32]{
		transA: transA, transB: transB, alpha: alpha, a: view32(a), b: view32(b), c: view32(c), m: m, n: n, k: k,
	}, beta)
}

// MatMul computes dst = a*b; see Gemm.
func MatMul(dst, a, b Matrix) { Gemm(false, false, 1, a, b, 0, dst) }

// productSize returns the sizes of a product and panics if they do not fit.
func productSize(function string, transA, transB bool, aRows, aCols, bRows, bCols, cRows, cCols int) (m, n, k int) {
	m, k = aRows, aCols
	if transA {
		m, k = k, m
	}
	kb, n := bRows, bCols
	if transB {
		kb, n = n, kb
	}
	if k != kb || cRows != m || cCols != n {
		panic(fmt.Sprintf("kernels: %s: op(a) is %dx%d, op(b) is %dx%d, c is %dx%d", function, m, k, kb, n, cRows, cCols))
	}
	return m, n, k
}
