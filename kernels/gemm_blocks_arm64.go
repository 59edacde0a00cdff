//go:build !purego

package kernels

// leavesA reports whether A stays as it is, whatever its size.
func (p *product[T]) leavesA(int) bool { return false }

// stripBytes is what a strip of so many rows of A may take of the second-level cache.
func (p *product[T]) stripBytes(int) int { return 1 << 18 }

// multiplySwapped would compute the transpose of the product, and reports that it does not.
func (p *product[T]) multiplySwapped(int) bool { return false }
