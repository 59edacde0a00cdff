package kernels

// addRowsGeneric adds the rows of a to dst.
func addRowsGeneric(dst []float32, a Matrix) {
	for i := range a.Rows {
		for j, x := range a.Row(i) {
			dst[j] += x
		}
	}
}
