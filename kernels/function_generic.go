package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// The definitions of the functions and of their derivatives, on one number.

// sigmoid returns 1/(1+e^-x): with h = 1/(1+e^|x|), it is 1-h or h.
func sigmoid(x float32) float32 {
	g, power := decay(clampDecay(x), 1)
	return reflect(float32(g*power), x)
}

// reflect returns 1 - h, or h where the sign of x is set.
func reflect(h, x float32) float32 {
	if math.Signbit(float64(x)) {
		return h
	}
	return 1 - h
}

// silu returns x*sigmoid(x) as max(x, 0) - |x|/(1+e^|x|).
func silu(x float32) float32 {
	y, _ := siluAndSlope(x, coef.DecayMax)
	return y
}

// siluLayer is silu, but SiLU(-LayerMax) below.
func siluLayer(x float32) float32 {
	y, _ := siluAndSlope(x, coef.LayerMax)
	return y
}

// softplus returns log(1+e^x) as max(x, 0) + log(1+e^-|x|). With s = 1/(1/2 + e^|x|), that logarithm is
// 2 atanh(s/2).
func softplus(x float32) float32 {
	g, power := decay(clampDecay(x), 0.5)
	s := g * power
	square := s * s
	l := fma32(g, float32(square*horner(square, coef.Atanh[:])), g)
	return fma32(l, power, positivePart(x))
}

// tanh returns e/(e+2) for e = e^(2|x|) - 1, with the sign of x.
func tanh(x float32) float32 {
	a := abs32(x)
	if a > coef.TanhMax {
		a = coef.TanhMax
	}
	t, power := expParts(a + a)
	e := fma32(t, power, power-1)
	y := e / (e + 2)
	return math.Float32frombits(math.Float32bits(y) | math.Float32bits(x)&(1<<31))
}

// elu returns x, or e^x - 1 where x < 0.
func elu(x float32) float32 {
	if !(x < 0) {
		return x
	}
	if x < coef.Expm1Min {
		x = coef.Expm1Min
	}
	t, power := expParts(x)
	return fma32(t, power, power-1)
}

// log returns the natural logarithm. With x = 2^k (1+f) and sqrt(1/2) <= 1+f < sqrt(2), it is
// k ln 2 + log(1+f). The sum of high and rest is exactly f plus k times the upper part of ln 2.
func log(x float32) float32 {
	switch {
	case x < 0:
		return float32(math.NaN())
	case x == 0:
		return float32(math.Inf(-1))
	case !(x <= math.MaxFloat32):
		return x
	}
	bits, below := math.Float32bits(x), float32(0)
	if x < 0x1p-126 {
		bits, below = math.Float32bits(x*0x1p24), 24
	}
	e := (int32(bits) - coef.SqrtHalfBits) >> 23
	f := math.Float32frombits(bits-uint32(e)<<23) - 1
	k := float32(e) - below
	high := fma32(k, coef.Ln2Hi, f)
	rest := f - fma32(k, -coef.Ln2Hi, high)
	return high + fma32(float32(f*f), horner(f, coef.Log1p[:]), fma32(k, coef.Ln2Lo, rest))
}

// softplusSlope is the sigmoid.
func softplusSlope(x float32) float32 { return sigmoid(x) }

// sigmoidSlope returns h*(1-h) for h = sigmoid(-|x|).
func sigmoidSlope(x float32) float32 { return bell(clampDecay(x), 1) }

// tanhSlope returns 1 - tanh(x)^2, four times the slope of the sigmoid at 2x.
func tanhSlope(x float32) float32 {
	a := abs32(x)
	if a > coef.DecayMax/2 {
		a = coef.DecayMax / 2
	}
	return bell(a+a, 4)
}

// bell returns scale*h*(1-h) for h = 1/(1+e^a); scale is a power of two.
func bell(a, scale float32) float32 {
	g, power := decay(a, 1)
	h := g * float32(scale*power)
	return fma32(h, h*(-1/scale), h)
}

// eluSlope returns e^min(x, 0).
func eluSlope(x float32) float32 {
	if x > 0 {
		x = 0
	}
	return exp(x)
}

// siluSlope returns the derivative of SiLU.
func siluSlope(x float32) float32 {
	_, slope := siluAndSlope(x, coef.DecayMax)
	return slope
}

// siluAndSlope returns silu(x) and its derivative. With a = min(|x|, most) and h = 1/(1+e^a), silu(x) is
// max(x, 0) - a*h. The derivative is h*(1-a+a*h) for negative x, and one minus that for positive x.
func siluAndSlope(x, most float32) (y, slope float32) {
	a := clampTo(x, most)
	g, power := decay(a, 1)
	scaled := float32(a * power)
	v := fma32(scaled, float32(g*power), power-scaled) // power*(1 - a + a*h)
	return fma32(g, -scaled, positivePart(x)), reflect(float32(g*v), x)
}

func evaluateGeneric(f function, dst, x []float32) {
	value := f.value()
	for i, x := range x {
		dst[i] = value(x)
	}
}

func backwardGeneric(f function, dst, dy, x []float32) {
	slope := f.slope()
	for i, x := range x {
		dst[i] = dy[i] * slope(x)
	}
}
