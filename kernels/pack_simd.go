//go:build (amd64 || arm64) && !purego

package kernels

import "unsafe"

// packRows is packRowsGeneric.
func packRows[T float](dst, src []T, stride, cols, rows int) {
	if active == generic || cols < panelCols[T]() {
		packRowsGeneric(dst, src, stride, cols, rows)
		return
	}
	copy16(words(dst), words(src), wordsIn(stride, src), rows)
}

// packWide is packWideGeneric.
func packWide[T float](dst, src []T, stride, rows int) {
	if active == generic {
		packWideGeneric(dst, src, stride, rows)
		return
	}
	copy4x16(words(dst), 16*rows, words(src), wordsIn(stride, src), rows)
}

// packTransposed is packTransposedGeneric.
func packTransposed[T float](dst, src []T, stride, cols, rows int) {
	if cols == panelCols[T]() && transposePanel(dst, src, stride, rows) {
		return
	}
	lanes := panelCols[T]() / 2 // of a vector
	j, whole := 0, rows&^(lanes-1)
	if active == generic {
		whole = 0
	}
	for ; whole > 0 && j+lanes <= cols; j += lanes {
		transposeVector(dst[j:], src[j*stride:], stride, whole)
		for i := j; i < j+lanes; i++ {
			for p := whole; p < rows; p++ {
				dst[p*panelCols[T]()+i] = src[i*stride+p]
			}
		}
	}
	if j < cols {
		packTransposedGeneric(dst[j:], src[j*stride:], stride, cols-j, rows)
	}
}

// transposeVector sets dst[p*w+r] = src[r*row+p] for p < n and r below the lanes of a vector. w is the width
// of a panel, and n is a multiple of the lanes.
func transposeVector[T float](dst, src []T, row, n int) {
	if unsafe.Sizeof(dst[0]) == 4 {
		transpose8((*float32)(unsafe.Pointer(&dst[0])), 16, (*float32)(unsafe.Pointer(&src[0])), row, n)
		return
	}
	transpose4((*float64)(unsafe.Pointer(&dst[0])), 8, (*float64)(unsafe.Pointer(&src[0])), row, n)
}

// copyTiles sets dst[q*6*k + p*6 + r] = src[p*stride + q*6 + r] for q < tiles, p < k and r < 6.
func copyTiles[T float](dst, src []T, stride, tiles, k int) {
	for tiles > 0 {
		to, from, row, tile := words(dst), words(src), wordsIn(stride, src), wordsIn(tileRows*k, src)
		single := unsafe.Sizeof(dst[0]) == 4
		n := 1
		switch {
		case tiles >= 8 && single:
			copy8x6(to, tile, from, row, k)
			n = 8
		case tiles >= 8:
			copy8x12(to, tile, from, row, k)
			n = 8
		case tiles >= 4 && single:
			copy4x6(to, tile, from, row, k)
			n = 4
		case tiles >= 4:
			copy4x12(to, tile, from, row, k)
			n = 4
		case single:
			copy6(to, from, row, k)
		default:
			copy12(to, from, row, k)
		}
		if tiles -= n; tiles > 0 {
			dst, src = dst[n*tileRows*k:], src[n*tileRows:]
		}
	}
}

// transposeTile sets dst[p*6+r] = src[r*row+p] for p < k and r < 6.
func transposeTile[T float](dst, src []T, row, k int) {
	var whole int
	if unsafe.Sizeof(dst[0]) == 4 {
		// transpose6 writes two elements too many, which must not lie outside of this tile.
		if whole = (k - 1) &^ 7; whole > 0 {
			transpose6(
				(*float32)(unsafe.Pointer(&dst[0])), tileRows,
				(*float32)(unsafe.Pointer(&src[0])), row, whole)
		}
	} else if whole = k &^ 3; whole > 0 {
		transpose6x4(
			(*float64)(unsafe.Pointer(&dst[0])), tileRows, (*float64)(unsafe.Pointer(&src[0])), row, whole)
	}
	for p := whole; p < k; p++ {
		for r := range tileRows {
			dst[p*tileRows+r] = src[r*row+p]
		}
	}
}

// words is the memory of x in units of 32 bits, which is what the copying kernels count in.
func words[T float](x []T) *float32 { return (*float32)(unsafe.Pointer(&x[0])) }

// wordsIn is n elements of x in units of 32 bits.
func wordsIn[T float](n int, x []T) int { return n * int(unsafe.Sizeof(x[0])) / 4 }

// scaleVectors is scaleSlice as far as whole vectors go. It returns how many elements that are.
func scaleVectors[T float](dst []T, alpha T, x []T) int {
	n := len(x) &^ (32/sizeOf[T]() - 1)
	if n == 0 {
		return 0
	}
	switch x := any(x).(type) {
	case []float32:
		copyScaled((*float32)(unsafe.Pointer(&dst[0])), &x[0], n, float32(alpha))
	case []float64:
		copyScaled64((*float64)(unsafe.Pointer(&dst[0])), &x[0], n, float64(alpha))
	}
	return n
}
