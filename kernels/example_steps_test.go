package kernels_test

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

func ExampleGemm64() {
	a := kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2, 3, 4}}
	c := kernels.NewMatrix64(2, 2)
	kernels.Gemm64(false, false, 1, a, a, 0, c)
	fmt.Println(c.Data)
	// Output: [7 10 15 22]
}

// A view of columns shares its memory, and products take it as it is.
func ExampleMatrix_Columns() {
	x := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: []float32{1, 2, 0, 0, 3, 4, 0, 0}}
	left, right := x.Columns(0, 2), x.Columns(2, 4)
	kernels.MatMul(right, left, left)
	fmt.Println(x.Data)
	// Output: [1 2 7 10 3 4 15 22]
}

// Weights that are used often are packed once.
func ExamplePacked() {
	weights := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}}
	var packed kernels.Packed
	packed.Pack(false, weights)
	x, y := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, 1}}, kernels.NewMatrix(1, 2)
	kernels.GemmPacked(false, 1, x, &packed, 0, y)
	fmt.Println(y.Data)
	// Output: [4 6]
}

// Two calls that share a stream between them make the noise of one.
func ExampleAddNoise() {
	noise, x := kernels.Noise{Seed: 1}, make([]float32, 4)
	whole, parts := make([]float32, 4), make([]float32, 4)
	kernels.AddNoise(whole, x, 2, noise, 0)
	kernels.AddNoise(parts[:3], x[:3], 2, noise, 0)
	kernels.AddNoise(parts[3:], x[3:], 2, noise, 3)
	fmt.Println(whole)
	fmt.Println(parts)
	// Output:
	// [-2.1746824 -0.9267524 -1.564489 -1.831099]
	// [-2.1746824 -0.9267524 -1.564489 -1.831099]
}

// Langevin dynamics draws from a distribution by its score, of standard normals -x.
func ExampleLangevin() {
	const eps = 0.1
	x, score := make([]float32, 10_000), make([]float32, 10_000)
	for step := range uint64(200) {
		for i, v := range x {
			score[i] = -v
		}
		kernels.Langevin(x, score, eps/2, 0.31622776, kernels.Noise{Seed: 1, Stream: step}, 0)
	}
	fmt.Printf("%.2f", kernels.SumSquares(x)/10_000)
	// Output: 0.99
}

// LangevinRows has a step of its own for each row.
func ExampleLangevinRows() {
	x := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 1, 1, 1}}
	score := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{-1, -1, -1, -1}}
	kernels.LangevinRows(x, score, []float32{0.5, 0.25}, nil, kernels.Noise{}, 0)
	fmt.Println(x.Data)
	// Output: [0.5 0.5 0.75 0.75]
}

func ExampleSiLU() {
	x := []float32{-1, 0, 1}
	kernels.SiLU(x, x)
	fmt.Println(x)
	// Output: [-0.26894143 0 0.7310586]
}

// The backward pass of a function multiplies by its derivative at the function's input.
func ExampleTanhGrad() {
	x, dy, dx := []float32{0, 1}, []float32{1, 1}, make([]float32, 2)
	kernels.TanhGrad(dx, dy, x)
	fmt.Println(dx)
	// Output: [1 0.41997433]
}

func ExampleAdam() {
	p, grad := []float32{1}, []float32{2}
	m, v := make([]float32, 1), make([]float32, 1)
	kernels.Adam(p, grad, m, v, nil, kernels.AdamStep{
		Rate: 0.1, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Correction1: 10, Correction2: 1000, GradScale: 1,
	})
	fmt.Printf("%.3f", p[0])
	// Output: 0.900
}

func ExampleEMA() {
	average := []float32{1, 2}
	kernels.EMA(average, []float32{3, 4}, 0.5)
	fmt.Println(average)
	// Output: [2 3]
}

// Ranges do not depend on the number of cores, so a result that depends on its range alone is always the
// same.
func ExampleParallel() {
	sums := make([]int, 3)
	kernels.Parallel(10, 4, func(_, from, to int) {
		for i := from; i < to; i++ {
			sums[from/4] += i
		}
	})
	fmt.Println(sums)
	// Output: [6 22 17]
}

// A layer adds its bias and applies its activation in the last pass of the product.
func ExampleDense_Forward() {
	weights := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{1, 2}}
	layer := kernels.Dense{W: weights, Bias: []float32{-3}, SiLU: true}
	x := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 1, 2, 1}}
	y := kernels.NewMatrix(2, 1)
	layer.Forward(y, kernels.Matrix{}, x)
	fmt.Println(y.Data)
	// Output: [0 0.7310586]
}
