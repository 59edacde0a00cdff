package kernels

import "math"

// Max returns the greatest number of x, of zeros the positive one:
//
//	most = -Inf
//	if x[i] > most { most = x[i] }
//
// It passes over NaN, and is -Inf where there is no number.
func Max(x []float32) float32 {
	if oneBlock(len(x)) {
		return maxOfBlock(x)
	}
	most, _ := maxKernel.most(x)
	return most
}

var maxKernel = onBlocks(func(of, x, _ []float32) { maxBlocks(of, x) })

// Max64 is Max in float64.
func Max64(x []float64) float64 {
	if oneBlock(len(x)) {
		return maxOfBlock64(x)
	}
	most, _ := maxKernel64.most(x)
	return most
}

var maxKernel64 = onBlocks(func(of, x, _ []float64) { maxBlocks64(of, x) })

// most returns the greatest of the blocks' numbers and the first block that has it.
func (k *blockKernel[T]) most(x []T) (most T, block int) {
	most = T(math.Inf(-1))
	if len(x) == 0 {
		return most, 0
	}
	c := k.each(x, nil)
	for b, v := range c.of {
		if v > most {
			most, block = v, b
		}
	}
	k.giveBack(c)
	return most, block
}
