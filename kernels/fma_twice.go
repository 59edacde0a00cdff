package kernels

import "math"

// doubt has its highest bit set where a result may not be that of the definition.
type doubt uint64

// none reports whether there is no doubt.
func (d doubt) none() bool { return d>>63 == 0 }

// fmaTwice returns x*y + z as fma32 does, but for what it adds to the doubt: a float64 sum that is midway
// between two float32 values, where a second rounding goes wrong, or below the normal range. It is compiled
// in line and has no branch. Whoever is left with a doubt computes by fma32 again.
//
// The float64 bits of a sum midway have 1<<28 as their lower 29 bits, so that bits<<35 is 1<<63. That is the
// only number whose lowest bit is the highest.
func fmaTwice(x, y, z float32, d doubt) (float32, doubt) {
	const minNormal = (1023 - 126) << 52
	s := float64(float64(x)*float64(y)) + float64(z)
	b := doubt(math.Float64bits(s))
	return float32(s), d | b<<35&-(b<<35) | (b&^(1<<63) - minNormal)
}
