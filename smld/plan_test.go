package smld

import "testing"

// TestRowSteps: passes over the rows are 768 where there are thirty rows a coordinate, fewer where there are fewer, and steps are bounded.
func TestRowSteps(t *testing.T) {
	for _, c := range []struct{ rows, width, want int }{
		{2000, 5, 6000}, {1000, 150, 666}, {400, 2000, 100}, {30, 2, 100}, {1_000_000, 5, 12_000}, {5, 1, 100},
	} {
		if got := rowSteps(c.rows, c.width, 256); got != c.want {
			t.Errorf("%d rows of %d coordinates: %d steps, want %d", c.rows, c.width, got, c.want)
		}
	}
}
