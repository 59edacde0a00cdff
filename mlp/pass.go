package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Tape keeps what a forward pass computed for the backward pass that follows, and the memory of both. It serves
// batches of up to the size it was made for, one at a time.
type Tape struct {
	batch  int
	input  kernels.Matrix
	slope  []kernels.Matrix // of the activation, a hidden layer each; layers that add have none
	post   []kernels.Matrix // after it, or after the sum, a hidden layer each
	output kernels.Matrix
	grad   [2]kernels.Matrix
}

// NewTape returns a tape for batches of up to batch rows.
func (n *Network) NewTape(batch int) *Tape {
	if batch < 1 {
		panic(fmt.Sprintf("mlp: NewTape: batch of %d rows", batch))
	}
	t := &Tape{batch: batch}
	widest, last := 0, len(n.Weights)-1
	for l, size := range n.Sizes[1 : last+1] {
		var slope kernels.Matrix
		if !n.adds(l) {
			slope = kernels.NewMatrix(batch, size)
		}
		t.slope = append(t.slope, slope)
		t.post = append(t.post, kernels.NewMatrix(batch, size))
		widest = max(widest, size)
	}
	t.output = kernels.NewMatrix(batch, n.Sizes[last+1])
	for i := range t.grad {
		t.grad[i] = kernels.NewMatrix(batch, widest)
	}
	return t
}

// view returns the first rows by cols elements of m's memory as a contiguous matrix.
func view(m kernels.Matrix, rows, cols int) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: m.Data[:rows*cols]}
}

// Forward returns the output for a batch x, one row each. The result lies in the tape's memory and holds until its
// next use; x must stay unchanged until Backward has run.
func (n *Network) Forward(t *Tape, x kernels.Matrix) kernels.Matrix {
	if x.Cols != n.Sizes[0] || x.Rows > t.batch {
		panic(fmt.Sprintf("mlp: Forward: input is %dx%d, want at most %d rows of %d",
			x.Rows, x.Cols, t.batch, n.Sizes[0]))
	}
	t.input = x
	h := x
	for l, w := range n.Weights {
		if n.adds(l) {
			post := view(t.post[l], x.Rows, w.Cols)
			copy(post.Data, t.post[l-2].Data)
			kernels.Gemm(false, false, 1, h, w, 1, post)
			h = post
			continue
		}
		layer := kernels.Dense{W: w, Bias: n.Biases[l]}
		if l == len(n.Weights)-1 {
			output := view(t.output, x.Rows, w.Cols)
			layer.Forward(output, kernels.Matrix{}, h)
			return output
		}
		layer.SiLU = true
		post := view(t.post[l], x.Rows, w.Cols)
		layer.Forward(post, view(t.slope[l], x.Rows, w.Cols), h)
		h = post
	}
	return h
}

// Backward sets grads to the gradient of a loss with respect to the parameters, where dy is its gradient with respect
// to the output of the tape's last Forward.
func (n *Network) Backward(t *Tape, dy kernels.Matrix, grads *Network) {
	n.backward(t, dy, grads, nil, nil)
}

// BackwardStep does what Backward(t, dy, grads) and adam.Step(n.Block, grads.Block, ema) do one after the other. Without
// clipping, which has to know all gradients, it updates each layer as soon as the backward pass has done with it, while
// weights and gradients are in the cache.
func (n *Network) BackwardStep(t *Tape, dy kernels.Matrix, grads *Network, adam *Adam, ema *EMA) {
	if adam.ClipNorm > 0 {
		n.Backward(t, dy, grads)
		adam.Step(n.Block, grads.Block, ema)
		return
	}
	update := adam.begin(n.Block, grads.Block, ema)
	n.backward(t, dy, grads, adam, &update)
}

// backward is Backward, with an update of the parameters unless adam is nil.
func (n *Network) backward(t *Tape, dy kernels.Matrix, grads *Network, adam *Adam, step *adamUpdate) {
	last := len(n.Weights) - 1
	if dy.Rows != t.input.Rows || dy.Cols != n.Sizes[last+1] {
		panic(fmt.Sprintf("mlp: Backward: dy is %dx%d, want %dx%d", dy.Rows, dy.Cols, t.input.Rows, n.Sizes[last+1]))
	}
	end := len(n.Block) // of the layer's parameters
	for l := last; l >= 0; l-- {
		h := t.input
		if l > 0 {
			h = view(t.post[l-1], dy.Rows, n.Sizes[l])
		}
		kernels.Gemm(true, false, 1, h, dy, 0, grads.Weights[l]) // dW = h^T dy
		if !n.adds(l) {
			kernels.SumRows(grads.Biases[l], dy) // db = 1^T dy
		}
		if l > 0 {
			dy = n.descend(t, l, dy)
		}
		begin := end - len(n.Weights[l].Data) - len(n.Biases[l])
		if adam != nil {
			adam.update(step, begin, end)
		}
		end = begin
	}
}

// descend returns the gradient at the output of layer l-1, before its activation, of the gradient dy at that of layer l.
//
// Gradients at what blocks add to, the inputs of odd layers, stay in one memory: a block's first layer adds to the
// gradient that its sum passes on, as its last one had left it.
func (n *Network) descend(t *Tape, l int, dy kernels.Matrix) kernels.Matrix {
	dh := view(t.grad[l%2], dy.Rows, n.Sizes[l])
	beta := float32(0)
	if n.adds(l + 1) {
		beta = 1
	}
	if n.adds(l - 1) {
		kernels.Gemm(false, true, 1, dy, n.Weights[l], beta, dh) // dh = dy W^T
		return dh
	}
	kernels.GemmHadamard(false, true, 1, dy, n.Weights[l], beta, dh, view(t.slope[l-1], dy.Rows, n.Sizes[l]))
	return dh
}

// InputGradient sets dx to the gradient of a loss with respect to the input, where dy is its gradient with respect to the
// output of the tape's last Forward: row i of dx is the vector-Jacobian product of row i of dy with the network at row i
// of the input.
func (n *Network) InputGradient(t *Tape, dy, dx kernels.Matrix) {
	last := len(n.Weights) - 1
	rows := t.input.Rows
	if dy.Rows != rows || dy.Cols != n.Sizes[last+1] || dx.Rows != rows || dx.Cols != n.Sizes[0] {
		panic(fmt.Sprintf("mlp: InputGradient: dy is %dx%d and dx %dx%d, want %dx%d and %dx%d",
			dy.Rows, dy.Cols, dx.Rows, dx.Cols, rows, n.Sizes[last+1], rows, n.Sizes[0]))
	}
	for l := last; l > 0; l-- {
		dy = n.descend(t, l, dy)
	}
	kernels.Gemm(false, true, 1, dy, n.Weights[0], 0, dx)
}
