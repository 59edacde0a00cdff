package mlp

import (
	"fmt"
	"slices"

	"github.com/seed964deb49/langevin/kernels"
)

// Evaluator computes a network's output, many times with the same parameters. It has a copy of them, packed
// once. Later changes of the network do not show.
// An evaluator serves batches of up to the size it was made for, one at a time. Share returns an evaluator
// for another goroutine.
type Evaluator struct {
	net    *Network
	batch  int
	packed []kernels.Packed
	biases [][]float32
	hidden [2]kernels.Matrix // layers write to them in turn; blocks add to the first
	output kernels.Matrix
}

// NewEvaluator returns an evaluator with n's parameters as they are now.
func (n *Network) NewEvaluator(batch int) *Evaluator {
	if batch < 1 {
		panic(fmt.Sprintf("mlp: NewEvaluator: batch of %d rows", batch))
	}
	e := &Evaluator{net: n, packed: make([]kernels.Packed, len(n.Weights))}
	for l, w := range n.Weights {
		e.packed[l].Pack(false, w)
		e.biases = append(e.biases, slices.Clone(n.Biases[l]))
	}
	return e.Share(batch)
}

// Share returns an evaluator of the same packed parameters with memory of its own.
func (e *Evaluator) Share(batch int) *Evaluator {
	last, widest := len(e.packed)-1, 0
	for _, w := range e.net.Weights[:last] {
		widest = max(widest, w.Cols)
	}
	output := kernels.NewMatrix(batch, e.net.Sizes[last+1])
	shared := &Evaluator{net: e.net, batch: batch, packed: e.packed, biases: e.biases, output: output}
	for i := range shared.hidden {
		shared.hidden[i] = kernels.NewMatrix(batch, widest)
	}
	return shared
}

// view returns the first rows by cols elements of m's memory as a contiguous matrix.
func view(m kernels.Matrix, rows, cols int) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: m.Data[:rows*cols]}
}

// Forward returns the output for a batch x, one row for each of x. The result lies in the evaluator's memory
// and holds until its next use.
func (e *Evaluator) Forward(x kernels.Matrix) kernels.Matrix {
	if x.Cols != e.net.Sizes[0] || x.Rows > e.batch {
		panic(fmt.Sprintf("mlp: Evaluator.Forward: input is %dx%d, want at most %d rows of %d",
			x.Rows, x.Cols, e.batch, e.net.Sizes[0]))
	}
	last := len(e.packed) - 1
	for l := range e.packed {
		memory := e.output
		if l < last {
			memory = e.hidden[l%2]
		}
		y := view(memory, x.Rows, e.net.Sizes[l+1])
		if e.net.adds(l) {
			kernels.GemmPacked(false, 1, x, &e.packed[l], 1, y)
			x = y
			continue
		}
		layer := kernels.Dense{Packed: &e.packed[l], Bias: e.biases[l], SiLU: l < last}
		layer.Forward(y, kernels.Matrix{}, x)
		x = y
	}
	return x
}
