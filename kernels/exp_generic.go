package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// The functions that contain an exponential share one decomposition: x = n ln 2 + r with |r| <= ln(2)/2, so
// that e^x = 2^n (1+t) with t = e^r - 1. A number such as 1 + e^x is then t*2^n + (2^n + 1), one fused
// multiply-add. 2^n + 1 is almost always exact, and 1+t is never rounded.

// expParts returns t = e^r - 1 and power = 2^n, for x such that -126 <= n <= 127.
func expParts(x float32) (t, power float32) {
	const magic = coef.RoundMagic + coef.ExponentBias
	sum := fma32(x, coef.Log2E, magic)
	n := sum - magic
	power = math.Float32frombits(math.Float32bits(sum) << 23)
	return expm1Reduced(x, n), power
}

// expm1Reduced returns e^r - 1 = r + r^2 P(r) for r = x - n ln 2, which is the sum of high, exact, and low.
func expm1Reduced(x, n float32) float32 {
	high, low := fma32(n, -coef.Ln2Hi, x), float32(n*-coef.Ln2Lo)
	r := high + low
	return high + fma32(float32(r*r), horner(r, coef.Expm1[:]), low)
}

// exp returns e^x. It applies the power of two in two halves, 2^m and 2^(n-m) with m = floor(n/2). A result
// below the normal range then rounds only once more. Maximum error 0.90 ULP.
func exp(x float32) float32 {
	if coef.ExpMin > x {
		x = coef.ExpMin
	}
	if coef.ExpMax < x {
		x = coef.ExpMax
	}
	const magic = coef.RoundMagic + 2*coef.ExponentBias
	sum := fma32(x, coef.Log2E, magic)
	n := sum - magic
	half := math.Float32bits(sum) >> 1 // the low bits are m + bias
	rest := math.Float32bits(sum) - half
	power := math.Float32frombits(half << 23)
	return fma32(expm1Reduced(x, n), power, power) * math.Float32frombits(rest<<23)
}

// decay returns g and a power of two whose product is 1/(bias + e^a), for a from 0 to coef.DecayMax. With
// a = n ln 2 + r, the power is 2^(33-n). g and the power are normal numbers even where their product is
// subnormal. The product of a and the power is exact.
func decay(a, bias float32) (g, power float32) {
	const magic = coef.RoundMagic + coef.ExponentBias + coef.DecayShift
	sum := fma32(a, -coef.Log2E, magic)
	n := magic - sum
	power = math.Float32frombits(math.Float32bits(sum) << 23)
	r := fma32(n, -coef.Ln2Lo, fma32(n, -coef.Ln2Hi, a))
	far := fma32(float32(r*r), horner(r, coef.DecayExpm1[:]), fma32(r, coef.DecayScale, coef.DecayFar))
	return 1 / (far + fma32(power, bias, coef.DecayNear)), power
}

// clampDecay returns |x|, or coef.DecayMax where that is less.
func clampDecay(x float32) float32 { return clampTo(x, coef.DecayMax) }

// clampTo returns |x|, or most where that is less.
func clampTo(x, most float32) float32 {
	a := abs32(x)
	if a > most {
		a = most
	}
	return a
}

func abs32(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }

// positivePart returns max(x, 0), and -0 and NaN as they are.
func positivePart(x float32) float32 {
	if x < 0 {
		return 0
	}
	return x
}
