package kernels

import (
	"math"

	"github.com/seed964deb49/langevin/internal/coef"
)

// groupSize64 is the number of float64 that one step of the noise kernels makes: two of each of four Philox
// blocks.
const groupSize64 = 8

// wordsOfBlock returns the words of a Philox block of stream n in pairs, the first of each as the upper half.
func wordsOfBlock(n Noise, block uint64) (first, second uint64) {
	w := philoxBlock(n, block)
	return uint64(w[0])<<32 | uint64(w[1]), uint64(w[2])<<32 | uint64(w[3])
}

// noiseGroup64 sets z to the normals of a group of four blocks. The first two words of block 4*group + l give
// the radius of elements l and 4+l, the other two their angle. Element l is radius*cos, element 4+l is
// radius*sin. A vector register makes a block in each of its lanes of 64 bits and needs no shuffle.
func noiseGroup64(z *[groupSize64]float64, n Noise, group uint64) {
	for l := range uint64(4) {
		first, second := wordsOfBlock(n, 4*group+l)
		r := radius64(first)
		s, c := sincos64(second)
		z[l] = r * c
		z[4+l] = r * s
	}
}

// radius64 is Box and Muller's sqrt(-2 log u) for u = |w|1| / 2^63, where w|1 is w with its lowest bit set,
// taken as a signed integer. u is rounded to float64. It lies in [2^-63, 1] in the middle of steps of 2^-62,
// so the largest normal is 9.345. u keeps its relative precision towards zero. Bit 63 of w negates the radius
// (half a turn). Maximum error 1.3 ULP.
func radius64(w uint64) float64 {
	r := math.Sqrt(negTwoLog64(float64(math.Abs(float64(int64(w|1))) * 0x1p-63)))
	return math.Float64frombits(math.Float64bits(r) ^ w&(1<<63))
}

// negTwoLog64 returns -2 log u for 0 < u <= 1, u normal. With u = 2^k m, 3/4 <= m < 3/2, g = 2 - 2m and
// s = g/(g-4), it is -2 ln(2) k + g + (g^2 - s (g^2 + s^2 P(s^2)))/4, since log m is 2 atanh((m-1)/(m+1)).
// Maximum error 1.37 ULP.
func negTwoLog64(u float64) float64 {
	t := int64(math.Float64bits(u)) - coef.ThreeQuartersBits
	m := math.Float64frombits(uint64(t&(1<<52-1) + coef.ThreeQuartersBits))
	g := math.FMA(-2, m, 2) // exactly
	square := g * g
	s := g / (g - 4)
	z := s * s
	rest := math.FMA(-s, math.FMA(horner64(z, coef.NegTwoLog64[:]), z, square), square)
	line := math.FMA(float64(-(t >> 52)), coef.TwoLn2, g)
	return math.FMA(rest, 0.25, line)
}

// sincos64 returns the sine and cosine of an angle uniform in the bits of v. v as a signed integer over 2^64
// is x in [-1/2, 1/2], rounded to float64. The two are sin and cos of pi/2 x. Bit 0 exchanges them, which is
// a reflection. The radius has the sign that completes the circle. Maximum error 0.99 ULP, the rounding of x
// aside.
func sincos64(v uint64) (sin, cos float64) {
	x := float64(int64(v)) * 0x1p-64
	t := x * x
	low := math.FMA(t, horner64(t, coef.SinQuarter64[:]), coef.HalfPiLow)
	sin = math.FMA(x, coef.HalfPi, float64(x*low))
	cos = math.FMA(t, horner64(t, coef.CosQuarter64[:]), 1)
	if v&1 != 0 {
		sin, cos = cos, sin
	}
	return sin, cos
}

// horner64 is horner in float64.
func horner64(x float64, c []float64) float64 {
	y := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		y = math.FMA(y, x, c[i])
	}
	return y
}
