//go:build !purego

package kernels

// transposePanel would transpose all columns of a panel at once.
func transposePanel[T float](dst, src []T, stride, rows int) bool { return false }

// transposeBlocks would transpose rows and columns of src, and returns how many it did.
func transposeBlocks(dst []float32, dstRow int, src []float32, srcRow, rows, cols int) (int, int) {
	return 0, 0
}

// The copying kernels; see their stubs.

func copy12(dst *float32, src *float32, srcRow int, n int) { copy12NEON(dst, src, srcRow, n) }
func copy16(dst *float32, src *float32, srcRow int, n int) { copy16NEON(dst, src, srcRow, n) }
func copy4x12(dst *float32, dstTile int, src *float32, srcRow int, n int) {
	copy4x12NEON(dst, dstTile, src, srcRow, n)
}
func copy4x16(dst *float32, dstPanel int, src *float32, srcRow int, n int) {
	copy4x16NEON(dst, dstPanel, src, srcRow, n)
}
func copy4x6(dst *float32, dstTile int, src *float32, srcRow int, n int) {
	copy4x6NEON(dst, dstTile, src, srcRow, n)
}
func copy6(dst *float32, src *float32, srcRow int, n int) { copy6NEON(dst, src, srcRow, n) }
func copy8x12(dst *float32, dstTile int, src *float32, srcRow int, n int) {
	copy8x12NEON(dst, dstTile, src, srcRow, n)
}
func copy8x6(dst *float32, dstTile int, src *float32, srcRow int, n int) {
	copy8x6NEON(dst, dstTile, src, srcRow, n)
}
func transpose4(dst *float64, dstRow int, src *float64, srcRow int, n int) {
	transpose4NEON(dst, dstRow, src, srcRow, n)
}
func transpose6(dst *float32, dstRow int, src *float32, srcRow int, n int) {
	transpose6NEON(dst, dstRow, src, srcRow, n)
}
func transpose6x4(dst *float64, dstRow int, src *float64, srcRow int, n int) {
	transpose6x4NEON(dst, dstRow, src, srcRow, n)
}
func transpose8(dst *float32, dstRow int, src *float32, srcRow int, n int) {
	transpose8NEON(dst, dstRow, src, srcRow, n)
}
