package kernels

import "math"

// Norm returns the Euclidean norm of x: the root of Dot(x, x), taken in float64 before the total is rounded.
// Where the total is below 2^-80, so that subnormal squares could matter, or is infinite, Norm returns the
// root of SumSquares(x). It overflows only where the norm itself does. It is NaN where an element is, and
// otherwise infinite where one is infinite.
//
// With u = 2^-24 it is off by at most 37 u of itself at any length below 2^40.
func Norm(x []float32) float32 {
	if direct() && oneBlock(len(x)) {
		if sum := squareOfBlockDirect(x); sum >= 0x1p-80 && sum <= math.MaxFloat32 {
			return float32(math.Sqrt(float64(sum)))
		}
	}
	return normOfAny(x)
}

// normOfAny is Norm of any length and magnitude.
func normOfAny(x []float32) float32 {
	sum := sumOfSquares(x)
	if sum < 0x1p-80 || sum > math.MaxFloat64 {
		sum = SumSquares(x)
	}
	return float32(math.Sqrt(sum))
}

var squareKernel = onBlocks(func(of, x, _ []float32) { squareBlocks(of, x) })

// Norm64 returns the Euclidean norm of x, the root of Dot64(x, x). Where this is below 2^-960, so that
// subnormal squares could matter, or is infinite, Norm64 takes x times a power of two in its place: 2^700 or
// 2^-540. It overflows only where the norm itself does. It is NaN where an element is, and otherwise infinite
// where one is infinite.
//
// With n elements and u = 2^-53, it is off by at most (69 + n/1024) u of itself, where it is not subnormal.
func Norm64(x []float64) float64 {
	if direct() && oneBlock(len(x)) {
		if sum := squareOfBlock64Direct(x); sum >= 0x1p-960 && sum <= math.MaxFloat64 {
			return math.Sqrt(sum)
		}
	}
	return normOfAny64(x)
}

// normOfAny64 is Norm64 of any length and magnitude.
func normOfAny64(x []float64) float64 {
	sum := sumOfSquares64(x)
	switch {
	case sum < 0x1p-960:
		return math.Sqrt(sumScaledSquares(x, 0x1p700)) * 0x1p-700
	case sum > math.MaxFloat64:
		return math.Sqrt(sumScaledSquares(x, 0x1p-540)) * 0x1p540
	}
	return math.Sqrt(sum)
}

var squareKernel64 = onBlocks(func(of, x, _ []float64) { squareBlocks64(of, x) })

// sumScaledSquares is the sum of the squares of factor times x. It adds sums over pieces of 512 elements in
// order.
func sumScaledSquares(x []float64, factor float64) float64 {
	var scaled [512]float64
	sum := 0.0
	for len(x) > 0 {
		n := min(len(x), len(scaled))
		scale64(scaled[:n], factor, x[:n])
		sum += squareOfBlock64(scaled[:n])
		x = x[n:]
	}
	return sum
}

// sumOfSquares and sumOfSquares64 are Dot(x, x) and Dot64(x, x) in float64.
func sumOfSquares(x []float32) float64 {
	if oneBlock(len(x)) {
		return float64(squareOfBlock(x))
	}
	return squareKernel.sum(x, nil)
}

func sumOfSquares64(x []float64) float64 {
	if oneBlock(len(x)) {
		return squareOfBlock64(x)
	}
	return squareKernel64.sum(x, nil)
}
