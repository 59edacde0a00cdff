package kernels

import "math"

// rotateRowsGeneric is the definition of RotateRows64.
func rotateRowsGeneric(a, c, s Matrix64, backward bool) {
	for k := range c.Rows {
		rotateSweep(a, c.Row(k), s.Row(k), backward)
	}
}

func rotateSweep(a Matrix64, c, s []float64, backward bool) {
	if backward {
		for i := len(c) - 1; i >= 0; i-- {
			// x, y = fma(s, y, c*x), fma(c, y, -(s*x)), where s = -t
			rotatePair(a.Row(i+1), a.Row(i), c[i], -s[i])
		}
		return
	}
	for i := range c {
		rotatePair(a.Row(i), a.Row(i+1), c[i], s[i])
	}
}

// rotatePair rotates the row x that the rotation before has left, and its neighbour.
func rotatePair(x, y []float64, c, s float64) {
	y = y[:len(x)]
	for j, left := range x {
		next := y[j]
		x[j] = math.FMA(c, left, s*next)
		y[j] = math.FMA(-s, left, c*next)
	}
}
