package kernels

import "fmt"

// Packed is a matrix B made ready for products A*B: packed once, used often. Its zero value is an empty
// matrix. Pack fills it, and fills it again after an update. Filling it again allocates nothing as long as
// the size does not grow.
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
	if p.rows == 0 || p.cols == 0 {
		p.panels = p.panels[:0]
		return
	}
	wide := panelCols[float32]()
	panels := (p.cols-1)/wide + 1
	p.panels = resize(p.panels, newLength("Packed.Pack", panels, p.rows, panelBytes)*wide)
	packPanels(p.panels, trans, view32(b), 0, p.rows, 0, p.cols)
}

// Size returns the numbers of rows and columns of op(b).
func (p *Packed) Size() (rows, cols int) { return p.rows, p.cols }

// GemmPacked computes C = alpha*op(A)*B + beta*C; see Gemm, whose result it has.
func GemmPacked(transA bool, alpha float32, a Matrix, b *Packed, beta float32, c Matrix) {
	if multiplySmallPacked(transA, alpha, a.view(), b, beta, c.view()) {
		return
	}
	var p product[float32]
	packedProduct(&p, "GemmPacked", transA, alpha, a, b, c)
	multiply(&p, beta)
}

// GemmPackedHadamard is GemmPacked and then C[i][j] *= F[i][j]; see GemmHadamard.
func GemmPackedHadamard(transA bool, alpha float32, a Matrix, b *Packed, beta float32, c, f Matrix) {
	var p product[float32]
	packedProduct(&p, "GemmPackedHadamard", transA, alpha, a, b, c)
	thenHadamard("GemmPackedHadamard", &p, c, f)
	multiply(&p, beta)
}

// packedProduct makes an empty p the product that GemmPacked computes, and panics if its operands do not fit.
func packedProduct(
	p *product[float32], function string, transA bool, alpha float32, a Matrix, b *Packed, c Matrix,
) {
	a.check(function, "a")
	c.check(function, "c")
	if b == nil {
		panic(fmt.Sprintf("kernels: %s: b is nil", function))
	}
	m, k := a.Rows, a.Cols
	if transA {
		m, k = k, m
	}
	if k != b.rows || c.Rows != m || c.Cols != b.cols {
		panic(fmt.Sprintf("kernels: %s: op(a) is %dx%d, b is %dx%d, c is %dx%d",
			function, m, k, b.rows, b.cols, c.Rows, c.Cols))
	}
	checkApart(function, "c", c.region(), "a", a.region())
	p.transA, p.alpha, p.panels = transA, alpha, b.panels
	p.m, p.n, p.k = m, b.cols, k
	p.a.set(a.Rows, a.Cols, a.Stride, a.Data)
	p.c.set(c.Rows, c.Cols, c.Stride, c.Data)
}

// packPanels packs rows of op(b) from row from on: panel q of dst, w columns wide, has
//
//	dst[(q*rows+p)*w+j] = op(b)[from+p][col+q*w+j]    for p < rows, j < w and q*w+j < cols
//
// and zero beyond the last column.
func packPanels[T float](dst []T, trans bool, b view[T], from, rows, col, cols int) {
	const together = 4
	wide := panelCols[T]()
	for cols > 0 {
		if n := together * wide; !trans && cols >= n {
			packWide(dst[:n*rows], b.data[from*b.stride+col:], b.stride, rows)
			dst, col, cols = dst[n*rows:], col+n, cols-n
			continue
		}
		n := min(wide, cols)
		packPanel(dst[:wide*rows], trans, b, from, rows, col, n)
		dst, col, cols = dst[wide*rows:], col+n, cols-n
	}
}

func packPanel[T float](dst []T, trans bool, b view[T], from, rows, col, cols int) {
	if cols < panelCols[T]() {
		clear(dst)
	}
	if trans {
		packTransposed(dst, b.data[col*b.stride+from:], b.stride, cols, rows)
		return
	}
	packRows(dst, b.data[from*b.stride+col:], b.stride, cols, rows)
}

// packWideGeneric packs four panels of rows.
func packWideGeneric[T float](dst, src []T, stride, rows int) {
	wide := panelCols[T]()
	for q := range 4 {
		packRowsGeneric(dst[q*wide*rows:], src[q*wide:], stride, wide, rows)
	}
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
