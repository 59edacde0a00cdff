//go:build amd64 && !purego

package kernels

// strip is memory for rows of alpha*op(A).
type strip struct {
	packed, scaled []float32
	holds          int       // the strip of the current block that packed holds, or -1
	panel          []float32 // a packed panel of B for this strip alone
}

// pack copies whole tiles of alpha*a: six elements a step of k.
func (s *strip) pack(a []float32, aRow, aCol, rows, k int, alpha float32) {
	s.packed = resize(s.packed, rows*k)
	for i := 0; i < rows; i += tileRows {
		dst, src := s.packed[i*k:][:tileRows*k], a[i*aRow:]
		if aRow == 1 {
			copy6(&dst[0], &src[0], aCol, k)
		} else {
			transposeTile(dst, src, aRow, aCol, k)
		}
		if alpha != 1 {
			for p := range dst {
				dst[p] *= alpha
			}
		}
	}
}

// transposeTile sets dst[p*6+r] = src[r*row+p] for p < k and r < 6.
func transposeTile(dst, src []float32, row, col, k int) {
	// The last eight columns go by hand where the two elements too many would fall outside of this tile.
	whole := (k - 1) &^ 7
	if whole > 0 && col == 1 {
		transpose6(&dst[0], tileRows, &src[0], row, whole)
	} else {
		whole = 0
	}
	for p := whole; p < k; p++ {
		for r := range tileRows {
			dst[p*tileRows+r] = src[r*row+p*col]
		}
	}
}

// scale returns rows by k elements of alpha*a, row by row.
func (s *strip) scale(a []float32, aRow, aCol, rows, k int, alpha float32) []float32 {
	s.scaled = resize(s.scaled, rows*k)
	for i := range rows {
		for p := range k {
			s.scaled[i*k+p] = alpha * a[i*aRow+p*aCol]
		}
	}
	return s.scaled
}
