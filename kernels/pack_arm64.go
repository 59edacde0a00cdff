//go:build !purego

package kernels

// transposePanel would transpose all columns of a panel at once.
func transposePanel[T float](dst, src []T, stride, rows int) bool { return false }

// transposeBlocks would transpose rows and columns of src, and returns how many it did.
func transposeBlocks(dst []float32, dstRow int, src []float32, srcRow, rows, cols int) (int, int) {
	return 0, 0
}
