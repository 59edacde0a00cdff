//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

var (
	blockingAVX2   = avx2Blocking()
	blockingAVX512 = avx512Blocking(cpuid.CPU.Cache.L1D, cpuid.CPU.Cache.L2)
)

// blockingInUse returns that of the implementation in use, which is not the definition.
func blockingInUse() *blocking {
	if active == avx512 {
		return &blockingAVX512
	}
	return &blockingAVX2
}
