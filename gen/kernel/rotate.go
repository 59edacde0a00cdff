package kernel

import "fmt"

// RotateSweeps is how many sweeps of rotations go over rows together.
const RotateSweeps = 4

// RotateRows declares sweeps of rotations over some vectors of columns, of which the last may be cut.
func RotateRows(sweeps, vectors int, cut bool) Kernel {
	width := "all of them whole."
	if cut {
		width = "of which the last has what is left of width columns."
	}
	return declare(fmt.Sprintf("rotateRows%dx%d", sweeps, vectors),
		"func(a *float64, aRow int, rotations *float64, pairs, width int)",
		fmt.Sprintf("is %d of the sweeps of rotateRowsGeneric over pairs+1 rows, %d vectors of columns, %s",
			sweeps, vectors, width),
		fmt.Sprintf("Sweep k is k rows behind the first one. Its cosine and sine for rows i and i+1 are "+
			"rotations[(i+k)*%d+2*k] and the next element; pairs >= %d.", 2*sweeps, max(1, sweeps-1)))
}
