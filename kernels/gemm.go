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
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	kb, n := b.Rows, b.Cols
	if transB {
		kb, n = n, kb
	}
	if k != kb || c.Rows != m || c.Cols != n {
		panic(fmt.Sprintf("kernels: Gemm: op(a) is %dx%d, op(b) is %dx%d, c is %dx%d", m, k, kb, n, c.Rows, c.Cols))
	}
	checkDisjoint("Gemm", "c", c.Data[:c.extent()], "a", a.Data[:a.extent()])
	checkDisjoint("Gemm", "c", c.Data[:c.extent()], "b", b.Data[:b.extent()])
	if m == 0 || n == 0 {
		return
	}
	empty := k == 0 || alpha == 0
	if beta != 1 && (beta != 0 || empty) {
		scaleRows(c, beta)
	}
	if empty {
		return
	}
	gemm(&product{transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, m: m, n: n, k: k, fresh: beta == 0})
}

// MatMul computes dst = a*b; see Gemm.
func MatMul(dst, a, b Matrix) { Gemm(false, false, 1, a, b, 0, dst) }

// product is a matrix product c += alpha*op(a)*op(b) with sizes that fit.
type product struct {
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	m, n, k        int
	fresh          bool // the chains start at zero, c is not read
}

// scaleRows multiplies c by beta, which with beta == 0 sets it to zero without reading it.
func scaleRows(c Matrix, beta float32) {
	for i := range c.Rows {
		row := c.Row(i)
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}
