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
	multiply(&product{transA: transA, transB: transB, alpha: alpha, a: a, b: b, c: c, m: m, n: n, k: k}, beta)
}

// MatMul computes dst = a*b; see Gemm.
func MatMul(dst, a, b Matrix) { Gemm(false, false, 1, a, b, 0, dst) }

// product is a matrix product c = alpha*op(a)*op(b) + c with sizes that fit, and what may follow it.
type product struct {
	transA, transB bool
	alpha          float32
	a, b, c        Matrix
	packed         *Packed // op(b), if not nil
	m, n, k        int
	fresh          bool      // the chains start at the bias, c is not read
	bias           []float32 // one a column; nil is zero
	silu           bool      // then y = SiLU(c)
	y              Matrix
}

// multiply computes a product that adds to beta*c.
func multiply(p *product, beta float32) {
	if p.m == 0 || p.n == 0 {
		return
	}
	p.fresh = beta == 0
	if !p.fresh && beta != 1 {
		scaleRows(p.c, beta)
	}
	if p.k > 0 && p.alpha != 0 {
		gemm(p)
		return
	}
	for i := range p.m {
		p.begin(i)
		p.finish(i, 0, p.n)
	}
}

// begin sets row i of c to where its chains start.
func (p *product) begin(i int) {
	if p.fresh {
		row := p.c.Row(i)
		clear(row)
		copy(row, p.bias)
	}
}

// finish applies the activation to columns from to to-1 of row i.
func (p *product) finish(i, from, to int) {
	if p.silu {
		silu(p.y.Row(i)[from:to], p.c.Row(i)[from:to])
	}
}

// scaleRows multiplies c by beta.
func scaleRows(c Matrix, beta float32) {
	for i := range c.Rows {
		row := c.Row(i)
		for j := range row {
			row[j] *= beta
		}
	}
}
