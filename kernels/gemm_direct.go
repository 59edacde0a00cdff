//go:build (amd64 || arm64) && !purego

package kernels

import "unsafe"

// multiplyDirect computes the product panel by panel, or two at a time, without packing anything.
func (p *product[T]) multiplyDirect(pairs bool) {
	tileCols := panelCols[T]()
	q := panelProduct[T]{m: p.m, k: p.k, a: &p.a.data[0], aRow: p.a.stride, aCol: 1, cRow: p.c.stride}
	if p.transA {
		q.aRow, q.aCol = q.aCol, q.aRow
	}
	q.aTile = tileRows * q.aRow
	for j := 0; j < p.n; j += tileCols {
		q.width = min(tileCols, p.n-j)
		if p.panels != nil {
			q.b, q.bRow, q.bPanel = &p.panels[j*p.k], tileCols, tileCols*p.k
		} else {
			q.b, q.bRow, q.bPanel = &p.b.data[j], p.b.stride, tileCols
		}
		p.place(&q, 0, j, true)
		if q.pair = pairs && j+2*tileCols <= p.n; q.pair {
			j += tileCols
		}
		q.multiply()
	}
	p.finishRows(0, p.m, 0, p.n)
}

// zeros is where fresh chains start: as many as a row has in the widest kernel, in either precision, from the
// beginning of a cache line on.
var zeros = func() unsafe.Pointer {
	const n = 128
	x := make([]float64, n+panelBytes/8)
	ahead := -uintptr(unsafe.Pointer(&x[0])) % panelBytes
	return unsafe.Pointer(&x[ahead/8])
}()

// place sets where the chains of a panel start and end: i, j is the first element of c. They start at c
// unless this is the first block of k of fresh ones.
func (p *product[T]) place(q *panelProduct[T], i, j int, first bool) {
	q.c = &p.c.data[i*p.c.stride+j]
	q.start, q.startRow = q.c, q.cRow
	if p.fresh && first {
		q.start, q.startRow = (*T)(zeros), 0
		if p.bias != nil {
			q.start = &p.bias[j]
		}
	}
}
