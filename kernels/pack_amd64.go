//go:build !purego

package kernels

import "unsafe"

// transposePanel is packTransposedGeneric for a whole panel. It reports whether there is a kernel that
// transposes all the panel's columns at once.
func transposePanel[T float](dst, src []T, stride, rows int) bool {
	if active != avx512 || unsafe.Sizeof(dst[0]) != 4 {
		return false
	}
	wide, whole := panelCols[T](), rows&^3
	if whole > 0 {
		transpose16AVX512(words(dst), wide, words(src), stride, whole)
	}
	for p := whole; p < rows; p++ {
		for j := range wide {
			dst[p*wide+j] = src[j*stride+p]
		}
	}
	return true
}

// transposeBlocks sets dst[i*dstRow+j] = src[j*srcRow+i] for i below the rows and j below the cols that it
// returns. It does as many of those given as there is a kernel for.
func transposeBlocks(dst []float32, dstRow int, src []float32, srcRow, rows, cols int) (int, int) {
	const wide = 16
	rows &^= 3
	if active != avx512 || rows == 0 {
		return 0, 0
	}
	done := 0
	for ; done+wide <= cols; done += wide {
		transpose16AVX512(&dst[done], dstRow, &src[done*srcRow], srcRow, rows)
	}
	return rows, done
}
