package mlp_test

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/mlp"
)

// squares is the objective of a network that learns x^2 from points between -1 and 1: half of the mean square
// error.
type squares struct{ points []float32 }

// Input sets x to the points of the batch from number first on.
func (s *squares) Input(x kernels.Matrix, first int) {
	for i := range x.Rows {
		x.Row(i)[0] = s.points[first+i]
	}
}

// Gradient sets dy to the gradient of the loss at the output y.
func (s *squares) Gradient(dy, y, x kernels.Matrix, _ int) {
	for i := range y.Rows {
		v := x.Row(i)[0]
		dy.Row(i)[0] = (y.Row(i)[0] - v*v) / float32(len(s.points))
	}
}

// Next would fetch the next batch: here the points stay.
func (s *squares) Next() {}

// A network of two hidden layers learns a function.
func ExampleNetwork_NewLearner() {
	net, err := mlp.New(1, 32, 32, 1)
	if err != nil {
		panic(err)
	}
	net.Init(kernels.Noise{Seed: 1})
	objective := &squares{make([]float32, 64)}
	for i := range objective.points {
		objective.points[i] = float32(i)/32 - 1
	}
	learner := net.NewLearner(len(objective.points), mlp.NewAdam(len(net.Block), 0.01), nil)
	for range 500 {
		learner.Step(objective)
	}
	x := kernels.Matrix{Rows: 3, Cols: 1, Stride: 1, Data: []float32{-0.5, 0, 0.8}}
	y := net.NewEvaluator(x.Rows).Forward(x)
	fmt.Printf("%.2f", y.Data)
	// Output: [0.25 0.00 0.64]
}
