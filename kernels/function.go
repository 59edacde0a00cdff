package kernels

// Exp sets dst[i] = e^x[i]. Maximum error 0.90 ULP; zero below -104, +Inf above 88.7.
//
// The following holds for Exp and for all functions below. dst and x have the same length and may be the same
// slice; other overlaps panic. NaN gives NaN, and infinities give the limits. Errors are maxima over all
// float32, in units of the last place of the exact result.
func Exp(dst, x []float32) { apply("Exp", expFunction, dst, x) }

// Log sets dst[i] to the natural logarithm of x[i], -Inf at zero and NaN below. Maximum error 0.88 ULP.
func Log(dst, x []float32) { apply("Log", logFunction, dst, x) }

// Sigmoid sets dst[i] = 1/(1+e^-x[i]), the logistic function. Maximum error 1.83 ULP.
func Sigmoid(dst, x []float32) { apply("Sigmoid", sigmoidFunction, dst, x) }

// Softplus sets dst[i] = log(1+e^x[i]) (Dugas et al. 2001). Maximum error 2.23 ULP.
func Softplus(dst, x []float32) { apply("Softplus", softplusFunction, dst, x) }

// Tanh sets dst[i] to the hyperbolic tangent of x[i]. Maximum error 2.61 ULP.
func Tanh(dst, x []float32) { apply("Tanh", tanhFunction, dst, x) }

// ELU sets dst[i] = x[i], or e^x[i] - 1 where x[i] is negative (Clevert, Unterthiner and Hochreiter 2016,
// with alpha 1). Maximum error 1.03 ULP.
func ELU(dst, x []float32) { apply("ELU", eluFunction, dst, x) }

// SiLU sets dst[i] = x[i]*sigmoid(x[i]) (Elfwing, Uchibe and Doya 2017; also called swish). Maximum error
// 2.40 ULP.
func SiLU(dst, x []float32) { apply("SiLU", siluFunction, dst, x) }

// SigmoidGrad is the backward pass of Sigmoid at its input x: dst[i] = dy[i] * s*(1-s) with
// s = sigmoid(x[i]). Maximum error of the second factor 2.31 ULP.
//
// The following holds for all backward passes. dst, dy and x have the same length. dst may be dy or x itself;
// other overlaps panic. The derivative is rounded, then multiplied by dy[i].
func SigmoidGrad(dst, dy, x []float32) { applyGrad("SigmoidGrad", sigmoidFunction, dst, dy, x) }

// SoftplusGrad is the backward pass of Softplus at its input x: dst[i] = dy[i] * sigmoid(x[i]).
func SoftplusGrad(dst, dy, x []float32) { applyGrad("SoftplusGrad", softplusFunction, dst, dy, x) }

// TanhGrad is the backward pass of Tanh at its input x: dst[i] = dy[i] * (1 - tanh(x[i])^2). Maximum error of
// the second factor 2.31 ULP.
func TanhGrad(dst, dy, x []float32) { applyGrad("TanhGrad", tanhFunction, dst, dy, x) }

// ELUGrad is the backward pass of ELU at its input x: dst[i] = dy[i] * e^min(x[i], 0).
func ELUGrad(dst, dy, x []float32) { applyGrad("ELUGrad", eluFunction, dst, dy, x) }

// SiLUGrad is the backward pass of SiLU at its input x: dst[i] = dy[i] * s*(1 + x[i]*(1-s)) with s =
// sigmoid(x[i]). The maximum error of the second factor is 2.90 ULP. Its unit of the last place is here taken
// to be at least that of s, since the derivative has a zero at -1.28.
func SiLUGrad(dst, dy, x []float32) { applyGrad("SiLUGrad", siluFunction, dst, dy, x) }

func apply(name string, f function, dst, x []float32) {
	if oneInPlace(dst, x) {
		evaluate(f, dst, x)
		return
	}
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "x", x)
	s := functionKernel.begin()
	a := &s.operands
	a.f, a.dst, a.x = f, dst, x
	s.do(len(dst))
}

func applyGrad(name string, f function, dst, dy, x []float32) {
	checkLen(name, "dy", dy, len(dst))
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "dy", dy)
	checkAlias(name, "dst", dst, "x", x)
	if onePiece(len(dst)) {
		backward(f, dst, dy, x)
		return
	}
	s := gradKernel.begin()
	a := &s.operands
	a.f, a.dst, a.dy, a.x = f, dst, dy, x
	s.do(len(dst))
}

type functionOperands struct {
	f      function
	dst, x []float32
}

var functionKernel = onSlices(func(a *functionOperands, from, to int) {
	evaluate(a.f, a.dst[from:to], a.x[from:to])
})

type gradOperands struct {
	f          function
	dst, dy, x []float32
}

var gradKernel = onSlices(func(a *gradOperands, from, to int) {
	backward(a.f, a.dst[from:to], a.dy[from:to], a.x[from:to])
})
