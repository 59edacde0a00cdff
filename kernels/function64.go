package kernels

// Exp64 sets dst[i] = e^x[i]. Maximum error 0.71 ULP, 0.79 ULP where the result is subnormal; zero below -745.2,
// +Inf above 709.8.
//
// The following holds for all functions of float64. dst and x have the same length and may be the same slice;
// other overlaps panic. NaN gives NaN, and infinities give the limits. Errors are the greatest that were seen
// in 10^8 numbers, in units of the last place of the exact result, rounded up.
func Exp64(dst, x []float64) {
	checkInPlace("Exp64", dst, x)
	if onePiece(len(dst)) {
		exp64(dst, x)
		return
	}
	shareUnary(exp64Kernel, dst, x)
}

// Log64 sets dst[i] to the natural logarithm of x[i], -Inf at zero and NaN below. Maximum error 0.69 ULP.
func Log64(dst, x []float64) {
	checkInPlace("Log64", dst, x)
	if onePiece(len(dst)) {
		log64(dst, x)
		return
	}
	shareUnary(log64Kernel, dst, x)
}

// Sigmoid64 sets dst[i] = 1/(1+e^-x[i]), the logistic function. Maximum error 0.83 ULP.
func Sigmoid64(dst, x []float64) {
	checkInPlace("Sigmoid64", dst, x)
	if onePiece(len(dst)) {
		sigmoid64(dst, x)
		return
	}
	shareUnary(sigmoid64Kernel, dst, x)
}

// Tanh64 sets dst[i] to the hyperbolic tangent of x[i]. Maximum error 0.95 ULP.
func Tanh64(dst, x []float64) {
	checkInPlace("Tanh64", dst, x)
	if onePiece(len(dst)) {
		tanh64(dst, x)
		return
	}
	shareUnary(tanh64Kernel, dst, x)
}

// Sqrt sets dst[i] to the square root of x[i], correctly rounded: NaN below zero, and -0 at -0. dst and x have
// the same length and may be the same slice; other overlaps panic.
func Sqrt(dst, x []float32) {
	checkInPlace("Sqrt", dst, x)
	if onePiece(len(dst)) {
		sqrt(dst, x)
		return
	}
	shareUnary(sqrtKernel, dst, x)
}

// Sqrt64 is Sqrt in float64.
func Sqrt64(dst, x []float64) {
	checkInPlace("Sqrt64", dst, x)
	if onePiece(len(dst)) {
		sqrt64(dst, x)
		return
	}
	shareUnary(sqrt64Kernel, dst, x)
}

// checkInPlace panics unless x is as long as dst and either dst or apart from it.
func checkInPlace[T float](name string, dst, x []T) {
	checkLen(name, "x", x, len(dst))
	checkAlias(name, "dst", dst, "x", x)
}

type unaryOperands[T float] struct{ dst, x []T }

func shareUnary[T float](k *sliceKernel[unaryOperands[T]], dst, x []T) {
	s := k.begin()
	s.operands.dst, s.operands.x = dst, x
	s.do(len(dst))
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
