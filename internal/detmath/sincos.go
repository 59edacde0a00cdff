package detmath

import "math"

// halfPi0 to halfPi3 add up to pi/2, to 157 bits. The first three have 33 bits each, so that their products with an
// integer below 2^20 are exact.
const (
	halfPi0 = 0x1.921fb54400000p+0
	halfPi1 = 0x1.0b4611a600000p-34
	halfPi2 = 0x1.3198a2e000000p-69
	halfPi3 = 0x1.b839a252049c1p-104
)

// MaxAngle is the largest magnitude, in radians, of an angle that Sincos takes.
const MaxAngle = 1e6

// sinTail is P with sin r = r + r^3 P(r^2), cosTail is P with cos r = 1 - r^2/2 + r^4 P(r^2): Taylor's series, which
// on |r| <= pi/4 end below 2^-63 and 2^-58.
var (
	sinTail = [...]float64{
		-1. / 6, 1. / 120, -1. / 5040, 1. / 362880, -1. / 39916800, 1. / 6227020800, -1. / 1307674368000,
		1. / 355687428096000,
	}
	cosTail = [...]float64{
		1. / 24, -1. / 720, 1. / 40320, -1. / 3628800, 1. / 479001600, -1. / 87178291200, 1. / 20922789888000,
	}
)

// Sincos returns the sine and cosine of x radians, each with an error below 1 ULP. Both are NaN for NaN and for
// |x| > MaxAngle.
func Sincos(x float64) (sin, cos float64) {
	if !(math.Abs(x) <= MaxAngle) {
		return math.NaN(), math.NaN()
	}
	if x == 0 {
		return x, 1 // keeps the sign of zero
	}
	n := math.Floor(math.FMA(x, 2/math.Pi, 0.5))
	sin, cos = sincosQuarter(reduce(x, n))
	switch int(n) & 3 {
	case 1:
		sin, cos = cos, -sin
	case 2:
		sin, cos = -sin, -cos
	case 3:
		sin, cos = -cos, sin
	}
	return sin, cos
}

// reduce returns x - n pi/2 as a float64 and its error (Cody and Waite, "Software manual for the elementary
// functions", 1980).
func reduce(x, n float64) (r, c float64) {
	if n == 0 {
		return x, 0
	}
	r, c = twoSum(math.FMA(-n, halfPi0, x), float64(-n*halfPi1))
	r, e := twoSum(r, float64(-n*halfPi2))
	return quickTwoSum(r, math.FMA(-n, halfPi3, c+e))
}

// sincosQuarter returns the sine and cosine of r + c for |r| <= pi/4 and |c| <= ulp(r).
func sincosQuarter(r, c float64) (sin, cos float64) {
	t := r * r
	sin = r + math.FMA(float64(t*r), horner(t, sinTail[:]), float64(c*math.FMA(-0.5, t, 1)))
	w, e := quickTwoSum(1, float64(-0.5*t))
	e = math.FMA(-r, c, e)
	cos = w + math.FMA(float64(t*t), horner(t, cosTail[:]), e)
	return sin, cos
}
