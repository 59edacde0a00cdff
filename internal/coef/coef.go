// Package coef holds the constants that the pure-Go kernels and the assembly generators share, so that the two
// cannot drift apart.
//
// The polynomials are float32 minimax fits; gen/minimax.py prints them.
package coef

// Philox4x32 multipliers and Weyl increments of the key (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
// as easy as 1, 2, 3", SC11).
const (
	PhiloxM0 = 0xD2511F53
	PhiloxM1 = 0xCD9E8D57
	PhiloxW0 = 0x9E3779B9
	PhiloxW1 = 0xBB67AE85

	PhiloxRounds = 10
)

// SqrtHalfBits are the bits of the float32 nearest sqrt(1/2), where the mantissa of a logarithm's argument is cut.
const SqrtHalfBits = 0x3f3504f3

// TwoLn2 is 2 ln 2.
const TwoLn2 = 1.3862943611198906

// NegTwoLog is P with -2 log(1 - g/2) = g + g^2 P(g), lowest power first, for sqrt(1/2) <= 1 - g/2 < sqrt(2); relative error
// at most 2^-24.98.
var NegTwoLog = [...]float32{
	0.24999995529651642,
	0.08333486318588257,
	0.03125222027301788,
	0.012476399540901184,
	0.005178223364055157,
	0.002330681076273322,
	0.001117789652198553,
	0.00034135766327381134,
}

// SinQuarter is P with sin(pi/2 x) = x*P(x^2), |x| <= 1/2; relative error at most 2^-25.09.
var SinQuarter = [...]float32{
	1.5707963705062866,
	-0.645966649055481,
	0.07971252501010895,
	-0.004685971420258284,
}

// CosQuarter is P with cos(pi/2 x) = P(x^2), |x| <= 1/2; relative error at most 2^-24.60.
var CosQuarter = [...]float32{
	1.0,
	-1.2336976528167725,
	0.25360238552093506,
	-0.020414529368281364,
}

// Expm1 is P with e^r - 1 = r + r^2 P(r), |r| <= ln(2)/2; relative error at most 2^-26.13, and 2^-27.8 of e^r.
var Expm1 = [...]float32{
	0.4999999701976776,
	0.1666654646396637,
	0.04166744649410248,
	0.008366248570382595,
	0.001386967021971941,
}

// Log1p is P with log(1+f) = f + f^2 P(f), sqrt(1/2) <= 1+f < sqrt(2); relative error at most 2^-27.83.
var Log1p = [...]float32{
	-0.49999988079071045,
	0.33333325386047363,
	-0.25001609325408936,
	0.20002004504203796,
	-0.16608411073684692,
	0.14180852472782135,
	-0.13248063623905182,
	0.129129558801651,
	-0.07619095593690872,
}

// Atanh is P with 2 atanh(s/2) = s + s^3 P(s^2), 0 <= s <= 2/3; relative error at most 2^-27.73.
var Atanh = [...]float32{
	0.08333302289247513,
	0.012506699189543724,
	0.0021877363324165344,
	0.0005470074247568846,
}

// Argument reduction of exp: x = n ln 2 + r. Ln2Hi has 16 significant bits at most, so that n*Ln2Hi is exact for every n
// that occurs; Ln2Hi + Ln2Lo is ln 2 to 2^-43. RoundMagic is 1.5*2^23: adding it rounds to an integer, which the low
// bits of the sum hold. Its own low 9 bits are zero, so that the integer shifted to the exponent's place is all that is
// left. ExponentBias is that of float32.
const (
	Log2E        = 1.4426950408889634
	Ln2Hi        = 0.693145751953125
	Ln2Lo        = 1.42860682030941723212e-6
	RoundMagic   = 12582912
	ExponentBias = 127
)

// Ends of the ranges beyond which a function no longer changes. exp is zero below ExpMin and +Inf above ExpMax.
// x*exp(-x) rounds to zero from DecayMax on. float32 has no number between tanh of TanhMax and 1, or between the exp of
// Expm1Min and zero once 1 is taken off.
const (
	ExpMin   = -104
	ExpMax   = 89
	DecayMax = 110
	TanhMax  = 10
	Expm1Min = -30
)

// LayerMax is where the SiLU of layers goes on as a constant, below minus that: SiLU(-32) is -4e-13.
const LayerMax = 32

// The quotients 1/(bias + e^a) with a = n ln 2 + r, 0 <= a <= DecayMax, are 2^(DecayShift-n) times the reciprocal of
//
//	2^DecayShift e^r + bias*2^(DecayShift-n)
//
// The largest n is 159, for which that power of two is just normal. e^r is the sum of two parts. To DecayNear, just below one,
// the power of two is added, without an error up to n = 24. The other, DecayFar and e^r - 1, is so small that its roundings are,
// too. DecayFar is by 2^-27 more than DecayNear lacks, since from n = 25 on the first sum loses up to 2^-25. Both are scaled
// by 2^DecayShift.
const (
	DecayShift = 33
	DecayScale = 1 << DecayShift
	DecayNear  = DecayScale * (1 - 1./64)
	DecayFar   = DecayScale * (1./64 + 0x1p-27)
)

// DecayExpm1 is DecayScale times Expm1, but for the lowest coefficient, which is a unit of the last place less: the maximum
// errors of SiLU and its derivative are lowest so.
var DecayExpm1 = func() (c [len(Expm1)]float32) {
	for i, x := range Expm1 {
		c[i] = DecayScale * x
	}
	c[0] = DecayScale * 0.49999994039535522
	return c
}()
