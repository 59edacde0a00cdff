package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/kernels"
)

// Tape keeps what a forward pass computed for the backward pass that follows, and the memory of both. It
// serves batches of up to the size it was made for, one at a time.
type Tape struct {
	batch  int
	input  kernels.Matrix
	slope  []kernels.Matrix // of the activation, a hidden layer each; layers that add have none
	post   []kernels.Matrix // after it, or after the sum, a hidden layer each
	grad   []kernels.Matrix // of the loss, before the activation or at the sum, a hidden layer each
	output kernels.Matrix
}

// NewTape returns a tape for batches of up to batch rows.
func (n *Network) NewTape(batch int) *Tape {
	if batch < 1 {
		panic(fmt.Sprintf("mlp: NewTape: batch of %d rows", batch))
	}
	t := &Tape{batch: batch}
	last := len(n.Weights) - 1
	for l, size := range n.Sizes[1 : last+1] {
		var slope kernels.Matrix
		if !n.adds(l) {
			slope = kernels.NewMatrix(batch, size)
		}
		t.slope = append(t.slope, slope)
		t.post = append(t.post, kernels.NewMatrix(batch, size))
		t.grad = append(t.grad, kernels.NewMatrix(batch, size))
	}
	t.output = kernels.NewMatrix(batch, n.Sizes[last+1])
	return t
}

// Forward returns the output for a batch x, one row for each of x. The result lies in the tape's memory and
// holds until its next use. x must stay unchanged until Backward has run.
func (n *Network) Forward(t *Tape, x kernels.Matrix) kernels.Matrix {
	if x.Cols != n.Sizes[0] || x.Rows > t.batch {
		panic(fmt.Sprintf("mlp: Forward: input is %dx%d, want at most %d rows of %d",
			x.Rows, x.Cols, t.batch, n.Sizes[0]))
	}
	t.input = x
	return n.forward(t, x, 0, nil)
}

// Backward sets grads to the gradient of a loss with respect to the parameters. dy is the loss's gradient
// with respect to the output of the tape's last Forward.
func (n *Network) Backward(t *Tape, dy kernels.Matrix, grads *Network) {
	last := len(n.Weights) - 1
	if dy.Rows != t.input.Rows || dy.Cols != n.Sizes[last+1] {
		panic(fmt.Sprintf("mlp: Backward: dy is %dx%d, want %dx%d",
			dy.Rows, dy.Cols, t.input.Rows, n.Sizes[last+1]))
	}
	n.backward(t, dy, 0, nil)
	for l := last; l >= 0; l-- {
		n.weightGradient(t, l, t.input, dy, 0, true, grads.Weights[l])
		n.biasGradient(t, l, dy, true, grads.Biases[l])
	}
}

// InputGradient sets dx to the gradient of a loss with respect to the input. dy is the loss's gradient with
// respect to the output of the tape's last Forward. Row i of dx is the vector-Jacobian product of row i of dy
// with the network at row i of the input.
func (n *Network) InputGradient(t *Tape, dy, dx kernels.Matrix) {
	last := len(n.Weights) - 1
	rows := t.input.Rows
	if dy.Rows != rows || dy.Cols != n.Sizes[last+1] || dx.Rows != rows || dx.Cols != n.Sizes[0] {
		panic(fmt.Sprintf("mlp: InputGradient: dy is %dx%d and dx %dx%d, want %dx%d and %dx%d",
			dy.Rows, dy.Cols, dx.Rows, dx.Cols, rows, n.Sizes[last+1], rows, n.Sizes[0]))
	}
	dy = n.backward(t, dy, 0, nil)
	kernels.Gemm(false, true, 1, dy, n.Weights[0], 0, dx)
}

// forward returns the output for x, whose rows are rows from, from+1 and so on of the tape.
func (n *Network) forward(t *Tape, x kernels.Matrix, from int, p *packed) kernels.Matrix {
	to := from + x.Rows
	h := x
	for l, w := range n.Weights {
		if n.adds(l) {
			post := t.post[l].Slice(from, to)
			copy(post.Data, t.post[l-2].Slice(from, to).Data)
			if p != nil {
				kernels.GemmPacked(false, 1, h, &p.weights[l], 1, post)
			} else {
				kernels.Gemm(false, false, 1, h, w, 1, post)
			}
			h = post
			continue
		}
		layer := kernels.Dense{W: w, Bias: n.Biases[l]}
		if p != nil {
			layer.Packed = &p.weights[l]
		}
		if l == len(n.Weights)-1 {
			output := t.output.Slice(from, to)
			layer.Forward(output, kernels.Matrix{}, h)
			return output
		}
		layer.SiLU = true
		post := t.post[l].Slice(from, to)
		layer.Forward(post, t.slope[l].Slice(from, to), h)
		h = post
	}
	return h
}

// backward sets the tape's gradients at the hidden layers, in rows from, from+1 and so on. dy is the gradient
// at the output. backward returns the first layer's gradient.
func (n *Network) backward(t *Tape, dy kernels.Matrix, from int, p *packed) kernels.Matrix {
	for l := len(n.Weights) - 1; l > 0; l-- {
		dy = n.descend(t, l, dy, from, p)
	}
	return dy
}

// descend returns the gradient at the output of layer l-1, before its activation. dy is the gradient at the
// output of layer l. A block's first layer adds to the gradient that the block's sum passes on.
func (n *Network) descend(t *Tape, l int, dy kernels.Matrix, from int, p *packed) kernels.Matrix {
	to := from + dy.Rows
	dh := t.grad[l-1].Slice(from, to)
	beta := float32(0)
	if n.adds(l + 1) {
		beta = 1
		copy(dh.Data, t.grad[l+1].Slice(from, to).Data)
	}
	w := n.Weights[l]
	if n.adds(l - 1) {
		if p != nil {
			kernels.GemmPacked(false, 1, dy, &p.transposed[l], beta, dh)
		} else {
			kernels.Gemm(false, true, 1, dy, w, beta, dh) // dh = dy W^T
		}
		return dh
	}
	slope := t.slope[l-1].Slice(from, to)
	if p != nil {
		kernels.GemmPackedHadamard(false, 1, dy, &p.transposed[l], beta, dh, slope)
	} else {
		kernels.GemmHadamard(false, true, 1, dy, w, beta, dh, slope)
	}
	return dh
}

// outputGradient returns the gradient at the output of layer l, before its activation, in the tape's first
// rows. dy is the gradient at the network's output.
func (n *Network) outputGradient(t *Tape, l int, dy kernels.Matrix) kernels.Matrix {
	if l < len(n.Weights)-1 {
		return t.grad[l].Slice(0, dy.Rows)
	}
	return dy
}

// weightGradient sets dW to some rows of the gradient of layer l's weights, from row from on. Unless fresh,
// it adds to dW. x is the network's input and dy the gradient at its output.
func (n *Network) weightGradient(
	t *Tape, l int, x, dy kernels.Matrix, from int, fresh bool, dW kernels.Matrix,
) {
	h := x
	if l > 0 {
		h = t.post[l-1].Slice(0, x.Rows)
	}
	h.Data, h.Cols = h.Data[from:], dW.Rows
	beta := float32(1)
	if fresh {
		beta = 0
	}
	kernels.Gemm(true, false, 1, h, n.outputGradient(t, l, dy), beta, dW) // dW = h^T dy
}

// biasGradient sets db to the gradient of layer l's bias. Unless fresh, it adds to db. A block's last layer
// has no bias.
func (n *Network) biasGradient(t *Tape, l int, dy kernels.Matrix, fresh bool, db []float32) {
	if n.adds(l) {
		return
	}
	dy = n.outputGradient(t, l, dy)
	if fresh {
		kernels.SumColumns(db, dy) // db = 1^T dy
	} else {
		kernels.AddRows(db, dy)
	}
}
