package kernels

// addSquaresGeneric adds a block's sum to each row's sum.
func addSquaresGeneric(sums []float32, x Matrix) {
	for i := range x.Rows {
		var lane [8]float32
		for j, v := range x.Row(i) {
			lane[j%8] = fma32(v, v, lane[j%8])
		}
		sums[i] += sumLanes(&lane)
	}
}

func sumLanes(l *[8]float32) float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}
