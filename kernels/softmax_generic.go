package kernels

// maxRowsGeneric raises most[i] to the greatest number of row i, of zeros the positive one. It passes over
// NaN.
func maxRowsGeneric(most []float32, x Matrix) {
	for i := range x.Rows {
		for _, v := range x.Row(i) {
			if v > most[i] {
				most[i] = v
			}
		}
		most[i] += 0
	}
}

// expRowsGeneric sets dst to the exponentials of x less most. It adds a block's sum of them to each row's
// sum.
func expRowsGeneric(dst, x Matrix, most, sums []float32) {
	for i := range dst.Rows {
		var lane [8]float32
		to := dst.Row(i)
		for j, v := range x.Row(i) {
			to[j] = exp(v - most[i])
			lane[j%8] += to[j]
		}
		sums[i] += sumLanes(&lane)
	}
}

// divideRowsGeneric divides each row of x by a number.
func divideRowsGeneric(x Matrix, by []float32) {
	for i := range x.Rows {
		row := x.Row(i)
		for j := range row {
			row[j] /= by[i]
		}
	}
}
