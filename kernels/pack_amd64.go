//go:build !purego

package kernels

import "unsafe"

// transposePanel is packTransposedGeneric for a whole panel, and reports whether there is a kernel that transposes all its
// columns at once.
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
