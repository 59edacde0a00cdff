//go:build !purego

package kernels

var blockingNEON = neonBlocking()

// blockingInUse returns that of the implementation in use, which is not the definition.
func blockingInUse() *blocking { return &blockingNEON }
