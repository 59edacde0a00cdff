package coef

// The constants of functions of float64 end in Double, where float32 has one of that name.

// Expm1Double is P with e^r - 1 = r + r^2 P(r), |r| <= ln(2)/2; relative error at most 2^-55.59, and 2^-57.3 of e^r.
var Expm1Double = [...]float64{
	0.5000000000000006,
	0.1666666666666665,
	0.04166666666657628,
	0.008333333333360168,
	0.001388888893138098,
	0.00019841269770330984,
	2.480150562873856e-05,
	2.7557369309783443e-06,
	2.762587854435707e-07,
	2.5064110854473474e-08,
}

// AtanhDouble is P with 2 atanh(s) = 2s + s^3 P(s^2), |s| <= 3-sqrt(8); relative error at most 2^-58.30.
var AtanhDouble = [...]float64{
	0.6666666666666595,
	0.4000000000023666,
	0.28571428575197744,
	0.2222221452077949,
	0.18182785288006553,
	0.1533293855705961,
	0.14615730683779252,
}

// Argument reduction of the exponential and the logarithm of float64, as for float32. Ln2HiDouble has 42 significant bits, so
// that its product with an exponent is exact; with Ln2LoDouble it is ln 2 to 2^-102. RoundMagicDouble is 1.5*2^52, whose low
// 12 bits are zero.
const (
	Ln2HiDouble        = 0x1.62e42fefa38p-1
	Ln2LoDouble        = 0x1.ef35793c7673p-45
	RoundMagicDouble   = 3 << 51
	ExponentBiasDouble = 1023
)

// Ends of the ranges beyond which a function of float64 no longer changes. exp is zero below ExpMinDouble and +Inf above
// ExpMaxDouble. float64 has no number between tanh of TanhMaxDouble and 1.
const (
	ExpMinDouble  = -746
	ExpMaxDouble  = 710
	TanhMaxDouble = 20
)

// SqrtHalfDoubleBits are the bits of the float64 nearest sqrt(1/2), where the mantissa of a logarithm's argument is cut.
const SqrtHalfDoubleBits = 0x3fe6a09e667f3bcd

// SigmoidScale scales 1 + e^a so that the power of two in it is a normal number for every a to -ExpMinDouble.
const (
	SigmoidShift = 64
	SigmoidScale = 1 << SigmoidShift
)

// SigmoidExpm1 is SigmoidScale times Expm1Double.
var SigmoidExpm1 = func() (c [len(Expm1Double)]float64) {
	for i, x := range Expm1Double {
		c[i] = SigmoidScale * x
	}
	return c
}()
