//go:build amd64 && !purego

package kernels

import "unsafe"

// block holds the arguments of a kernel of blocks, in the order in which gen/kernel has them.
type block[T float] struct {
	m, rows, k int
	a          *T
	aRow, aCol int
	b          *T
	bRow       int
	start      *T
	startRow   int
	c          *T
	cRow       int
	width      int
}

type blockTable struct {
	lanes  int // of float32
	height [2][blockVectors + 1]uint8
	choice [25][25]uint8
}

const blockVectors = 12

var blocks512, blocks2 = newBlockTable(31, 31, 16), newBlockTable(15, 14, 8)

func newBlockTable(whole, cut, lanes int) *blockTable {
	t := &blockTable{lanes: lanes}
	for c, registers := range []int{whole, cut} {
		for v := 1; v <= blockVectors; v++ {
			rows := 1
			for rows < 12 && (rows+1)*v+min(rows+1, v) <= registers {
				rows++
			}
			t.height[c][v] = uint8(rows)
		}
	}
	for m := 1; m <= 24; m++ {
		for vectors := 1; vectors <= 24; vectors++ {
			best := 1e18
			for v := 1; v <= min(vectors, blockVectors); v++ {
				blocks := ceilDiv(vectors, v)
				if ceilDiv(vectors, blocks) != v {
					continue
				}
				cost := 0.0
				for i := range blocks {
					w := (i+1)*vectors/blocks - i*vectors/blocks
					tiles := ceilDiv(m, int(t.height[1][w]))
					for j := range tiles {
						r := (j+1)*m/tiles - j*m/tiles
						loads := r + w
						if v == 1 && r > 1 {
							loads = r + 1
						}
						cost += max(4, float64(r*w)/2, float64(loads)/2) + 1 + float64(r*w)/8
					}
				}
				if cost < best-1e-9 {
					best = cost
					t.choice[m][vectors] = uint8(v)
				}
			}
		}
	}
	return t
}

// multiplySmall computes a product.
func multiplySmall(transA, transB bool, alpha float32, a, b *Matrix, beta float32, c *Matrix) bool {
	m, n, k := c.Rows, c.Cols, b.Rows
	aRows, aCols := a.Rows, a.Cols
	q := block[float32]{aRow: a.Stride, aCol: 1}
	if transA {
		aRows, aCols = aCols, aRows
		q.aRow, q.aCol = 1, a.Stride
	}
	if transB || alpha != 1 || aRows != m || aCols != k || b.Cols != n ||
		!simple(m, n, c.Stride, len(c.Data)) || !simple(k, n, b.Stride, len(b.Data)) || !simple(a.Rows, a.Cols, a.Stride, len(a.Data)) ||
		active == generic {
		return false
	}
	if m*n*k > smallWork {
		return false
	}
	q.m, q.k = m, k
	q.a, q.b, q.c = unsafe.SliceData(a.Data), unsafe.SliceData(b.Data), unsafe.SliceData(c.Data)
	cFrom := uintptr(unsafe.Pointer(q.c))
	cTo := cFrom + uintptr((m-1)*c.Stride+n)*4
	if aFrom := uintptr(unsafe.Pointer(q.a)); cFrom < aFrom+uintptr((a.Rows-1)*a.Stride+a.Cols)*4 && aFrom < cTo {
		return false
	}
	if bFrom := uintptr(unsafe.Pointer(q.b)); cFrom < bFrom+uintptr((k-1)*b.Stride+n)*4 && bFrom < cTo {
		return false
	}
	q.bRow, q.cRow = b.Stride, c.Stride
	switch beta {
	case 0:
	case 1:
		q.start, q.startRow = q.c, q.cRow
	default:
		return false
	}
	if active == avx512 {
		vectors := (n + 15) / 16
		v := int(blocks512.choice[min(m, 24)][min(vectors, 24)])
		q.columns(n, vectors, v, 16, &blocks512.height)
		return true
	}
	vectors := (n + 7) / 8
	v := int(blocks2.choice[min(m, 24)][min(vectors, 24)])
	q.columns(n, vectors, v, 8, &blocks2.height)
	return true
}

func (q *block[T]) columns(n, vectors, v, lanes int, height *[2][blockVectors + 1]uint8) {
	m, a, c, start := q.m, q.a, q.c, q.start
	for {
		w := vectors
		if w > v {
			w = ceilDiv(vectors, ceilDiv(vectors, v))
		}
		q.m = m
		q.rows = int(height[1][w])
		if m > q.rows {
			t := ceilDiv(m, q.rows)
			q.rows = ceilDiv(m, t)
		} else {
			q.rows = m
		}
		q.width = min(lanes, n-(w-1)*lanes)
		gemmBlocks((*block[float32])(unsafe.Pointer(q)), w)
		vectors -= w
		if vectors == 0 {
			return
		}
		n -= w * lanes
		q.a, q.c, q.start = a, offset(c, w*lanes), start
		if start != nil {
			q.start = offset(start, w*lanes)
			start = q.start
		}
		c = q.c
		q.b = offset(q.b, w*lanes)
	}
}

var smallWork = 1 << 40

func simple(rows, cols, stride, length int) bool {
	return uint(rows-1) < 1<<20 && uint(cols-1) < 1<<20 && stride >= cols && stride < 1<<40 && (rows-1)*stride+cols <= length
}

func gemmBlocks(q *block[float32], w int) {
	p := (*byte)(unsafe.Pointer(q))
	if active == avx512 {
		switch w {
		case 1:
			gemmBlockTo1AVX512(p)
		case 2:
			gemmBlockTo2AVX512(p)
		case 3:
			gemmBlockTo3AVX512(p)
		case 4:
			gemmBlockTo4AVX512(p)
		case 5:
			gemmBlockTo5AVX512(p)
		case 6:
			gemmBlockTo6AVX512(p)
		case 7:
			gemmBlockTo7AVX512(p)
		case 8:
			gemmBlockTo8AVX512(p)
		case 9:
			gemmBlockTo9AVX512(p)
		case 10:
			gemmBlockTo10AVX512(p)
		case 11:
			gemmBlockTo11AVX512(p)
		case 12:
			gemmBlockTo12AVX512(p)
		}
		return
	}
	if q.width == 8 {
		switch w {
		case 1:
			gemmBlock1AVX2(p)
		case 2:
			gemmBlock2AVX2(p)
		case 3:
			gemmBlock3AVX2(p)
		case 4:
			gemmBlock4AVX2(p)
		case 5:
			gemmBlock5AVX2(p)
		case 6:
			gemmBlock6AVX2(p)
		case 7:
			gemmBlock7AVX2(p)
		case 8:
			gemmBlock8AVX2(p)
		case 9:
			gemmBlock9AVX2(p)
		case 10:
			gemmBlock10AVX2(p)
		case 11:
			gemmBlock11AVX2(p)
		case 12:
			gemmBlock12AVX2(p)
		}
		return
	}
	switch w {
	case 1:
		gemmBlockTo1AVX2(p)
	case 2:
		gemmBlockTo2AVX2(p)
	case 3:
		gemmBlockTo3AVX2(p)
	case 4:
		gemmBlockTo4AVX2(p)
	case 5:
		gemmBlockTo5AVX2(p)
	case 6:
		gemmBlockTo6AVX2(p)
	case 7:
		gemmBlockTo7AVX2(p)
	case 8:
		gemmBlockTo8AVX2(p)
	case 9:
		gemmBlockTo9AVX2(p)
	case 10:
		gemmBlockTo10AVX2(p)
	case 11:
		gemmBlockTo11AVX2(p)
	case 12:
		gemmBlockTo12AVX2(p)
	}
}
