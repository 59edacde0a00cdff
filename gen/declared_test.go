package main

import (
	"testing"

	"github.com/seed964deb49/langevin/gen/kernel"
)

// TestPrograms: every declared kernel has a program in each set that its declaration names.
func TestPrograms(t *testing.T) {
	stubs := map[kernel.Set]map[string]string{
		kernel.AVX2:   stubs(t, "../kernels/stubs_amd64.go", "AVX2"),
		kernel.AVX512: stubs(t, "../kernels/stubs_amd64.go", "AVX512"),
		kernel.NEON:   stubs(t, "../kernels/stubs_arm64.go", "NEON"),
	}
	want := func(k kernel.Kernel, set kernel.Set) {
		if _, ok := stubs[set][k.Base()]; !ok {
			t.Errorf("%s has no program for %s", k.Base(), set)
		}
	}
	for _, k := range kernel.All() {
		for _, s := range k.Shares {
			want(k, s.Set)
		}
	}
	for _, f := range kernel.Functions {
		for set := range stubs {
			want(f.Value(), set)
			if f.Grad {
				want(f.Slope(), set)
			}
		}
	}
}
