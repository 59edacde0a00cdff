package kernels

func langevinRowsGeneric(x, score Matrix, drift, diffusion, z []float32) {
	for i := range x.Rows {
		row := x.Row(i)
		for j, s := range score.Row(i) {
			row[j] = fma32(diffusion[i], z[j], fma32(drift[i], s, row[j]))
		}
		z = z[x.Cols:]
	}
}
