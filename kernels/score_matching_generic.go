package kernels

// matchScoreGeneric adds a block's sum to each row's loss.
func matchScoreGeneric(df, y, f Matrix, a, b, g, loss, z []float32) {
	for i := range df.Rows {
		var lane [8]float32
		to, y := df.Row(i), y.Row(i)
		for j, f := range f.Row(i) {
			r := fma32(b[i], f, fma32(a[i], y[j], z[j]))
			to[j] = r * g[i]
			lane[j%8] = fma32(r, r, lane[j%8])
		}
		loss[i] += sumLanes(&lane)
		z = z[df.Cols:]
	}
}
