// Package mlp is a multilayer perceptron on package kernels: forward and backward pass, Adam, an exponential moving
// average of the parameters, and their form in a model file.
//
// A network's parameters are one block of memory, and so are its gradients and whatever an optimiser keeps beside
// them, so that an update is one pass over each. A training step allocates nothing.
package mlp

import (
	"fmt"
	"math"

	"github.com/seed964deb49/langevin/kernels"
)

// Network is a multilayer perceptron. With h = x for the first layer, layer l computes
//
//	pre = h*Weights[l] + Biases[l]
//	h = SiLU(pre)
//
// for a batch of rows h; the last layer's pre is the output, without activation.
//
// The gradients of a network, its moving average and the like have the same layout and are Networks too.
type Network struct {
	Sizes   []int            // of the input, the hidden layers and the output
	Block   []float32        // all parameters: weights, then bias, layer by layer
	Weights []kernels.Matrix // views of Block, Sizes[l] by Sizes[l+1]
	Biases  [][]float32      // views of Block, Sizes[l+1] long
}

// New returns a network with the given sizes of input, hidden layers and output, all parameters zero.
func New(sizes ...int) (*Network, error) {
	if len(sizes) < 2 {
		return nil, fmt.Errorf("mlp: sizes %v: a network needs an input and an output size", sizes)
	}
	total := 0
	for l, size := range sizes {
		const most = 1 << 20
		if size < 1 || size > most {
			return nil, fmt.Errorf("mlp: sizes %v: size %d is not between 1 and %d", sizes, size, most)
		}
		if l > 0 {
			total += (sizes[l-1] + 1) * size
		}
	}
	n := &Network{Sizes: append([]int(nil), sizes...), Block: make([]float32, total)}
	rest := n.Block
	for l, in := range sizes[:len(sizes)-1] {
		out := sizes[l+1]
		n.Weights = append(n.Weights, kernels.Matrix{Rows: in, Cols: out, Stride: out, Data: rest[: in*out : in*out]})
		rest = rest[in*out:]
		n.Biases = append(n.Biases, rest[:out:out])
		rest = rest[out:]
	}
	return n, nil
}

// Like returns a zero network of the same sizes.
func (n *Network) Like() *Network {
	other, err := New(n.Sizes...)
	if err != nil {
		panic(err) // the sizes were good once
	}
	return other
}

// Init draws the weights of the hidden layers from a normal distribution of variance 2/inputs (He et al. 2015) and
// sets biases and the last layer to zero, so that an untrained network returns zero. Parameter i of Block comes from
// normal i of the stream.
func (n *Network) Init(noise kernels.Noise) {
	noise.Fill(n.Block, 0)
	last := len(n.Weights) - 1
	for l, w := range n.Weights {
		clear(n.Biases[l])
		if l == last {
			clear(w.Data)
			continue
		}
		std := float32(math.Sqrt(2 / float64(w.Rows)))
		for i := range w.Data {
			w.Data[i] *= std
		}
	}
}
