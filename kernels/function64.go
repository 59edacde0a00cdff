package kernels

// Exp64 sets dst[i] = e^x[i]. Maximum error 0.67 ULP, 0.78 ULP where the result is subnormal; zero below
// -745.2, +Inf above 709.8.
//
// The following holds for all functions of float64. dst and x have the same length and may be the same slice;
// other overlaps panic. NaN gives NaN, and infinities give the limits. Errors are the greatest that were seen
// in 2*10^7 numbers of all sizes, in units of the last place of the exact result.
func Exp64(dst, x []float64) {
	if oneInPlace(dst, x) {
		exp64(dst, x)
		return
	}
	setEach("Exp64", exp64Kernel, dst, x)
}

// Log64 sets dst[i] to the natural logarithm of x[i], -Inf at zero and NaN below. Maximum error 0.67 ULP.
func Log64(dst, x []float64) {
	if oneInPlace(dst, x) {
		log64(dst, x)
		return
	}
	setEach("Log64", log64Kernel, dst, x)
}

// Sigmoid64 sets dst[i] = 1/(1+e^-x[i]), the logistic function. Maximum error 0.82 ULP.
func Sigmoid64(dst, x []float64) {
	if oneInPlace(dst, x) {
		sigmoid64(dst, x)
		return
	}
	setEach("Sigmoid64", sigmoid64Kernel, dst, x)
}

// Tanh64 sets dst[i] to the hyperbolic tangent of x[i]. Maximum error 0.93 ULP.
func Tanh64(dst, x []float64) {
	if oneInPlace(dst, x) {
		tanh64(dst, x)
		return
	}
	setEach("Tanh64", tanh64Kernel, dst, x)
}

// Sqrt sets dst[i] to the square root of x[i], correctly rounded: NaN below zero, and -0 at -0. dst and x
// have the same length and may be the same slice; other overlaps panic.
func Sqrt(dst, x []float32) {
	if oneInPlace(dst, x) {
		sqrt(dst, x)
		return
	}
	setEach("Sqrt", sqrtKernel, dst, x)
}

// Sqrt64 is Sqrt in float64.
func Sqrt64(dst, x []float64) {
	if oneInPlace(dst, x) {
		sqrt64(dst, x)
		return
	}
	setEach("Sqrt64", sqrt64Kernel, dst, x)
}

type unaryOperands[T float] struct{ dst, x []T }

// setEach checks the operands and runs the kernel on them.
func setEach[T float](name string, k *sliceKernel[unaryOperands[T]], dst, x []T) {
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "x", x)
	s := k.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(len(dst))
}

// oneInPlace reports whether a call that sets each element of dst to a function of that of x is right and one
// piece of work. It is short enough to become part of its caller, which spares calls that take as long as ten
// numbers do.
func oneInPlace[T float](dst, x []T) bool {
	return onePiece(len(dst)) && len(x) == len(dst) && apart(dst, x)
}

// onUnary returns a kernel that sets each element of dst to a function of that of x.
func onUnary[T float](f func(dst, x []T)) *sliceKernel[unaryOperands[T]] {
	return onSlices(func(a *unaryOperands[T], from, to int) { f(a.dst[from:to], a.x[from:to]) })
}

var (
	exp64Kernel     = onUnary(exp64)
	log64Kernel     = onUnary(log64)
	sigmoid64Kernel = onUnary(sigmoid64)
	tanh64Kernel    = onUnary(tanh64)
	sqrtKernel      = onUnary(sqrt)
	sqrt64Kernel    = onUnary(sqrt64)
)
