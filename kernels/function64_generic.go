package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// The definitions of the functions of float64, on one number. Where two numbers are added of which the first
// is greater or the sum exact, a + b = c + (b - (c - a)) without an error (Dekker 1971). Results are within
// one unit of the last place because the greatest roundings are taken back so.

// expDouble returns e^x = 2^n e^r, where x = n ln 2 + r. r is the sum of high, exact, and low, whose square
// is nothing: e^r is one + tail, which is e^high, times 1 + low. The power of two comes in two halves, as in
// exp.
func expDouble(x float64) float64 {
	if coef.ExpMinDouble > x {
		x = coef.ExpMinDouble
	}
	if coef.ExpMaxDouble < x {
		x = coef.ExpMaxDouble
	}
	const magic = coef.RoundMagicDouble + 2*coef.ExponentBiasDouble
	sum := math.FMA(x, math.Log2E, magic)
	n := sum - magic
	high, low := math.FMA(n, -coef.Ln2HiDouble, x), float64(n*-coef.Ln2LoDouble)
	square := float64(high * high)
	one := 1 + high
	tail := math.FMA(square, polynomialDouble(high, square, coef.Expm1Double[:]), high-(one-1))
	y := one + math.FMA(one+tail, low, tail)
	half := math.Float64bits(sum) >> 1 // the low bits are floor(n/2) + bias
	rest := math.Float64bits(sum) - half
	return float64(y*math.Float64frombits(half<<52)) * math.Float64frombits(rest<<52)
}

// logDouble returns the natural logarithm. With x = 2^k (1+f), sqrt(1/2) <= 1+f < sqrt(2) and s = f/(2+f), it
// is
//
//	k ln 2 + f - f^2/2 + s*(f^2/2 + s^2 P(s^2))
//
// (the form of fdlibm's log, Sun Microsystems 1993). The sum of high and rest is exactly f plus k times the
// upper part of ln 2. sum and lost are high less f^2/2 and the rounding of that.
func logDouble(x float64) float64 {
	switch {
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case !(x <= math.MaxFloat64):
		return x
	}
	bits, below := math.Float64bits(x), 0.0
	if x < 0x1p-1022 {
		bits, below = math.Float64bits(x*0x1p54), 54
	}
	e := (int64(bits) - coef.SqrtHalfDoubleBits) >> 52
	f := math.Float64frombits(bits-uint64(e)<<52) - 1
	k := float64(e) - below
	s := f / (2 + f)
	z := float64(s * s)
	half := float64(0.5 * f)
	inner := math.FMA(z, polynomialDouble(z, float64(z*z), coef.AtanhDouble[:]), float64(half*f))
	high := math.FMA(k, coef.Ln2HiDouble, f)
	rest := f - math.FMA(k, -coef.Ln2HiDouble, high)
	low := math.FMA(s, inner, math.FMA(k, coef.Ln2LoDouble, rest))
	sum := math.FMA(-half, f, high)
	lost := math.FMA(-half, f, high-sum)
	return sum + (lost + low)
}

// sigmoidDouble returns 1 - h, or h where the sign of x is set, for h = 1/(1+e^|x|). With |x| = n ln 2 + r, h
// is 2^-n/(2^-n + e^r). The divisor is the sum of sum and rest, scaled by coef.SigmoidScale. One step of
// Newton's for the reciprocal takes in the rest and the rounding of the quotient.
func sigmoidDouble(x float64) float64 {
	const scale = coef.SigmoidScale
	const magic = coef.RoundMagicDouble + coef.ExponentBiasDouble + coef.SigmoidShift
	a := math.Abs(x)
	if -coef.ExpMinDouble < a {
		a = -coef.ExpMinDouble
	}
	shifted := math.FMA(a, -math.Log2E, magic)
	n := shifted - magic // -n, to be exact
	power := math.Float64frombits(math.Float64bits(shifted) << 52)
	high := math.FMA(n, coef.Ln2HiDouble, a)
	r := math.FMA(n, coef.Ln2LoDouble, high)
	one := scale + power
	near := math.FMA(high, scale, one)
	lost := math.FMA(high, scale, one-near) + (power - (one - scale))
	square := float64(r * r)
	lost = math.FMA(n, scale*coef.Ln2LoDouble, lost)
	tail := math.FMA(square, polynomialDouble(r, square, coef.SigmoidExpm1[:]), lost)
	sum := near + tail
	rest := tail - (sum - near)
	g := 1 / sum
	residual := math.FMA(-g, rest, math.FMA(-g, sum, 1))
	h := float64(math.FMA(residual, g, g) * power)
	if math.Signbit(x) {
		return h
	}
	return 1 - h
}

// tanhDouble returns m/(2+m) for m = e^(-2|x|) - 1, with the sign of x. m is the sum of high and low, and the
// divisor that of divisor and rest. The residual of the quotient takes in the lesser parts.
func tanhDouble(x float64) float64 {
	const magic = coef.RoundMagicDouble + coef.ExponentBiasDouble
	v := -math.Abs(x)
	if -coef.TanhMaxDouble > v {
		v = -coef.TanhMaxDouble
	}
	v += v
	shifted := math.FMA(v, math.Log2E, magic)
	n := shifted - magic
	power := math.Float64frombits(math.Float64bits(shifted) << 52)
	exact, small := math.FMA(n, -coef.Ln2HiDouble, v), float64(n*-coef.Ln2LoDouble)
	r := exact + small
	square := float64(r * r)
	tail := math.FMA(square, polynomialDouble(r, square, coef.Expm1Double[:]), small)
	less := power - 1
	near := math.FMA(power, exact, less)
	lost := math.FMA(power, exact, less-near) + (power - (less + 1))
	tail = math.FMA(power, tail, lost)
	high := near + tail
	low := tail - (high - near)
	divisor := 2 + high
	rest := (high - (divisor - 2)) + low
	inverse := 1 / divisor
	q := float64(high * inverse)
	residual := math.FMA(-q, rest, math.FMA(-q, divisor, high)+low)
	return math.Copysign(math.FMA(residual, inverse, q), x)
}

// polynomialDouble evaluates the polynomial with coefficients c, lowest power first, at x. Beyond c[0] its
// even and its odd powers are summed by Horner's rule in the square of x: two short chains instead of a long
// one.
func polynomialDouble(x, square float64, c []float64) float64 {
	var parts [2]float64
	for i := len(c) - 1; i > 0; i-- {
		parts[i%2] = math.FMA(parts[i%2], square, c[i])
	}
	return math.FMA(math.FMA(parts[0], x, parts[1]), x, c[0])
}

func exp64Generic(dst, x []float64)     { setUnary(dst, x, expDouble) }
func log64Generic(dst, x []float64)     { setUnary(dst, x, logDouble) }
func sigmoid64Generic(dst, x []float64) { setUnary(dst, x, sigmoidDouble) }
func tanh64Generic(dst, x []float64)    { setUnary(dst, x, tanhDouble) }
func sqrtGeneric(dst, x []float32)      { setUnary(dst, x, sqrt32) }
func sqrt64Generic(dst, x []float64)    { setUnary(dst, x, math.Sqrt) }

func setUnary[T float](dst, x []T, f func(x T) T) {
	for i, x := range x {
		dst[i] = f(x)
	}
}
