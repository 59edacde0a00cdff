//go:build !purego

package kernels

import "github.com/klauspost/cpuid/v2"

// available lists the implementations that this machine runs, fastest first.
var available = detect(cpuid.CPU)

// detect asks for AVX2 and FMA both, since neither implies the other, and for all that the AVX-512 kernels
// need besides. cpuid reports AVX2 and AVX-512 only where the operating system saves the registers.
func detect(cpu cpuid.CPUInfo) []backend {
	switch {
	case !cpu.Supports(cpuid.AVX2, cpuid.FMA3):
		return []backend{generic}
	case !cpu.Supports(cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL, cpuid.BMI2):
		return []backend{avx2, generic}
	}
	return []backend{avx512, avx2, generic}
}
