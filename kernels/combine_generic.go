package kernels

func combineRowsGeneric(dst, x, y Matrix, a, b []float32) {
	for i := range dst.Rows {
		to, y := dst.Row(i), y.Row(i)
		for j, x := range x.Row(i) {
			to[j] = fma32(b[i], y[j], float32(a[i]*x))
		}
	}
}
