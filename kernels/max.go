package kernels

import "math"

// Max returns the greatest number of x, and +0 where that is a zero of either sign:
//
//	most = -Inf
//	if x[i] > most { most = x[i] }
//
// It passes over NaN, and is -Inf where there is no number.
func Max(x []float32) float32 {
	switch {
	case !oneBlock(len(x)):
		return maxKernel.greatest(x)
	case direct():
		return maxOfBlockDirect(x)
	}
	return maxOfBlock(x)
}

var maxKernel = onBlocks(func(of, x, _ []float32) { maxBlocks(of, x) })

// Max64 is Max in float64.
func Max64(x []float64) float64 {
	switch {
	case !oneBlock(len(x)):
		return maxKernel64.greatest(x)
	case direct():
		return maxOfBlock64Direct(x)
	}
	return maxOfBlock64(x)
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

// greatest is the first result of most.
func (k *blockKernel[T]) greatest(x []T) T {
	most, _ := k.most(x)
	return most
}
