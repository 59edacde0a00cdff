package compare

import (
	"fmt"
	"math"
)

// Agree does a row once with each accurate peer that has it, each on its own operands, and returns an error
// where results differ by more than the tolerance, relative to the larger of 1 and the value.
func Agree(r Row, n int, peers []Peer, tolerance float64) error {
	var first []float64
	name := ""
	for _, p := range peers {
		t := r.bind(p, r.operands(n))
		if t.run == nil || !p.accurate(r.Name, r.Precision) {
			continue
		}
		if t.use != nil {
			t.use()
		}
		t.run(1)
		got := t.result()
		if name == "" {
			first, name = got, p.Name
			continue
		}
		if len(got) != len(first) {
			return fmt.Errorf("%s has %d values, %s %d", p.Name, len(got), name, len(first))
		}
		for i, x := range got {
			if !(math.Abs(x-first[i]) <= tolerance*max(1, math.Abs(first[i]))) {
				return fmt.Errorf("value %d: %s has %g, %s %g", i, p.Name, x, name, first[i])
			}
		}
	}
	return nil
}
