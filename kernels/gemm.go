package kernels

import "fmt"

// Gemm computes C = alpha*op(A)*op(B) + beta*C, where op is the transpose if its flag is set. op(A) is m by
// k, op(B) is k by n, and C is m by n. Each element of C is one chain of fused multiply-adds in ascending
// order of k:
//
//	c = beta*C[i][j]          (0 if beta == 0, in which case C is not read)
//	for p = 0..k-1: c = fma(alpha*op(A)[i][p], op(B)[p][j], c)
//	C[i][j] = c
//
// With alpha == 0 the chain is empty and neither A nor B is read. C must not overlap A or B.
//
// Each link of the chain rounds once, so digits are lost as k grows. With u = 2^-24, alpha = 1 and beta = 0
// an element is off by at most
//
//	k u/(1 - k u) * (sum over p of |op(A)[i][p]| |op(B)[p][j]|)
//
// if nothing overflows or is subnormal (Higham, "Accuracy and stability of numerical algorithms", 2002,
// section 3.1). Another factor alpha adds one u of that sum. C that is added to adds one u of |beta C[i][j]|.
//
// Signs that change keep the chain short of the bound. For independent normals the error is below 10^-7 of
// the sum of magnitudes for k up to 10^6. The error grows where all products have one sign: z.z is off by
// 5e-7 of itself with k = 100, 5e-6 with 10^4, 3e-5 with 10^5 and 5e-4 with 10^6. Gemm64 has u = 2^-53. Parts
// of k computed in float32 and added up in float64 come close to it, but for each part's own error.
func Gemm(transA, transB bool, alpha float32, a, b Matrix, beta float32, c Matrix) {
	if multiplySmall(transA, transB, alpha, a.view(), b.view(), beta, c.view()) {
		return
	}
	var p product[float32]
	gemmProduct(&p, "Gemm", transA, transB, alpha, a, b, c)
	multiply(&p, beta)
}

// GemmHadamard is Gemm followed by C[i][j] *= F[i][j], while the finished rows are still in the cache. It is
// the backward pass of a layer whose activation had the slopes F. C overlaps neither A, B nor F.
func GemmHadamard(transA, transB bool, alpha float32, a, b Matrix, beta float32, c, f Matrix) {
	var p product[float32]
	gemmProduct(&p, "GemmHadamard", transA, transB, alpha, a, b, c)
	thenHadamard("GemmHadamard", &p, c, f)
	multiply(&p, beta)
}

// thenHadamard has a product multiplied by f when it is done.
func thenHadamard(function string, p *product[float32], c, f Matrix) {
	f.checkShape(function, "f", c.Rows, c.Cols)
	checkApart(function, "c", c.region(), "f", f.region())
	p.after = hadamardAfter
	p.y.set(f.Rows, f.Cols, f.Stride, f.Data)
}

// gemmProduct makes an empty p the product that Gemm computes, and panics if its operands do not fit.
func gemmProduct(p *product[float32], function string, transA, transB bool, alpha float32, a, b, c Matrix) {
	a.check(function, "a")
	b.check(function, "b")
	c.check(function, "c")
	p.m, p.n, p.k = productSize(function, transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkApart(function, "c", c.region(), "a", a.region())
	checkApart(function, "c", c.region(), "b", b.region())
	p.transA, p.transB, p.alpha = transA, transB, alpha
	p.a.set(a.Rows, a.Cols, a.Stride, a.Data)
	p.b.set(b.Rows, b.Cols, b.Stride, b.Data)
	p.c.set(c.Rows, c.Cols, c.Stride, c.Data)
}

// MatMul computes dst = a*b; see Gemm.
func MatMul(dst, a, b Matrix) { Gemm(false, false, 1, a, b, 0, dst) }

// productSize returns the sizes of a product and panics if they do not fit.
func productSize(
	function string, transA, transB bool, aRows, aCols, bRows, bCols, cRows, cCols int,
) (m, n, k int) {
	m, k = aRows, aCols
	if transA {
		m, k = k, m
	}
	kb, n := bRows, bCols
	if transB {
		kb, n = n, kb
	}
	if k != kb || cRows != m || cCols != n {
		panic(fmt.Sprintf("kernels: %s: op(a) is %dx%d, op(b) is %dx%d, c is %dx%d",
			function, m, k, kb, n, cRows, cCols))
	}
	return m, n, k
}
