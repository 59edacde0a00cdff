package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// exp returns e^x: x = n ln 2 + r with |r| <= ln(2)/2, then 2^n P(r). The power of two is applied in two halves, so
// that results below the normal range round only once. Maximum error 0.90 ULP.
func exp(x float32) float32 {
	if coef.ExpMin > x {
		x = coef.ExpMin
	}
	if coef.ExpMax < x {
		x = coef.ExpMax
	}
	magic := fma32(x, coef.Log2E, coef.RoundMagic)
	n := magic - coef.RoundMagic
	r := fma32(n, -coef.Ln2Lo, fma32(n, -coef.Ln2Hi, x))
	k := int32(math.Float32bits(magic)) - int32(math.Float32bits(coef.RoundMagic))
	half := k >> 1
	return float32(horner(r, coef.Exp[:])*exp2(half)) * exp2(k-half)
}

// exp2 is 2^k for -126 <= k <= 127.
func exp2(k int32) float32 { return math.Float32frombits(uint32(k+127) << 23) }

// sigmoid returns 1/(1+e^-x), computed from e = e^-|x| as 1/(1+e) or e/(1+e), so that neither end cancels or
// overflows. Maximum error 2.41 ULP.
func sigmoid(x float32) float32 {
	e := exp(-abs32(x))
	if math.Signbit(float64(x)) {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}

func abs32(x float32) float32 { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }
