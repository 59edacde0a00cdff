//go:build !purego

package kernels

// rotateColumns is how many columns all sweeps go over before the next ones.
func rotateColumns() int {
	if active == avx512 {
		return 32
	}
	return 16
}

// rotateWidth returns how many columns the programs of so many sweeps take: whole vectors, and one that may
// be cut.
func rotateWidth(sweeps int) (whole, vector int) {
	vector = 4
	if active == avx512 {
		vector = 8
	}
	if sweeps == 1 {
		return 4 * vector, vector
	}
	return 2 * vector, vector
}

func rotateWhole(sweeps int, a *float64, aRow int, rotations *float64, pairs, width int) {
	switch {
	case active == avx512 && sweeps == 1:
		rotateRows1x4AVX512(a, aRow, rotations, pairs, width)
	case active == avx512:
		rotateRows4x2AVX512(a, aRow, rotations, pairs, width)
	case sweeps == 1:
		rotateRows1x4AVX2(a, aRow, rotations, pairs, width)
	default:
		rotateRows4x2AVX2(a, aRow, rotations, pairs, width)
	}
}

func rotateVector(sweeps int, a *float64, aRow int, rotations *float64, pairs, width int) {
	switch {
	case active == avx512 && sweeps == 1:
		rotateRows1x1AVX512(a, aRow, rotations, pairs, width)
	case active == avx512:
		rotateRows4x1AVX512(a, aRow, rotations, pairs, width)
	case sweeps == 1:
		rotateRows1x1AVX2(a, aRow, rotations, pairs, width)
	default:
		rotateRows4x1AVX2(a, aRow, rotations, pairs, width)
	}
}
