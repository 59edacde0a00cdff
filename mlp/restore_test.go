package mlp

import (
	"math"
	"testing"
)

// TestRestore: the state after any number of steps is that of an optimiser that counted them, at once.
func TestRestore(t *testing.T) {
	counted := NewAdam(1, 1)
	for step := range 1_000_000 {
		if step%50_021 == 0 || step < 3 {
			a := NewAdam(1, 1)
			if err := a.Restore([]float32{1}, []float32{2}, step); err != nil {
				t.Fatal(err)
			}
			if a.power1 != counted.power1 || a.power2 != counted.power2 || a.steps != step {
				t.Fatalf("after %d steps: %v and %v, want %v and %v",
					step, a.power1, a.power2, counted.power1, counted.power2)
			}
		}
		counted.count()
	}
	many := math.MaxInt >> 14
	if err := counted.Restore([]float32{1}, []float32{2}, many); err != nil || counted.steps != many {
		t.Errorf("%d steps, %v", counted.steps, err)
	}
	absurd := int64(4e18)
	for _, steps := range []int{-1, int(absurd)} {
		if int64(steps) != absurd && steps >= 0 {
			continue // where an int has 32 bits
		}
		if err := counted.Restore([]float32{1}, []float32{2}, steps); err == nil {
			t.Errorf("takes %d steps", steps)
		}
	}
}
