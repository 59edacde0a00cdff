//go:build (amd64 || arm64) && !purego

package kernels

import "unsafe"

// multiplySmall computes a product that is worth no second core, whose operands are plainly right, and that
// is fastest in tiles, which is most of the small ones. It returns false where any of that is not so, and
// then has done nothing. A call costs about as much as the checks that it cannot do without.
func multiplySmall[T float](transA, transB bool, alpha T, a, b *view[T], beta T, c *view[T]) bool {
	// The checks of set stand here once more: together with those of B they cost less.
	m, n, k := c.rows, c.cols, b.rows
	q := blockProduct[T]{m: m, k: k, aRow: a.stride, aCol: 1}
	aRows, aCols := a.rows, a.cols
	if transA {
		aRows, aCols = aCols, aRows
		q.aRow, q.aCol = 1, a.stride
	}
	if transB || alpha != 1 || aRows != m || aCols != k || b.cols != n || active == generic ||
		!c.isPlain() || !a.isPlain() || !b.isPlain() || m*n*k >= blockingInUse().sharingWork ||
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
	q.a, q.c, q.cRow = unsafe.SliceData(a.data), unsafe.SliceData(c.data), c.stride
	q.b, q.bRow, q.bPanel = unsafe.SliceData(b.data), b.stride, panelCols[T]()
	if n == 1 && c.stride == 1 && m > 1 && (transA || k == 1 && a.stride == 1) {
		// A column of C whose elements lie side by side is a row, and the rows of A^T are vectors.
		q.m, n = 1, m
		q.a, q.b = q.b, q.a
		q.aCol, q.bRow = b.stride, a.stride
		q.startRow, q.cRow = 0, 0
	}
	return q.multiplySmall(n, false)
}

// multiplySmallPacked is multiplySmall with a B in panels.
func multiplySmallPacked(
	transA bool, alpha float32, a *view[float32], b *Packed, beta float32, c *view[float32],
) bool {
	var q blockProduct[float32]
	if b == nil || b.cols != c.cols || b.rows < 1 || !q.set(transA, alpha, a, beta, c, b.rows) {
		return false
	}
	q.b, q.bRow = &b.panels[0], panelCols[float32]()
	q.bPanel = q.bRow * b.rows
	return q.multiplySmall(c.cols, true)
}

// set sets all operands but B, if they are plainly right and the product is small. It returns whether it has.
func (q *blockProduct[T]) set(transA bool, alpha T, a *view[T], beta T, c *view[T], k int) bool {
	aRows, aCols := a.rows, a.cols
	q.m, q.k, q.aRow, q.aCol = c.rows, k, a.stride, 1
	if transA {
		aRows, aCols = aCols, aRows
		q.aRow, q.aCol = q.aCol, q.aRow
	}
	if alpha != 1 || aRows != c.rows || aCols != k || active == generic || !c.isPlain() || !a.isPlain() ||
		c.rows*c.cols*k >= blockingInUse().sharingWork || c.isNear(a) {
		return false
	}
	q.a, q.c, q.cRow = unsafe.SliceData(a.data), unsafe.SliceData(c.data), c.stride
	switch beta {
	case 0:
		return true
	case 1:
		q.start, q.startRow = q.c, q.cRow
		return true
	}
	return false
}

// multiplySmall computes a product of n columns in tiles, and returns false where that is not fastest.
func (q *blockProduct[T]) multiplySmall(n int, packed bool) bool {
	t := blockingInUse().tiling
	if t.half != nil && n*sizeOf[T]() <= panelBytes/2 {
		t = t.half
	}
	shift := t.vectorShift(sizeOf[T]())
	near := q.m*q.k < narrowWork && q.bRow*q.k*sizeOf[T]() <= firstLevelBytes
	if vectors := ceilShift(n, shift); near && t.isTile(q.m, vectors) {
		q.rows, q.width = q.m, n-(vectors-1)<<(shift&63)
		q.multiply(vectors, t)
		return true
	}
	p, ok := t.plan(q.m, n, q.k, sizeOf[T](), q.bRow, q.cRow, q.aCol != 1, packed)
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
