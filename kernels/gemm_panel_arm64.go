//go:build !purego

package kernels

import "unsafe"

// multiply computes a panel of c.
func (q *panelProduct[T]) multiply() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		switch {
		case q.width == 16:
			gemmPanel16NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow)
		case q.width > 8:
			gemmPanelTo16NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		default:
			gemmPanelTo8NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		}
	case *panelProduct[float64]:
		switch {
		case q.width == 8:
			gemm64Panel8NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow)
		case q.width > 4:
			gemm64PanelTo8NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		default:
			gemm64PanelTo4NEON(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		}
	}
}

// multiplyPacking computes the first tile of a panel of c, packs the panel of B that it reads, and returns the number of its
// rows.
func (q *panelProduct[T]) multiplyPacking(packed *T) int {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		packed := (*float32)(unsafe.Pointer(packed))
		gemmPackingNEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow)
	case *panelProduct[float64]:
		packed := (*float64)(unsafe.Pointer(packed))
		gemm64PackingNEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow)
	}
	return tileRows
}

// multiplyNarrow computes up to four float32 columns of c; q.m is a multiple of narrowRows. If transposed, q.aRow is the
// distance between columns of A, and that between rows is 1.
func (q *panelProduct[T]) multiplyNarrow(bCol int, transposed bool) {
	p, ok := any(q).(*panelProduct[float32])
	if !ok {
		panic("kernels: narrow products are float32")
	}
	switch {
	case p.width == 1 && transposed:
		gemmNarrowT1NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 1:
		gemmNarrow1NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 2 && transposed:
		gemmNarrowT2NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 2:
		gemmNarrow2NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 3 && transposed:
		gemmNarrowT3NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 3:
		gemmNarrow3NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case transposed:
		gemmNarrowT4NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	default:
		gemmNarrow4NEON(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	}
}

// multiplyWide computes one or two rows of widePanels panels of c.
func (q *panelProduct[T]) multiplyWide() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		if q.m == 1 {
			gemmRows1NEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		} else {
			gemmRows2NEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		}
	case *panelProduct[float64]:
		if q.m == 1 {
			gemm64Rows1NEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		} else {
			gemm64Rows2NEON(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		}
	}
}

// multiplyThin computes q.m rows of q.width columns of c.
func (q *panelProduct[T]) multiplyThin() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		gemmThinNEON(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
	case *panelProduct[float64]:
		gemm64ThinNEON(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
	}
}
