package kernels

import "math"

func axpbyGeneric(dst []float32, a float32, x []float32, b float32, y []float32) {
	for i, x := range x {
		dst[i] = fma32(a, x, float32(b*y[i]))
	}
}

func axpby64Generic(dst []float64, a float64, x []float64, b float64, y []float64) {
	for i, x := range x {
		dst[i] = math.FMA(a, x, float64(b*y[i]))
	}
}
