package live

import "testing"

// TestShort: numbers of measures have two digits, no exponents of everyday sizes, and are never "1 errors".
func TestShort(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.75: "0.75", 0.0312: "0.031", 0.94: "0.94", 0.96: "1.0", 1: "1.0", 1.26: "1.3", 9.94: "9.9", 9.96: "10",
		12.4: "12", 120: "120", 54321: "54321",
	} {
		if got := short(v); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
}
