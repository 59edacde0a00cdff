package kernels

import "fmt"

// Packed is a matrix B made ready for products A*B: packed once, used often. Its zero value is an empty matrix; Pack
// fills it, and fills it again after an update without allocating, as long as the size does not grow.
type Packed struct {
	rows, cols int
	panels     []float32 // 16 columns each, rows*16 elements; columns beyond the last are zero
}

const panelCols = 16

// Pack makes p a copy of op(b), the transpose of b if trans is set. Later changes of b do not show in p.
func (p *Packed) Pack(trans bool, b Matrix) {
	b.check("Packed.Pack", "b")
	p.rows, p.cols = b.Rows, b.Cols
	if trans {
		p.rows, p.cols = b.Cols, b.Rows
	}
	panels := (p.cols + panelCols - 1) / panelCols
	p.panels = resize(p.panels, panels*panelCols*p.rows)
	if p.rows == 0 {
		return
	}
	for i := range panels {
		j := i * panelCols
		packPanel(p.panels[j*p.rows:], trans, b, 0, p.rows, j, min(panelCols, p.cols-j))
	}
}

// Size returns the numbers of rows and columns of op(b).
func (p *Packed) Size() (rows, cols int) { return p.rows, p.cols }

// GemmPacked computes C = alpha*op(A)*B + beta*C; see Gemm, whose result it has.
func GemmPacked(transA bool, alpha float32, a Matrix, b *Packed, beta float32, c Matrix) {
	a.check("GemmPacked", "a")
	c.check("GemmPacked", "c")
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	if k != b.rows || c.Rows != m || c.Cols != b.cols {
		panic(fmt.Sprintf("kernels: GemmPacked: op(a) is %dx%d, b is %dx%d, c is %dx%d", m, k, b.rows, b.cols, c.Rows, c.Cols))
	}
	checkDisjoint("GemmPacked", "c", c.Data[:c.extent()], "a", a.Data[:a.extent()])
	multiply(&product{transA: transA, alpha: alpha, a: a, packed: b, c: c, m: m, n: b.cols, k: k}, beta)
}

// packPanel sets dst[p*16+j] = op(b)[from+p][col+j] for p < rows and j < cols <= 16, and to zero for other j < 16.
func packPanel(dst []float32, trans bool, b Matrix, from, rows, col, cols int) {
	dst = dst[:panelCols*rows]
	if cols < panelCols {
		clear(dst)
	}
	if trans {
		packTransposed(dst, b.Data[col*b.Stride+from:], b.Stride, cols, rows)
		return
	}
	packRows(dst, b.Data[from*b.Stride+col:], b.Stride, cols, rows)
}

func packRowsGeneric(dst, src []float32, stride, cols, rows int) {
	for p := range rows {
		copy(dst[p*panelCols:], src[p*stride:][:cols])
	}
}

func packTransposedGeneric(dst, src []float32, stride, cols, rows int) {
	for j := range cols {
		for p, x := range src[j*stride:][:rows] {
			dst[p*panelCols+j] = x
		}
	}
}

// resize returns n elements of unspecified value, in x's memory if it has room.
func resize(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n)
	}
	return x[:n]
}
