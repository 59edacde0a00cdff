package kernels

import "testing"

func BenchmarkZ(b *testing.B) {
	for _, s := range [][3]int{{1, 1, 1}, {4, 4, 4}, {1, 13, 7}, {30, 2, 1}} {
		x, y, z := NewMatrix(s[0], s[2]), NewMatrix(s[2], s[1]), NewMatrix(s[0], s[1])
		b.Run("", func(b *testing.B) {
			for b.Loop() {
				Gemm(false, false, 1, x, y, 0, z)
			}
		})
	}
}
