package detmath

import "math"

// expTail is P with e^r = 1 + r + r^2 P(r): Taylor's series, which on |r| <= ln(2)/2 ends below 2^-57.
var expTail = [...]float64{
	1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880, 1. / 3628800, 1. / 39916800,
	1. / 479001600, 1. / 6227020800,
}

// Exp returns e^x, with an error below 1 ULP, subnormal results included. Exp(NaN) is NaN.
func Exp(x float64) float64 { return expSum(x, 0) }

// expSum returns e^(x+c) for |c| <= ulp(x): with x = k ln 2 + r and |r| <= ln(2)/2 it is 2^k e^r. The power of two is
// applied in two halves, so that a result below the normal range rounds only once.
func expSum(x, c float64) float64 {
	const overflow, underflow = 710, -746
	switch {
	case math.IsNaN(x):
		return x
	case x > overflow:
		return math.Inf(1)
	case x < underflow:
		return 0
	}
	k := math.Floor(math.FMA(x, math.Log2E, 0.5))
	r, e := twoSum(math.FMA(-k, ln2Hi, x), math.FMA(-k, ln2Lo, c))
	tail := math.FMA(float64(r*r), horner(r, expTail[:]), e)
	half := int(k) >> 1
	return float64((1+(r+tail))*exp2(half)) * exp2(int(k)-half)
}

// exp2 is 2^k for -1022 <= k <= 1023.
func exp2(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }
