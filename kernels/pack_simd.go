//go:build amd64 && !purego

package kernels

// packRows sets dst[p*16+j] = src[p*stride+j] for p < rows and j < cols.
func packRows(dst, src []float32, stride, cols, rows int) {
	if active == generic || cols < panelCols {
		packRowsGeneric(dst, src, stride, cols, rows)
		return
	}
	copy16(&dst[0], &src[0], stride, rows)
}

// packTransposed sets dst[p*16+j] = src[j*stride+p] for p < rows and j < cols.
func packTransposed(dst, src []float32, stride, cols, rows int) {
	j, whole := 0, rows&^7
	if active == generic {
		whole = 0
	}
	for ; whole > 0 && j+8 <= cols; j += 8 {
		transpose8(&dst[j], panelCols, &src[j*stride], stride, whole)
		for i := j; i < j+8; i++ {
			for p := whole; p < rows; p++ {
				dst[p*panelCols+i] = src[i*stride+p]
			}
		}
	}
	if j < cols {
		packTransposedGeneric(dst[j:], src[j*stride:], stride, cols-j, rows)
	}
}
