package bench

import "github.com/seed964deb49/langevin/kernels"

// normals returns n standard normals, others for each stream. Operands are drawn rather than left zero, since
// the speed of an instruction may depend on its data.
func normals(n int, stream uint64) []float32 {
	x := make([]float32, n)
	kernels.Noise{Seed: 1, Stream: stream}.Fill(x, 0)
	return x
}

// normalMatrix returns a matrix of standard normals.
func normalMatrix(rows, cols int, stream uint64) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: normals(rows*cols, stream)}
}
