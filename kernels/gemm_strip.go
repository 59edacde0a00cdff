//go:build (amd64 || arm64) && !purego

package kernels

// strip is memory for rows of alpha*op(A).
type strip[T float] struct {
	packed, scaled []T
	holds          int // the strip of the current block that packed holds, or -1
	panels         []T // packed panels of B for this strip alone
	first, end     int // which ones
}

// bytes is the memory of the strip.
func (s *strip[T]) bytes() int {
	return sliceBytes(s.packed) + sliceBytes(s.scaled) + sliceBytes(s.panels)
}

// pack copies whole tiles of alpha*a: six elements a step of k.
func (s *strip[T]) pack(a operand[T], rows, k int, alpha T) {
	s.packed = resize(s.packed, rows*k)
	if a.row == 1 {
		copyTiles(s.packed, a.data, a.col, rows/tileRows, k)
	} else {
		for i := 0; i < rows; i += tileRows {
			transposeTile(s.packed[i*k:][:tileRows*k], a.data[i*a.row:], a.row, k)
		}
	}
	if alpha != 1 {
		scaleSlice(s.packed, alpha, s.packed)
	}
}

// scale returns rows by k elements of alpha*a, row by row.
func (s *strip[T]) scale(a operand[T], rows, k int, alpha T) operand[T] {
	s.scaled = resize(s.scaled, rows*k)
	for i := range rows {
		if to := s.scaled[i*k:][:k]; a.col == 1 {
			scaleSlice(to, alpha, a.data[i*a.row:][:k])
		} else {
			for p := range to {
				to[p] = alpha * a.data[i*a.row+p*a.col]
			}
		}
	}
	return operand[T]{s.scaled, k, 1}
}

// scaleSlice sets dst to alpha*x, which is as long or shorter.
func scaleSlice[T float](dst []T, alpha T, x []T) {
	dst = dst[:len(x)]
	for i := scaleVectors(dst, alpha, x); i < len(x); i++ {
		dst[i] = alpha * x[i]
	}
}

// bytes is the memory that the product keeps for the next one.
func (t *tiledProduct[T]) bytes() int {
	n := sliceBytes(t.block)
	for i := range t.memory[:t.grown] {
		n += t.memory[i].bytes()
	}
	return n
}
