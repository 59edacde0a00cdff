package kernels

// Matrix64 is a row-major view of float64; see Matrix.
type Matrix64 struct {
	Rows, Cols int
	Stride     int
	Data       []float64
}

// NewMatrix64 returns a zero matrix with contiguous rows.
func NewMatrix64(rows, cols int) Matrix64 {
	newShape("NewMatrix64", rows, cols)
	return Matrix64{Rows: rows, Cols: cols, Stride: max(cols, 1), Data: make([]float64, newLength("NewMatrix64", rows, cols, 8))}
}

func (m Matrix64) extent() int { return extent(m.Rows, m.Cols, m.Stride) }

// Gemm64 is Gemm in float64: its chains are made of math.FMA, and the bound of their error has u = 2^-53.
func Gemm64(transA, transB bool, alpha float64, a, b Matrix64, beta float64, c Matrix64) {
	checkView("Gemm64", "a", a.Rows, a.Cols, a.Stride, len(a.Data))
	checkView("Gemm64", "b", b.Rows, b.Cols, b.Stride, len(b.Data))
	checkView("Gemm64", "c", c.Rows, c.Cols, c.Stride, len(c.Data))
	m, n, k := productSize("Gemm64", transA, transB, a.Rows, a.Cols, b.Rows, b.Cols, c.Rows, c.Cols)
	checkDisjoint("Gemm64", "c", c.Data[:c.extent()], "a", a.Data[:a.extent()])
	checkDisjoint("Gemm64", "c", c.Data[:c.extent()], "b", b.Data[:b.extent()])
	multiply(&product[float64]{
		transA: transA, transB: transB, alpha: alpha, a: view64(a), b: view64(b), c: view64(c), m: m, n: n, k: k,
	}, beta)
}
