//go:build (amd64 || arm64) && !purego

package kernels

import "unsafe"

// multiplySmall computes a product that is worth no second core, whose operands are plainly right, and that
// is fastest in tiles, which is most of the small ones. It returns false where any of that is not so, and
// then has done nothing. A call costs about as much as the checks that it cannot do without.
func multiplySmall[T float](transA, transB bool, alpha T, a, b *view[T], beta T, c *view[T]) bool {
	blocking := blockingInUse()
	m, n, k := c.rows, c.cols, b.rows
	q := blockProduct[T]{m: m, k: k, aRow: a.stride, aCol: 1}
	aRows, aCols := a.rows, a.cols
	if transA {
		aRows, aCols = aCols, aRows
		q.aRow, q.aCol = 1, a.stride
	}
	if transB || alpha != 1 || aRows != m || aCols != k || b.cols != n || active == generic ||
		!c.isPlain() || !a.isPlain() || !b.isPlain() || m*n*k >= blocking.sharingWork ||
		c.isNear(a) || c.isNear(b) {
		return false
	}
	switch beta {
	case 0:
	case 1:
		q.start, q.startRow = unsafe.SliceData(c.data), c.stride
	default:
		return false
	}
	t := blocking.tiling
	q.a, q.b, q.c = unsafe.SliceData(a.data), unsafe.SliceData(b.data), unsafe.SliceData(c.data)
	q.bRow, q.cRow, q.bPanel = b.stride, c.stride, panelCols[T]()
	if n == 1 && c.stride == 1 && m > 1 && (transA || k == 1 && a.stride == 1) {
		// A column of C whose elements lie side by side is a row, and the rows of A^T are vectors.
		q.m, m, n = 1, 1, m
		q.a, q.b = q.b, q.a
		q.aCol, q.bRow = b.stride, a.stride
		q.startRow, q.cRow = 0, 0
	}
	if t.half != nil && n*sizeOf[T]() <= panelBytes/2 {
		t = t.half
	}
	shift := t.vectorShift(sizeOf[T]())
	near := m*k < narrowWork && q.bRow*k*sizeOf[T]() <= firstLevelBytes
	if vectors := ceilShift(n, shift); near && t.isTile(m, vectors) {
		q.rows, q.width = m, n-(vectors-1)<<(shift&63)
		q.multiply(vectors, t)
		return true
	}
	p, ok := t.plan(m, n, k, sizeOf[T](), q.bRow, q.cRow, q.aCol != 1, false)
	if !ok {
		return false
	}
	q.ahead, q.far = p.ahead*q.bRow, p.far
	q.multiplyTiles(n, t, &p)
	return true
}

// isTile reports whether a matrix of so many rows and vectors is one tile, and fastest as one.
func (t *tiling) isTile(m, vectors int) bool {
	return m <= tilingSide && vectors <= tilingSide && t.tiles[m][vectors]
}

// isPlain reports whether the view has elements and is one that its data can hold, with sides so short that
// no product of them overflows.
func (v *view[T]) isPlain() bool {
	const most = 1 << 20
	return uint(v.rows-1) < most && uint(v.cols-1) < most && v.stride >= v.cols && v.stride < 1<<40 &&
		(v.rows-1)*v.stride+v.cols <= len(v.data)
}

// isNear reports whether the stretches of v and w from first element to last have memory in common.
func (v *view[T]) isNear(w *view[T]) bool {
	from := uintptr(unsafe.Pointer(unsafe.SliceData(v.data)))
	other := uintptr(unsafe.Pointer(unsafe.SliceData(w.data)))
	return from < other+w.stretch() && other < from+v.stretch()
}

// stretch is the bytes from the first element to the last.
func (v *view[T]) stretch() uintptr {
	return uintptr((v.rows-1)*v.stride+v.cols) * unsafe.Sizeof(*new(T))
}
