package kernels

// SiLUWithSlope is the activation of layers; see Dense. It sets dst[i] to SiLU of max(x[i], -32), with the
// bits of SiLU, and slope[i] to the derivative there, the factor of SiLUGrad. slope may be x itself. dst
// overlaps neither.
//
// SiLU(-32) is -4e-13, which is nothing beside the other activations of a layer. It is also far from the
// subnormal numbers that SiLU returns below -92. With a subnormal number among their operands, multiply-adds
// of many processors take a hundred times as long.
func SiLUWithSlope(dst, slope, x []float32) {
	checkLen("SiLUWithSlope", "slope", slope, len(dst))
	checkLen("SiLUWithSlope", "x", x, len(dst))
	checkDisjoint("SiLUWithSlope", "dst", dst, "x", x)
	checkDisjoint("SiLUWithSlope", "dst", dst, "slope", slope)
	checkAlias("SiLUWithSlope", "slope", slope, "x", x)
	s := siluWithSlopeKernel.begin()
	a := &s.operands
	a.dst, a.slope, a.x = dst, slope, x
	s.do(len(dst))
}

type siluWithSlopeOperands struct{ dst, slope, x []float32 }

var siluWithSlopeKernel = onSlices(func(a *siluWithSlopeOperands, from, to int) {
	siluWithSlope(a.dst[from:to], a.slope[from:to], a.x[from:to])
})
