package kernels

func perturbRowsGeneric(dst, x Matrix, shift, sigma, scale, z []float32) {
	for i := range dst.Rows {
		to := dst.Row(i)
		for j, x := range x.Row(i) {
			to[j] = scale[i] * fma32(sigma[i], z[j], x-shift[j])
		}
		z = z[dst.Cols:]
	}
}
