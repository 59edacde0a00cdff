//go:build !purego

package kernels

// rotateColumns is how many columns all sweeps go over before the next ones.
func rotateColumns() int { return 16 }

// rotateWidth returns how many columns the programs of so many sweeps take: whole vectors, and one that may
// be cut.
func rotateWidth(int) (whole, vector int) { return 8, 2 }

func rotateWhole(sweeps int, a *float64, aRow int, rotations *float64, pairs, width int) {
	if sweeps == 1 {
		rotateRows1x4NEON(a, aRow, rotations, pairs, width)
		return
	}
	rotateRows4x4NEON(a, aRow, rotations, pairs, width)
}

func rotateVector(sweeps int, a *float64, aRow int, rotations *float64, pairs, width int) {
	if sweeps == 1 {
		rotateRows1x1NEON(a, aRow, rotations, pairs, width)
		return
	}
	rotateRows4x1NEON(a, aRow, rotations, pairs, width)
}
