package detmath

import "math"

// Pow returns x^y for x >= 0, as e^(y log x) with the logarithm carried to 2^-59. The error stays below 1 ULP where
// the result lies between e^-16 and e^16 and grows in proportion to |y log x|, to 12 ULP at the ends of the range.
//
// Pow(x, 0) and Pow(1, y) are 1. Zero and the infinities follow the limits, 0^-1 = +Inf for one. Otherwise a negative
// x and NaN give NaN.
func Pow(x, y float64) float64 {
	if y == 0 || x == 1 {
		return 1
	}
	if !(x > 0) || math.IsInf(x, 1) {
		return Exp(Log(x) * y)
	}
	hi, lo := logSum(x)
	p := y * hi
	if !(math.Abs(p) < 800) {
		return Exp(p)
	}
	return expSum(p, math.FMA(y, lo, math.FMA(y, hi, -p)))
}
