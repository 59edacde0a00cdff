//go:build amd64 && !purego

package kernels

import "unsafe"

// smallWork is the number of multiply-adds below which a product has one core whatever happens.
const smallWork = 1 << 17

// multiplySmall computes a product whose operands are plainly right and whose plan is plain: small, on one core, by
// blocks or as a narrow one. It returns false where any of that is not so, and then has done nothing.
func multiplySmall[T float](transA, transB bool, alpha T, a, b *view[T], beta T, c *view[T]) bool {
	m, n, k := c.rows, c.cols, b.rows
	q := blockProduct[T]{m: m, k: k, aRow: a.stride, aCol: 1}
	aRows, aCols := a.rows, a.cols
	if transA {
		aRows, aCols = aCols, aRows
		q.aRow, q.aCol = 1, a.stride
	}
	if transB || alpha != 1 || aRows != m || aCols != k || b.cols != n || active == generic ||
		!c.isPlain() || !a.isPlain() || !b.isPlain() || m*n*k >= smallWork || c.meets(a) || c.meets(b) {
		return false
	}
	q.a, q.b, q.c = unsafe.SliceData(a.data), unsafe.SliceData(b.data), unsafe.SliceData(c.data)
	q.bRow, q.cRow, q.bPanel = b.stride, c.stride, panelCols[T]()
	switch beta {
	case 0:
	case 1:
		q.start, q.startRow = q.c, q.cRow
	default:
		return false
	}
	if b.stride*k*sizeOf[T]() > nearBytes {
		q.ahead = 8 * b.stride
	}
	if n <= narrowCols && m >= narrowRows && k >= narrowLeast && sizeOf[T]() == 4 {
		q.multiplyNarrow(n, transA)
		return true
	}
	if active == avx512 {
		q.multiplyBlocks(n, blocksAVX512)
	} else {
		q.multiplyBlocks(n, blocksAVX2)
	}
	return true
}

// nearBytes of B stay in the first-level cache.
const nearBytes = 1 << 15

// isPlain reports whether the view has elements and is one that its data can hold, with sides so short that no product of
// them overflows.
func (v *view[T]) isPlain() bool {
	const most = 1 << 20
	return uint(v.rows-1) < most && uint(v.cols-1) < most && v.stride >= v.cols && v.stride < 1<<40 &&
		(v.rows-1)*v.stride+v.cols <= len(v.data)
}

// meets reports whether the stretches of v and w from first element to last have memory in common.
func (v *view[T]) meets(w *view[T]) bool {
	from, other := uintptr(unsafe.Pointer(unsafe.SliceData(v.data))), uintptr(unsafe.Pointer(unsafe.SliceData(w.data)))
	return from < other+w.stretch() && other < from+v.stretch()
}

// stretch is the bytes from the first element to the last.
func (v *view[T]) stretch() uintptr {
	return uintptr((v.rows-1)*v.stride+v.cols) * unsafe.Sizeof(*new(T))
}

func sizeOf[T float]() int { return int(unsafe.Sizeof(*new(T))) }

var narrowLeast = 1

// multiplyNarrow computes a product of few columns by vectors along the rows of A. Rows that fill no vector are computed
// once more with those before them, which gives the same values unless a chain goes on from C.
func (q *blockProduct[T]) multiplyNarrow(n int, transposed bool) {
	p := panelProduct[T]{
		m: q.m &^ (narrowRows - 1), k: q.k, a: q.a, aRow: q.aRow, b: q.b, bRow: q.bRow, c: q.c, cRow: q.cRow, width: n,
		start: q.start, startRow: q.startRow,
	}
	if transposed {
		p.aRow = q.aCol
	}
	if q.start == nil {
		p.start = (*T)(zeros)
	}
	p.multiplyNarrow(1, transposed)
	done := p.m
	if done == q.m {
		return
	}
	if q.start == nil {
		from := q.m - narrowRows
		p.m, p.a, p.c = narrowRows, offset(q.a, from*q.aRow), offset(q.c, from*q.cRow)
		p.multiplyNarrow(1, transposed)
		return
	}
	q.m -= done
	q.a, q.c, q.start = offset(q.a, done*q.aRow), offset(q.c, done*q.cRow), offset(q.start, done*q.startRow)
	q.rows, q.width = q.m, n
	q.multiply(1)
}
