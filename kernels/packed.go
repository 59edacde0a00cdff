package kernels

import "fmt"

// Packed is a matrix B made ready for products A*B: packed once, used often. Its zero value is an empty matrix; Pack
// fills it, and fills it again after an update without allocating, as long as the size does not grow.
type Packed struct {
	rows, cols int
	panels     []float32 // 16 columns each, rows*16 elements; columns beyond the last are zero
}

// Pack makes p a copy of op(b), the transpose of b if trans is set. Later changes of b do not show in p.
func (p *Packed) Pack(trans bool, b Matrix) {
	b.check("Packed.Pack", "b")
	p.rows, p.cols = b.Rows, b.Cols
	if trans {
		p.rows, p.cols = b.Cols, b.Rows
	}
	wide := panelCols[float32]()
	p.panels = resize(p.panels, (p.cols+wide-1)/wide*wide*p.rows)
	if p.rows == 0 {
		return
	}
	for j := 0; j < p.cols; j += wide {
		packPanel(p.panels[j*p.rows:], trans, view32(b), 0, p.rows, j, min(wide, p.cols-j))
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
	multiply(&product[float32]{
		transA: transA, alpha: alpha, a: view32(a), panels: b.panels, c: view32(c), m: m, n: b.cols, k: k,
	}, beta)
}

// packPanel sets dst[p*w+j] = op(b)[from+p][col+j] for p < rows and j < cols <= w, and to zero for other j < w, the
// width of a panel.
func packPanel[T float](dst []T, trans bool, b view[T], from, rows, col, cols int) {
	dst = dst[:panelCols[T]()*rows]
	if cols < panelCols[T]() {
		clear(dst)
	}
	if trans {
		packTransposed(dst, b.data[col*b.stride+from:], b.stride, cols, rows)
		return
	}
	packRows(dst, b.data[from*b.stride+col:], b.stride, cols, rows)
}

// packRowsGeneric sets dst[p*w+j] = src[p*stride+j] for p < rows and j < cols.
func packRowsGeneric[T float](dst, src []T, stride, cols, rows int) {
	wide := panelCols[T]()
	for p := range rows {
		copy(dst[p*wide:], src[p*stride:][:cols])
	}
}

// packTransposedGeneric sets dst[p*w+j] = src[j*stride+p] for p < rows and j < cols.
func packTransposedGeneric[T float](dst, src []T, stride, cols, rows int) {
	wide := panelCols[T]()
	for j := range cols {
		for p, x := range src[j*stride:][:rows] {
			dst[p*wide+j] = x
		}
	}
}

// resize returns n elements of unspecified value, in x's memory if it has room.
func resize[T float](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
