package kernels

// Gemm64 is Gemm in float64: its chains are made of math.FMA, and the bound of their error has u = 2^-53.
func Gemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) {
	var va, vb, vc view[float64]
	va.set(a.Rows, a.Cols, a.Stride, a.Data)
	vb.set(b.Rows, b.Cols, b.Stride, b.Data)
	vc.set(c.Rows, c.Cols, c.Stride, c.Data)
	if multiplySmall(transA, transB, alpha, &va, &vb, beta, &vc) {
		return
	}
	a.check("Gemm64", "a")
	b.check("Gemm64", "b")
	c.check("Gemm64", "c")
	var p product[float64]
	p.m, p.n, p.k = productSize("Gemm64", transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkApart("Gemm64", "c", c.region(), "a", a.region())
	checkApart("Gemm64", "c", c.region(), "b", b.region())
	p.transA, p.transB, p.alpha = transA, transB, alpha
	p.a.set(a.Rows, a.Cols, a.Stride, a.Data)
	p.b.set(b.Rows, b.Cols, b.Stride, b.Data)
	p.c.set(c.Rows, c.Cols, c.Stride, c.Data)
	multiply(&p, beta)
}
