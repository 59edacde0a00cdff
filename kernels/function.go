package kernels

import "github.com/seed964deb49/langevin/internal/coef"

// Exp sets dst[i] = e^x[i]. Maximum error 0.90 ULP; zero below -104, +Inf above 88.7.
//
// For this and all functions below: dst and x have the same length and may be the same slice; other overlaps panic. NaN
// gives NaN, and infinities give the limits. Errors are maxima over all float32, in units of the last place of the exact
// result.
func Exp(dst, x []float32) { apply("Exp", expFunction, dst, x) }

// Log sets dst[i] to the natural logarithm of x[i], -Inf at zero and NaN below. Maximum error 0.88 ULP.
func Log(dst, x []float32) { apply("Log", logFunction, dst, x) }

// Sigmoid sets dst[i] = 1/(1+e^-x[i]), the logistic function. Maximum error 1.83 ULP.
func Sigmoid(dst, x []float32) { apply("Sigmoid", sigmoidFunction, dst, x) }

// Softplus sets dst[i] = log(1+e^x[i]) (Dugas et al. 2001). Maximum error 2.23 ULP.
func Softplus(dst, x []float32) { apply("Softplus", softplusFunction, dst, x) }

// Tanh sets dst[i] to the hyperbolic tangent of x[i]. Maximum error 2.61 ULP.
func Tanh(dst, x []float32) { apply("Tanh", tanhFunction, dst, x) }

// ELU sets dst[i] = x[i], or e^x[i] - 1 where x[i] is negative (Clevert, Unterthiner and Hochreiter 2016, with alpha 1).
// Maximum error 1.03 ULP.
func ELU(dst, x []float32) { apply("ELU", eluFunction, dst, x) }

// SiLU sets dst[i] = x[i]*sigmoid(x[i]) (Elfwing, Uchibe and Doya 2017; also called swish). Maximum error 2.40 ULP.
func SiLU(dst, x []float32) { apply("SiLU", siluFunction, dst, x) }

// SigmoidGrad is the backward pass of Sigmoid at its input x: dst[i] = dy[i] * s*(1-s) with s = sigmoid(x[i]). Maximum
// error of the second factor 2.31 ULP.
//
// For this and the other backward passes: dst, dy and x have the same length. dst may be dy or x itself; other overlaps
// panic. The derivative is rounded, then multiplied by dy[i].
func SigmoidGrad(dst, dy, x []float32) { applyGrad("SigmoidGrad", sigmoidFunction, dst, dy, x) }

// SoftplusGrad is the backward pass of Softplus at its input x: dst[i] = dy[i] * sigmoid(x[i]).
func SoftplusGrad(dst, dy, x []float32) { applyGrad("SoftplusGrad", softplusFunction, dst, dy, x) }

// TanhGrad is the backward pass of Tanh at its input x: dst[i] = dy[i] * (1 - tanh(x[i])^2). Maximum error of the second
// factor 2.31 ULP.
func TanhGrad(dst, dy, x []float32) { applyGrad("TanhGrad", tanhFunction, dst, dy, x) }

// ELUGrad is the backward pass of ELU at its input x: dst[i] = dy[i] * e^min(x[i], 0).
func ELUGrad(dst, dy, x []float32) { applyGrad("ELUGrad", eluFunction, dst, dy, x) }

// SiLUWithSlope is the activation of layers, see Dense: it sets dst[i] to SiLU of max(x[i], -32), with the bits of SiLU, and
// slope[i] to the derivative there, the factor of SiLUGrad. slope may be x itself; dst overlaps neither.
//
// SiLU(-32) is -4e-13, nothing beside the other activations of a layer, but far from the subnormal numbers that SiLU returns
// below -92: with one of those among their operands, multiply-adds of many processors take a hundred times as long.
func SiLUWithSlope(dst, slope, x []float32) {
	checkLen("SiLUWithSlope", "slope", slope, len(dst))
	checkLen("SiLUWithSlope", "x", x, len(dst))
	checkDisjoint("SiLUWithSlope", "dst", dst, "x", x)
	checkDisjoint("SiLUWithSlope", "dst", dst, "slope", slope)
	checkAlias("SiLUWithSlope", "slope", slope, "x", x)
	s := sweeps.get()
	s.op, s.dst, s.src, s.third = sweepSiLUWithSlope, dst, slope, x
	s.do(len(dst))
}

// SiLUGrad is the backward pass of SiLU at its input x: dst[i] = dy[i] * s*(1 + x[i]*(1-s)) with s = sigmoid(x[i]).
// Maximum error of the second factor 2.90 ULP, where its unit of the last place is taken to be at least that of s, since the
// derivative has a zero at -1.28.
func SiLUGrad(dst, dy, x []float32) { applyGrad("SiLUGrad", siluFunction, dst, dy, x) }

func apply(name string, f function, dst, x []float32) {
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "x", x)
	s := sweeps.get()
	s.op, s.function, s.dst, s.src = sweepFunction, f, dst, x
	s.do(len(dst))
}

func applyGrad(name string, f function, dst, dy, x []float32) {
	checkLen(name, "dy", dy, len(dst))
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "dy", dy)
	checkAlias(name, "dst", dst, "x", x)
	s := sweeps.get()
	s.op, s.function, s.dst, s.src, s.third = sweepGrad, f, dst, dy, x
	s.do(len(dst))
}

func sweepFunction(s *sweep, from, to int) { evaluate(s.function, s.dst[from:to], s.src[from:to]) }

func sweepGrad(s *sweep, from, to int) {
	backward(s.function, s.dst[from:to], s.src[from:to], s.third[from:to])
}

func sweepSiLUWithSlope(s *sweep, from, to int) {
	siluWithSlope(s.dst[from:to], s.src[from:to], s.third[from:to])
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

func siluOfLayerGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] = siluLayer(x)
	}
}

func siluWithSlopeGeneric(dst, slope, x []float32) {
	for i, x := range x {
		dst[i], slope[i] = siluAndSlope(x, coef.LayerMax)
	}
}

// hadamardGeneric sets dst[i] = dst[i]*x[i].
func hadamardGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] *= x
	}
}
