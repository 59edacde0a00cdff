package kernels

// Gemm64 is Gemm in float64: its chains are made of math.FMA, and the bound of their error has u = 2^-53.
func Gemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) {
	a.check("Gemm64", "a")
	b.check("Gemm64", "b")
	c.check("Gemm64", "c")
	m, n, k := productSize("Gemm64", transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkApart("Gemm64", "c", c.region(), "a", a.region())
	checkApart("Gemm64", "c", c.region(), "b", b.region())
	multiply(&product[float64]{
		transA: transA, transB: transB, alpha: alpha, a: view64(a), b: view64(b), c: view64(c), m: m, n: n, k: k,
	}, beta)
}
