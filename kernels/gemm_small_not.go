//go:build !(amd64 || arm64) || purego

package kernels

// multiplySmall leaves all products to their plans.
func multiplySmall[T float](_, _ bool, _ T, _, _ *view[T], _ T, _ *view[T]) bool { return false }

func multiplySmallPacked(_ bool, _ float32, _ *view[float32], _ *Packed, _ float32, _ *view[float32]) bool {
	return false
}
