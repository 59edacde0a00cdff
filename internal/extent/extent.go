// Package extent chooses how far an axis reaches.
package extent

import (
	"math"
	"slices"
)

// Of returns between which values an axis lies: all of them, unless a few are so far away that the others would be
// a dot. A two-hundredth at each end, one value at least, may lie outside: if all values are three times as wide as
// those between, the axis reaches half of their width further than these at most.
func Of(values []float64) (low, high float64) {
	const few, part, far, room = 10, 200, 3, 0.5
	if len(values) == 0 {
		return math.Inf(1), math.Inf(-1)
	}
	sorted := slices.Sorted(slices.Values(values))
	low, high = sorted[0], sorted[len(sorted)-1]
	if len(sorted) < few {
		return low, high
	}
	cut := max(1, len(sorted)/part)
	from, to := sorted[cut], sorted[len(sorted)-1-cut]
	if width := to - from; width > 0 && !(high-low <= float64(far*width)) {
		return max(low, from-float64(room*width)), min(high, to+float64(room*width))
	}
	return low, high
}
