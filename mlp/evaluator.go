package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Evaluator computes a network's output, many times with the same parameters: their packed form is made once. It
// serves batches of up to the size it was made for, one at a time.
type Evaluator struct {
	net    *Network
	batch  int
	packed []kernels.Packed
	hidden [2]kernels.Matrix // layers write to them in turn; blocks add to the first
	output kernels.Matrix
}

// NewEvaluator returns an evaluator with n's parameters as they are now.
func (n *Network) NewEvaluator(batch int) *Evaluator {
	if batch < 1 {
		panic(fmt.Sprintf("mlp: NewEvaluator: batch of %d rows", batch))
	}
	last := len(n.Weights) - 1
	e := &Evaluator{net: n, batch: batch, packed: make([]kernels.Packed, last+1)}
	widest := 0
	for l, w := range n.Weights {
		e.packed[l].Pack(false, w)
		if l < last {
			widest = max(widest, w.Cols)
		}
	}
	for i := range e.hidden {
		e.hidden[i] = kernels.NewMatrix(batch, widest)
	}
	e.output = kernels.NewMatrix(batch, n.Weights[last].Cols)
	return e
}

// Forward returns the output for a batch x, one row each. The result lies in the evaluator's memory and holds until its
// next use.
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
		kernels.Dense{Packed: &e.packed[l], Bias: e.net.Biases[l], SiLU: l < last}.Forward(y, kernels.Matrix{}, x)
		x = y
	}
	return x
}
