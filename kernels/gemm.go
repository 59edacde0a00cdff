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
	p := gemmProduct("Gemm", transA, transB, alpha, a, b, c)
	multiply(&p, beta)
}

// GemmHadamard is Gemm and then C[i][j] *= F[i][j], while the finished rows are still in the cache. It is the backward pass of
// a layer whose activation had the slopes F. C overlaps neither A, B nor F.
func GemmHadamard(transA, transB bool, alpha float32, a, b Matrix, beta float32, c, f Matrix) {
	p := gemmProduct("GemmHadamard", transA, transB, alpha, a, b, c)
	thenHadamard("GemmHadamard", &p, c, f)
	multiply(&p, beta)
}

// thenHadamard has a product multiplied by f when it is done.
func thenHadamard(function string, p *product[float32], c, f Matrix) {
	f.checkShape(function, "f", c.Rows, c.Cols)
	checkDisjoint(function, "c", c.Data[:c.extent()], "f", f.Data[:f.extent()])
	p.after, p.y = hadamardAfter, view32(f)
}

// gemmProduct returns the product that Gemm computes, and panics if its operands do not fit.
func gemmProduct(function string, transA, transB bool, alpha float32, a, b, c Matrix) product[float32] {
	a.check(function, "a")
	b.check(function, "b")
	c.check(function, "c")
	m, n, k := productSize(function, transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkDisjoint(function, "c", c.Data[:c.extent()], "a", a.Data[:a.extent()])
	checkDisjoint(function, "c", c.Data[:c.extent()], "b", b.Data[:b.extent()])
	return product[float32]{
		transA: transA, transB: transB, alpha: alpha, a: view32(a), b: view32(b), c: view32(c), m: m, n: n, k: k,
	}
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
