package detmath

import "math"

// atanhTail is P with 2 atanh(s) = 2s + s^3 P(s^2): the power series, which for |s| <= 3-sqrt(8) ends below 2^-60.
var atanhTail = [...]float64{
	2. / 3, 2. / 5, 2. / 7, 2. / 9, 2. / 11, 2. / 13, 2. / 15, 2. / 17, 2. / 19, 2. / 21,
}

// Log returns the natural logarithm of x, with an error below 0.6 ULP. Log(0) is -Inf, Log(+Inf) is +Inf; the
// logarithm of a negative number and of NaN is NaN.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	l, _ := logSum(x)
	return l
}

// logSum returns log x, for finite x > 0, as a float64 and its error, which together have a relative error below
// 2^-59: with x = 2^k m and sqrt(1/2) <= m < sqrt(2) it is k ln 2 + 2 atanh(s), s = (m-1)/(m+1).
func logSum(x float64) (hi, lo float64) {
	const (
		sqrtHalfBits = 0x3fe6a09e667f3bcd
		minNormal    = 0x1p-1022
	)
	var k int64
	if x < minNormal {
		x *= 0x1p54
		k = -54
	}
	b := int64(math.Float64bits(x))
	e := (b - sqrtHalfBits) >> 52
	k += e
	f := math.Float64frombits(uint64(b-e<<52)) - 1

	// s + c is f/(2+f) with its rounding errors, those of the sum 2+f and of the division.
	d, dErr := quickTwoSum(2, f)
	s := f / d
	c := math.FMA(-s, dErr, math.FMA(-s, d, f)) / d
	t := float64(s * s)
	tail := math.FMA(float64(t*s), horner(t, atanhTail[:]), float64(2*c*(1+t)))

	hi, lo = quickTwoSum(float64(float64(k)*ln2Hi), float64(2*s))
	return quickTwoSum(hi, lo+math.FMA(float64(k), ln2Lo, tail))
}
