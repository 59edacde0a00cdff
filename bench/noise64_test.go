package bench

import "testing"

// BenchmarkNoise64 measures normals in float64.
func BenchmarkNoise64(b *testing.B) {
	elementwise(b,
		func(n int) func() {
			dst := make([]float64, n)
			return func() { noise.Fill64(dst, 0) }
		},
		func(n int) func() {
			dst, r := make([]float64, n), random()
			return func() {
				for i := range dst {
					dst[i] = r.NormFloat64()
				}
			}
		})
}

// BenchmarkUniform64 measures uniforms in float64.
func BenchmarkUniform64(b *testing.B) {
	elementwise(b,
		func(n int) func() {
			dst := make([]float64, n)
			return func() { noise.Uniform64(dst, 0) }
		},
		func(n int) func() {
			dst, r := make([]float64, n), random()
			return func() {
				for i := range dst {
					dst[i] = r.Float64()
				}
			}
		})
}
