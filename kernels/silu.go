package kernels

// SiLU sets dst[i] = x[i]*sigmoid(x[i]) (Elfwing, Uchibe and Doya 2017; also called swish). dst and x have the same
// length and may be the same slice; other overlaps panic. The limit at minus infinity is not taken: the result there
// is NaN.
func SiLU(dst, x []float32) {
	checkLen("SiLU", "x", x, len(dst))
	checkAlias("SiLU", "dst", dst, "x", x)
	s := sweeps.get()
	s.op, s.dst, s.src = sweepSiLU, dst, x
	s.do(len(dst))
}

// SiLUGrad is the backward pass of SiLU at its input x: with s = sigmoid(x[i]) and t = x[i]*(1-s),
//
//	dst[i] = dy[i] * fma(s, t, s)
//
// dst, dy and x have the same length. dst may be dy or x itself; other overlaps panic.
func SiLUGrad(dst, dy, x []float32) {
	checkLen("SiLUGrad", "dy", dy, len(dst))
	checkLen("SiLUGrad", "x", x, len(dst))
	checkAlias("SiLUGrad", "dst", dst, "dy", dy)
	checkAlias("SiLUGrad", "dst", dst, "x", x)
	s := sweeps.get()
	s.op, s.dst, s.src, s.third = sweepSiLUGrad, dst, dy, x
	s.do(len(dst))
}

func sweepSiLU(s *sweep, from, to int) { silu(s.dst[from:to], s.src[from:to]) }
func sweepSiLUGrad(s *sweep, from, to int) {
	siluGrad(s.dst[from:to], s.src[from:to], s.third[from:to])
}

func siluGeneric(dst, x []float32) {
	for i, x := range x {
		dst[i] = x * sigmoid(x)
	}
}

func siluGradGeneric(dst, dy, x []float32) {
	for i, x := range x {
		s := sigmoid(x)
		t := x * (1 - s)
		dst[i] = dy[i] * fma32(s, t, s)
	}
}
