package detmath

import "math"

// LogTwoPi is log 2 pi.
const LogTwoPi = 1.8378770664093453

// SquaredDistance returns |a-b|^2 of points in as many dimensions as b has.
func SquaredDistance(a, b []float32) float64 {
	sum := 0.0
	for j, b := range b {
		d := float64(a[j]) - float64(b)
		sum = math.FMA(d, d, sum)
	}
	return sum
}
