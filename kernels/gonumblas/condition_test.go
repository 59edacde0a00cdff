package gonumblas

import (
	"math"
	"slices"
	"testing"
)

// TestTakeSigns: the sign of a NaN depends on the processor, and a caller can read its work. A NaN of either
// sign counts as positive.
func TestTakeSigns(t *testing.T) {
	nan, negative := math.Copysign(math.NaN(), 1), math.Copysign(math.NaN(), -1)
	x := []float64{nan, negative, 3, -3, math.Inf(-1), 0, math.Copysign(0, -1)}
	signs := make([]float64, len(x))
	if !takeSigns(x, signs, 0x1p-900) {
		t.Error("signs in the place of zeros do not count as changed")
	}
	want := []float64{1, 1, 1, -1, -1, 1, -1}
	if !slices.Equal(signs, want) {
		t.Errorf("signs are %v, want %v", signs, want)
	}
	for i, sign := range want {
		if x[i] != sign*0x1p-900 {
			t.Errorf("element %d is %v, want %v times %v", i, x[i], sign, 0x1p-900)
		}
	}
	x[0], x[1] = negative, nan
	if takeSigns(x, signs, 1) {
		t.Error("the sign of NaN counts as a change")
	}
	if x[3] = 3; !takeSigns(x, signs, 1) || signs[3] != 1 {
		t.Error("a changed sign does not count")
	}
}
