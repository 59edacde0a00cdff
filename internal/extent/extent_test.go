package extent

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestOf: a few values far away do not make a dot of all others, and other values all have room.
func TestOf(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	sample := func(n int, draw func() float64) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = draw()
		}
		return x
	}
	student := func() float64 { // with two degrees of freedom
		return r.NormFloat64() / math.Sqrt(r.ExpFloat64())
	}
	for name, c := range map[string]struct {
		values []float64
		whole  bool
	}{
		"normal":            {sample(2000, r.NormFloat64), true},
		"uniform":           {sample(2000, r.Float64), true},
		"exponential":       {sample(2000, r.ExpFloat64), true},
		"two far clusters":  {sample(2000, func() float64 { return float64(1000*r.IntN(2)) + r.NormFloat64() }), true},
		"few":               {[]float64{1, 2, 3, 1e6}, true},
		"all equal but one": {append(make([]float64, 500), 7), true},
		"one":               {[]float64{3}, true},
		"far":               {append(sample(2000, r.NormFloat64), 1e6, -1e30), false},
		"far among ten":     {append(sample(12, r.NormFloat64), 1e6), false},
		"heavy tails":       {sample(20_000, student), false},
		"infinitely wide":   {append(sample(2000, r.NormFloat64), -1.7e308, 1.7e308), false},
	} {
		low, high := Of(c.values)
		if whole := low == slices.Min(c.values) && high == slices.Max(c.values); whole != c.whole {
			t.Errorf("%s: %v to %v of %v to %v", name, low, high, slices.Min(c.values), slices.Max(c.values))
		}
		inside := 0
		for _, v := range c.values {
			if v >= low && v <= high {
				inside++
			}
		}
		if least := len(c.values) - 2*max(1, len(c.values)/200); inside < least {
			t.Errorf("%s: %d of %d values are inside", name, inside, len(c.values))
		}
	}
	if low, high := Of(nil); !(low > high) {
		t.Errorf("nothing is from %v to %v", low, high)
	}
}
