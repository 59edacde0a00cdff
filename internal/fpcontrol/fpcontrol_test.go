package fpcontrol

import "testing"

// TestUnder: the mode is set, and set back.
func TestUnder(t *testing.T) {
	before := Word()
	for _, m := range Modes {
		Under(m, func() {
			if got := Word() & all; got != m.bits {
				t.Errorf("%s: the bits are %#x, want %#x", m.Name, got, m.bits)
			}
		})
		if got := Word(); got != before {
			t.Errorf("after %s the word is %#x, want %#x", m.Name, got, before)
		}
	}
}

// BenchmarkSet measures what saving, setting and restoring the mode costs.
func BenchmarkSet(b *testing.B) {
	for b.Loop() {
		before := get()
		set(before &^ all)
		set(before)
	}
}
