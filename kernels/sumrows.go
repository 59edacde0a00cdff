package kernels

// SumRows sets dst[j] to the sum of column j, added in ascending order of rows: the gradient of a bias. dst has
// a.Cols elements and must not overlap a.
func SumRows(dst []float32, a Matrix) {
	a.check("SumRows", "a")
	checkLen("SumRows", "dst", dst, a.Cols)
	checkDisjoint("SumRows", "dst", dst, "a", a.Data[:a.extent()])
	clear(dst)
	if a.Cols == 0 {
		return
	}
	for rows := max(1, sumBlock/a.Cols); a.Rows > 0; {
		n := min(rows, a.Rows)
		addRows(dst, a.Slice(0, n))
		a = a.Slice(n, a.Rows)
	}
}

// sumBlock is how many elements one assembly call may add up: some tens of microseconds.
const sumBlock = 1 << 18

// addRowsGeneric adds the rows of a to dst.
func addRowsGeneric(dst []float32, a Matrix) {
	for i := range a.Rows {
		for j, x := range a.Row(i) {
			dst[j] += x
		}
	}
}
