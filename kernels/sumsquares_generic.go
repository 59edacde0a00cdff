package kernels

func sumSquaresGeneric(x []float32) float64 {
	var lane [16]float64
	for i, x := range x {
		lane[i%16] += float64(float64(x) * float64(x))
	}
	for _, half := range []int{8, 4} {
		for l := range half {
			lane[l] += lane[l+half]
		}
	}
	return (lane[0] + lane[2]) + (lane[1] + lane[3])
}
