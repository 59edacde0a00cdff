package kernels

func emaGeneric(avg, x []float32, rate float32) {
	for i, x := range x {
		avg[i] = fma32(rate, x-avg[i], avg[i])
	}
}
