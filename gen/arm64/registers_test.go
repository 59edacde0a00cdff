package arm64

import "testing"

// TestAllocate: registers in use at the same time get different numbers, and programs that cannot be right
// panic.
func TestAllocate(t *testing.T) {
	a, b, c := NewX(), NewX(), NewX()
	allocate("f", []step{
		{sets: registers(a)},
		{label: "loop"},
		{uses: registers(a), sets: registers(b)},
		{uses: registers(b), target: "loop", falls: true},
		{sets: registers(c)},
		{uses: registers(c)},
	})
	// a is read again after the branch, so that b may not have its register; c may.
	if a.number == b.number || a.number != c.number {
		t.Errorf("registers %d, %d, %d", a.number, b.number, c.number)
	}
	for name, steps := range map[string][]step{
		"unset":    {{uses: registers(NewX())}},
		"no label": {{target: "nowhere"}},
		"twice":    {{label: "a"}, {label: "a"}},
		"too many": func() []step {
			var all []X
			for range len(generalRegisters) + 1 {
				all = append(all, NewX())
			}
			return []step{{sets: registers(all...)}, {uses: registers(all...)}}
		}(),
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			allocate("f", steps)
		})
	}
}
