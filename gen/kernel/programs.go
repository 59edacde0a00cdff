package kernel

import (
	"errors"
	"fmt"
)

// begun are the names of the programs that there are.
var begun = map[string]bool{}

// Begin notes that a kernel has a program and returns its declaration for the instruction set.
func (k Kernel) Begin(set Set) Kernel {
	k = k.For(set)
	begun[k.Name] = true
	return k
}

// Check returns an error that names every program which a declaration promises and which has not begun.
func Check() error {
	var missing []error
	want := func(k Kernel, set Set) {
		if name := k.For(set).Name; !begun[name] {
			err := fmt.Errorf("%s has no program for %s: nothing begins %s", k.Base(), set, name)
			missing = append(missing, err)
		}
	}
	for _, k := range all {
		for _, s := range k.Shares {
			want(k, s.Set)
		}
	}
	for _, f := range Functions {
		for _, set := range []Set{AVX2, AVX512, NEON} {
			want(f.Value(), set)
			if f.Grad {
				want(f.Slope(), set)
			}
		}
	}
	return errors.Join(missing...)
}
