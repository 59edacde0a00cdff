//go:build !purego

package kernels

import (
	"slices"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// TestDetect: an implementation is there where all that it needs is, and not where a part of it is missing.
func TestDetect(t *testing.T) {
	for2 := []cpuid.FeatureID{cpuid.AVX2, cpuid.FMA3}
	for512 := []cpuid.FeatureID{cpuid.AVX512F, cpuid.AVX512BW, cpuid.AVX512DQ, cpuid.AVX512VL, cpuid.BMI2}
	check := func(what string, has []cpuid.FeatureID, want ...backend) {
		var cpu cpuid.CPUInfo
		for _, id := range has {
			cpu.Enable(id)
		}
		if got := detect(cpu); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	without := func(list []cpuid.FeatureID, i int) []cpuid.FeatureID {
		return slices.Delete(slices.Clone(list), i, i+1)
	}
	check("nothing", nil, generic)
	check("AVX2 and FMA", for2, avx2, generic)
	check("all", slices.Concat(for2, for512), avx512, avx2, generic)
	for i, id := range for2 {
		check("without "+id.String(), without(for2, i), generic)
		check("AVX-512 without "+id.String(), slices.Concat(without(for2, i), for512), generic)
	}
	for i, id := range for512 {
		check("without "+id.String(), slices.Concat(for2, without(for512, i)), avx2, generic)
	}
}
