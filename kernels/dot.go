package kernels

// Dot returns the inner product of x and y, which have the same length.
//
// It takes the elements in blocks of 4096. In a block there are 64 lanes that begin at zero. Lane l takes
// elements l, l+64, l+128 and so on of the block:
//
//	lane[l] = fma(x[i], y[i], lane[l])
//
// Lanes l and l+32 are then added, of those sums l and l+16, and so on down to one. The blocks' sums are
// added in order in float64, and the total is rounded. With u = 2^-24 it is off by at most 72 u of the sum of
// |x[i] y[i]| at any length below 2^40, where nothing overflows or is subnormal.
func Dot(x, y []float32) float32 {
	checkLen("Dot", "y", y, len(x))
	switch {
	case !oneBlock(len(x)):
		return float32(dotKernel.sum(x, y))
	case direct():
		return unsigned(dotOfBlockDirect(x, y))
	}
	return unsigned(dotOfBlock(x, y))
}

var dotKernel = onBlocks(func(of, x, y []float32) { dotBlocks(of, x, y) })

// Dot64 is Dot in float64, with 32 lanes. With n elements and u = 2^-53, it is off by at most
// (134 + n/4096) u of the sum of |x[i] y[i]|.
func Dot64(x, y []float64) float64 {
	checkLen("Dot64", "y", y, len(x))
	switch {
	case !oneBlock(len(x)):
		return dotKernel64.sum(x, y)
	case direct():
		return unsigned(dotOfBlock64Direct(x, y))
	}
	return unsigned(dotOfBlock64(x, y))
}

var dotKernel64 = onBlocks(func(of, x, y []float64) { dotBlocks64(of, x, y) })
