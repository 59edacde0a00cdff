package kernels

// Argmax returns the index of the greatest number of x, of equal ones the first. Zeros of either sign are
// equal. It passes over NaN, and is -1 where there is no number.
func Argmax(x []float32) int {
	switch {
	case !oneBlock(len(x)):
		return maxKernel.argmost(x, argmax)
	case direct():
		return argmaxDirect(x)
	}
	return argmax(x)
}

// Argmax64 is Argmax in float64.
func Argmax64(x []float64) int {
	switch {
	case !oneBlock(len(x)):
		return maxKernel64.argmost(x, argmax64)
	case direct():
		return argmax64Direct(x)
	}
	return argmax64(x)
}

// Iamax returns the index of the element of x of greatest magnitude, of equal ones the first. As in BLAS's
// reference, NaN is the greatest where it comes first, and is passed over elsewhere. Iamax is -1 where x is
// empty.
func Iamax(x []float32) int {
	switch {
	case len(x) > 0 && x[0] != x[0]:
		return 0
	case !oneBlock(len(x)):
		return amaxKernel.argmost(x, iamax)
	case direct():
		return iamaxDirect(x)
	}
	return iamax(x)
}

var amaxKernel = onBlocks(func(of, x, _ []float32) { amaxBlocks(of, x) })

// Iamax64 is Iamax in float64.
func Iamax64(x []float64) int {
	switch {
	case len(x) > 0 && x[0] != x[0]:
		return 0
	case !oneBlock(len(x)):
		return amaxKernel64.argmost(x, iamax64)
	case direct():
		return iamax64Direct(x)
	}
	return iamax64(x)
}

var amaxKernel64 = onBlocks(func(of, x, _ []float64) { amaxBlocks64(of, x) })

// argmost returns the index of the first greatest number by at, which has it of one block.
func (k *blockKernel[T]) argmost(x []T, at func(x []T) int) int {
	_, first := k.most(x)
	// Where nothing is above -Inf, the first blocks may have no number.
	for from := first * blockSize; from < len(x); from += blockSize {
		if i := at(x[from:min(from+blockSize, len(x))]); i >= 0 {
			return from + i
		}
	}
	return -1
}
