package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize is the number of normals that one step of the noise kernels makes. A step takes four Philox
// blocks of four words each, and Box and Muller's transform makes a pair of normals of two words.
const groupSize = 16

// noiseGroup sets z to the normals of elements 16*group to 16*group+15 of stream n.
//
// Lane l = 0..7 takes words w of Philox block 4*group + l/2: w[1-l%2] gives the radius, w[3-l%2] the angle.
// Element l is radius*cos, element 8+l is radius*sin. In vector registers this needs no shuffle.
func noiseGroup(z *[groupSize]float32, n Noise, group uint64) {
	for b := range uint64(4) {
		w := philoxBlock(n, 4*group+b)
		for half := range uint64(2) {
			lane := 2*b + half
			r := radius(w[1-half])
			s, c := sincos(w[3-half])
			z[lane] = r * c
			z[lane+8] = r * s
		}
	}
}

// radius is Box and Muller's sqrt(-2 log u) for u = |w + 1/2| / 2^31, where w is taken as a signed integer
// and u is rounded to float32. u lies in [2^-32, 1] and is never zero, so the largest normal is 6.66. u keeps
// its relative precision towards zero. Bit 31 of w negates the radius (half a turn). Maximum error 1.22 ULP.
func radius(w uint32) float32 {
	r := sqrt32(negTwoLog(abs32(float32(int32(w))+0.5) * 0x1p-31))
	return math.Float32frombits(math.Float32bits(r) ^ w&(1<<31))
}

// negTwoLog returns -2 log u for 0 < u <= 1. With u = 2^k (1+f), sqrt(1/2) <= 1+f < sqrt(2) and g = -2f, it
// is -2 ln(2) k + g + g^2 P(g). Maximum error 1.21 ULP.
func negTwoLog(u float32) float32 {
	b := int32(math.Float32bits(u))
	k := (b - coef.SqrtHalfBits) >> 23
	f := math.Float32frombits(uint32(b-k<<23)) - 1
	g := -2 * f
	square := g * g
	return fma32(hornerInPairs(g, square, coef.NegTwoLog[:]), square, fma32(float32(-k), coef.TwoLn2, g))
}

// sincos returns the sine and cosine of an angle uniform in the bits of v. The low 31 bits of v give x in
// [-1/2, 1/2), and with x sin and cos of pi/2 x. Bit 31 exchanges the two (a reflection). The radius has the
// sign that completes the circle. Maximum error 2.38 ULP, the rounding of x included.
func sincos(v uint32) (sin, cos float32) {
	x := float32(int32(v<<1)) * 0x1p-32
	t := x * x
	sin = x * horner(t, coef.SinQuarter[:])
	cos = horner(t, coef.CosQuarter[:])
	if v&(1<<31) != 0 {
		sin, cos = cos, sin
	}
	return sin, cos
}

// horner evaluates the polynomial with coefficients c, lowest power first, by Horner's rule in fused steps.
func horner(x float32, c []float32) float32 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = fma32(y, x, c[i])
	}
	return y
}

// hornerInPairs evaluates a polynomial like horner, but two terms at a time. About half as many steps wait
// for each other. square is x^2, and the number of coefficients is even.
func hornerInPairs(x, square float32, c []float32) float32 {
	i := len(c) - 2
	y := fma32(c[i+1], x, c[i])
	for i -= 2; i >= 0; i -= 2 {
		y = fma32(y, square, fma32(c[i+1], x, c[i]))
	}
	return y
}

// sqrt32 is the correctly rounded square root. float64 has more than twice the bits of float32, so rounding
// twice is exact.
func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }
