package kernels

// SumRows sets dst[j] to the sum of column j, added in ascending order of rows: the gradient of a bias. dst has
// a.Cols elements and must not overlap a.
func SumRows(dst []float32, a Matrix) {
	a.check("SumRows", "a")
	checkLen("SumRows", "dst", dst, a.Cols)
	checkDisjoint("SumRows", "dst", dst, "a", a.Data[:a.extent()])
	if a.Rows == 0 || a.Cols == 0 {
		clear(dst)
		return
	}
	sumRows(dst, a)
}

func sumRowsGeneric(dst []float32, a Matrix) {
	clear(dst)
	for i := range a.Rows {
		for j, x := range a.Row(i) {
			dst[j] += x
		}
	}
}
