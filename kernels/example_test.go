package kernels_test

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

func ExampleGemm() {
	a := kernels.Matrix{Rows: 2, Cols: 3, Stride: 3, Data: []float32{1, 2, 3, 4, 5, 6}}
	c := kernels.NewMatrix(2, 2)
	kernels.Gemm(false, true, 1, a, a, 0, c) // A*A^T
	fmt.Println(c.Data)
	// Output: [14 32 32 77]
}

// Normals are addressed by index: a piece of a stream is the same wherever it is drawn, on every machine.
func ExampleNoise_Fill() {
	noise := kernels.Noise{Seed: 1}
	z := make([]float32, 4)
	noise.Fill(z, 0)
	fmt.Println(z)
	noise.Fill(z[:2], 2)
	fmt.Println(z[:2])
	// Output:
	// [-1.0873412 -0.4633762 -0.7822445 -0.9155495]
	// [-0.7822445 -0.9155495]
}
