package kernels

import "math"

// fma32 returns x*y + z, rounded once to float32.
//
// The product of two float32 values is exact in float64. The float64 sum rounds, and its conversion to
// float32 rounds again. The two roundings together go wrong in two cases only: the first one lands midway
// between two float32 values, or the result is subnormal and the midpoints lie elsewhere. Those cases take
// the slow path.
func fma32(x, y, z float32) float32 {
	const (
		belowFloat32 = 1<<29 - 1
		midway       = 1 << 28
		minNormal    = (1023 - 126) << 52
	)
	p := float64(float64(x) * float64(y))
	s := p + float64(z)
	if b := math.Float64bits(s); b&belowFloat32 != midway && b&^(1<<63) >= minNormal {
		return float32(s)
	}
	return fma32Odd(p, float64(z), s)
}

// fma32Odd rounds p + z to float32, where s is the float64 sum. It first rounds s to odd: the last bit of s
// tells whether anything was lost. A second rounding, to at most 51 bits, is then exact.
func fma32Odd(p, z, s float64) float32 {
	if math.IsInf(s, 0) || math.IsNaN(s) {
		return float32(s)
	}
	t := s - p
	residual := (p - (s - t)) + (z - t) // Knuth's two-sum: s + residual = p + z
	if b := math.Float64bits(s); residual != 0 && b&1 == 0 {
		if (residual > 0) == (s > 0) {
			b++
		} else {
			b--
		}
		s = math.Float64frombits(b)
	}
	return float32(s)
}
