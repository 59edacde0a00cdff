package kernels

// Sum returns the sum of x, in the order and with the error of Dot with ones: a lane is
//
//	lane[l] = lane[l] + x[i]
func Sum(x []float32) float32 {
	switch {
	case !oneBlock(len(x)):
		return float32(sumKernel.sum(x, nil))
	case direct():
		return sumOfBlockDirect(x)
	}
	return sumOfBlock(x)
}

var sumKernel = onBlocks(func(of, x, _ []float32) { sumBlocks(of, x) })

// Sum64 is Sum in float64, in the order and with the error of Dot64 with ones.
func Sum64(x []float64) float64 {
	switch {
	case !oneBlock(len(x)):
		return sumKernel64.sum(x, nil)
	case direct():
		return sumOfBlock64Direct(x)
	}
	return sumOfBlock64(x)
}

var sumKernel64 = onBlocks(func(of, x, _ []float64) { sumBlocks64(of, x) })

// Asum returns the sum of the magnitudes of x, which it adds as Sum does.
func Asum(x []float32) float32 {
	switch {
	case !oneBlock(len(x)):
		return float32(asumKernel.sum(x, nil))
	case direct():
		return asumOfBlockDirect(x)
	}
	return asumOfBlock(x)
}

var asumKernel = onBlocks(func(of, x, _ []float32) { asumBlocks(of, x) })

// Asum64 is Asum in float64.
func Asum64(x []float64) float64 {
	switch {
	case !oneBlock(len(x)):
		return asumKernel64.sum(x, nil)
	case direct():
		return asumOfBlock64Direct(x)
	}
	return asumOfBlock64(x)
}

var asumKernel64 = onBlocks(func(of, x, _ []float64) { asumBlocks64(of, x) })
