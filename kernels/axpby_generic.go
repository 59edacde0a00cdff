package kernels

func axpbyGeneric(dst []float32, a float32, x []float32, b float32, y []float32) {
	for i, x := range x {
		dst[i] = fma32(a, x, float32(b*y[i]))
	}
}
