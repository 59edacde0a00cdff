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

// batches are points in the plane, where factors change with every other element, and images.
var batches = [][2]int{{128, 2}, {4096, 2}, {256, 64}, {128, 784}}

// factors returns small numbers, one a row.
func factors(rows int) []float32 {
	x := make([]float32, rows)
	for i := range x {
		x[i] = sigma
	}
	return x
}

func BenchmarkAddNoiseRows(b *testing.B) {
	rowwise(b, batches, func(rows, cols int) func() {
		x, sigmas := normalMatrix(rows, cols, 0), factors(rows)
		return func() { kernels.AddNoiseRows(x, x, sigmas, noise, 0) }
	})
}

// BenchmarkPerturbRows measures making a network's input.
func BenchmarkPerturbRows(b *testing.B) {
	rowwise(b, batches, func(rows, cols int) func() {
		dst, x := normalMatrix(rows, cols, 0), normalMatrix(rows, cols, 1)
		sigmas, scales, mean := factors(rows), factors(rows), normals(cols, 2)
		return func() { kernels.PerturbRows(dst, x, mean, sigmas, scales, noise, 0) }
	})
}

func BenchmarkLangevinRows(b *testing.B) {
	rowwise(b, batches, func(rows, cols int) func() {
		x, score := normalMatrix(rows, cols, 0), normalMatrix(rows, cols, 1)
		drift, diffusion := factors(rows), factors(rows)
		return func() { kernels.LangevinRows(x, score, drift, diffusion, noise, 0) }
	})
}

// BenchmarkSumSquaresRows measures the norms of scores and of their noise.
func BenchmarkSumSquaresRows(b *testing.B) {
	rowwise(b, batches, func(rows, cols int) func() {
		x, ofX, ofNoise := normalMatrix(rows, cols, 0), make([]float32, rows), make([]float32, rows)
		return func() { kernels.SumSquaresRows(ofX, ofNoise, x, noise, 0) }
	})
}

// BenchmarkMatchScoreRows measures the loss of denoising score matching with its gradient.
func BenchmarkMatchScoreRows(b *testing.B) {
	rowwise(b, batches, func(rows, cols int) func() {
		df, y, f := normalMatrix(rows, cols, 0), normalMatrix(rows, cols, 1), normalMatrix(rows, cols, 2)
		loss, linear, network, gradient := make([]float32, rows), factors(rows), factors(rows), factors(rows)
		return func() { kernels.MatchScoreRows(df, loss, y, f, linear, network, gradient, noise, 0) }
	})
}

// BenchmarkSumRows measures the gradients of biases, of the output in the plane and of hidden layers.
func BenchmarkSumRows(b *testing.B) {
	rowwise(b, [][2]int{{512, 2}, {128, 128}, {512, 128}, {4096, 128}, {128, 1024}}, func(rows, cols int) func() {
		dst, x := make([]float32, cols), normalMatrix(rows, cols, 0)
		return func() { kernels.SumRows(dst, x) }
	})
}
