package bench

import (
	"fmt"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
)

// rowwise measures a kernel on matrices of the given shapes; kernel returns the call to measure.
func rowwise(b *testing.B, shapes [][2]int, kernel func(rows, cols int) func()) {
	for _, s := range shapes {
		rows, cols := s[0], s[1]
		each(b, fmt.Sprintf("rows=%d/cols=%d", rows, cols), 0, func(b *testing.B) {
			perElement(b, rows*cols, kernel(rows, cols))
		})
	}
}

// BenchmarkAddNoiseRows measures batches of points in the plane, where sigma changes with every other element, and of
// images.
func BenchmarkAddNoiseRows(b *testing.B) {
	rowwise(b, [][2]int{{128, 2}, {4096, 2}, {256, 64}, {128, 784}}, func(rows, cols int) func() {
		x, sigmas := normalMatrix(rows, cols, 0), make([]float32, rows)
		for i := range sigmas {
			sigmas[i] = sigma
		}
		return func() { kernels.AddNoiseRows(x, x, sigmas, noise, 0) }
	})
}

// BenchmarkSumRows measures the gradients of biases, of the output in the plane and of hidden layers.
func BenchmarkSumRows(b *testing.B) {
	rowwise(b, [][2]int{{512, 2}, {128, 128}, {512, 128}, {4096, 128}, {128, 1024}}, func(rows, cols int) func() {
		dst, x := make([]float32, cols), normalMatrix(rows, cols, 0)
		return func() { kernels.SumRows(dst, x) }
	})
}
