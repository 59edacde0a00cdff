package coef

// Constants of normals in float64; gen/minimax64.py prints them.

// ThreeQuartersBits are the bits of 3/4, where the mantissa of a logarithm's argument is cut.
const ThreeQuartersBits = 0x3fe8000000000000

// HalfPi + HalfPiLow is pi/2 to 107 bits.
const (
	HalfPi    = 1.5707963267948966
	HalfPiLow = 6.123233995736766e-17
)

// NegTwoLog64 is P with -2 log(1 - g/2) = g + (g^2 - s (g^2 + s^2 P(s^2)))/4, s = g/(g-4), lowest power first, for
// 3/4 <= 1 - g/2 < 3/2; relative error at most 2^-55.86.
var NegTwoLog64 = [...]float64{
	5.333333333333817,
	3.199999999692909,
	2.2857143516261207,
	1.7777710799394406,
	1.4549084922404905,
	1.2200149588373805,
	1.2294562624408358,
}

// SinQuarter64 is P with sin(pi/2 x) = x*(pi/2 + x^2 P(x^2)), |x| <= 1/2; relative error at most 2^-56.62.
var SinQuarter64 = [...]float64{
	-0.645964097506245,
	0.07969262624606273,
	-0.004681754132616323,
	0.00016044115259873895,
	-3.5986493411624633e-06,
	5.6346751253095104e-08,
}

// CosQuarter64 is P with cos(pi/2 x) = 1 + x^2 P(x^2), |x| <= 1/2; relative error at most 2^-55.76.
var CosQuarter64 = [...]float64{
	-1.2337005501361697,
	0.2536695079010469,
	-0.020863480763315442,
	0.0009192602742250346,
	-2.520203699154702e-05,
	4.710615657980898e-07,
	-6.321892466127816e-09,
}
