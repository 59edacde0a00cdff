//go:build !purego

package kernels

// transposePanel would transpose all columns of a panel at once.
func transposePanel[T float](dst, src []T, stride, rows int) bool { return false }
