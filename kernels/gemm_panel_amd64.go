//go:build !purego

package kernels

import "unsafe"

// columns is the mask of the columns that are there.
func (q *panelProduct[T]) columns() uint32 { return 1<<q.width - 1 }

// offset is the address of the element n further.
func offset[T float](p *T, n int) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(p), n*int(unsafe.Sizeof(*p))))
}

// multiply computes a panel of c, or two.
func (q *panelProduct[T]) multiply() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		switch {
		case q.pair:
			gemmPanelsAVX512(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow, 0)
		case active == avx512:
			gemmPanelAVX512(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, 0, q.start, q.startRow, q.c, q.cRow, q.columns())
		case q.width == 16:
			gemmPanel16AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow)
		case q.width > 8:
			gemmPanelTo16AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		default:
			gemmPanelTo8AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		}
	case *panelProduct[float64]:
		switch {
		case q.pair:
			gemm64PanelsAVX512(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow, 0)
		case active == avx512:
			gemm64PanelAVX512(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, 0, q.start, q.startRow, q.c, q.cRow, q.columns())
		case q.width == 8:
			gemm64Panel8AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow)
		case q.width > 4:
			gemm64PanelTo8AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		default:
			gemm64PanelTo4AVX2(q.m, q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, q.start, q.startRow, q.c, q.cRow, q.width)
		}
	}
}

// multiplyPacking computes the first tile of a panel of c, or of two, packs the panels of B that it reads, and returns the
// number of its rows.
func (q *panelProduct[T]) multiplyPacking(packed *T) int {
	following := q.m - 2*tileRows
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		packed := (*float32)(unsafe.Pointer(packed))
		if q.pair {
			gemmPackingAVX512(q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow, following)
		} else {
			gemmPackingAVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow)
		}
	case *panelProduct[float64]:
		packed := (*float64)(unsafe.Pointer(packed))
		if q.pair {
			gemm64PackingAVX512(q.k, q.a, q.aRow, q.aCol, q.aTile, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow, following)
		} else {
			gemm64PackingAVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, packed, q.start, q.startRow, q.c, q.cRow)
		}
	}
	if q.pair {
		return 2 * tileRows
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
	// The AVX-512 kernels start all rows alike and read 32 of them at once, which is too many for the ways of the
	// first-level cache where all rows fall into one set.
	crowd := !transposed && p.aRow*4%pageBytes == 0
	if done := p.m &^ 15; active == avx512 && p.startRow == 0 && done > 0 && !crowd {
		narrow512(p, done, bCol, transposed)
		if done == p.m {
			return
		}
		step := p.aRow
		if transposed {
			step = 1
		}
		rest := *p
		rest.m -= done
		rest.a, rest.c = offset(p.a, done*step), offset(p.c, done*p.cRow)
		p = &rest
	}
	switch {
	case p.width == 1 && transposed:
		gemmNarrowT1AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 1:
		gemmNarrow1AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 2 && transposed:
		gemmNarrowT2AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 2:
		gemmNarrow2AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 3 && transposed:
		gemmNarrowT3AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case p.width == 3:
		gemmNarrow3AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	case transposed:
		gemmNarrowT4AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	default:
		gemmNarrow4AVX2(p.m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, p.startRow, p.c, p.cRow)
	}
}

// narrow512 computes the first m rows, a multiple of 16, with one start for all.
func narrow512(p *panelProduct[float32], m, bCol int, transposed bool) {
	switch {
	case p.width == 1 && transposed:
		gemmNarrowT1AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case p.width == 1:
		gemmNarrow1AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case p.width == 2 && transposed:
		gemmNarrowT2AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case p.width == 2:
		gemmNarrow2AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case p.width == 3 && transposed:
		gemmNarrowT3AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case p.width == 3:
		gemmNarrow3AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	case transposed:
		gemmNarrowT4AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	default:
		gemmNarrow4AVX512(m, p.k, p.a, p.aRow, p.b, p.bRow, bCol, p.start, 0, p.c, p.cRow)
	}
}

// multiplyWide computes one or two rows of widePanels panels of c.
func (q *panelProduct[T]) multiplyWide() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		switch {
		case q.m == 1 && active == avx512:
			gemmRows1AVX512(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		case q.m == 1:
			gemmRows1AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		case active == avx512:
			gemmRows2AVX512(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		default:
			gemmRows2AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		}
	case *panelProduct[float64]:
		switch {
		case q.m == 1 && active == avx512:
			gemm64Rows1AVX512(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		case q.m == 1:
			gemm64Rows1AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		case active == avx512:
			gemm64Rows2AVX512(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		default:
			gemm64Rows2AVX2(q.k, q.a, q.aRow, q.aCol, q.b, q.bRow, q.bPanel, q.start, q.startRow, q.c, q.cRow)
		}
	}
}

// multiplyThin computes q.m rows of q.width columns of c.
func (q *panelProduct[T]) multiplyThin() {
	switch q := any(q).(type) {
	case *panelProduct[float32]:
		if active == avx512 {
			gemmThinAVX512(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
		} else {
			gemmThinAVX2(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
		}
	case *panelProduct[float64]:
		if active == avx512 {
			gemm64ThinAVX512(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
		} else {
			gemm64ThinAVX2(q.m, q.width, q.k, q.a, q.aRow, q.aCol, q.b, q.start, q.startRow, q.c, q.cRow)
		}
	}
}
