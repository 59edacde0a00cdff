// Package mlp is a multilayer perceptron, plain or residual, on package kernels. It has the forward and the
// backward pass, Adam, an exponential moving average of the parameters, and their form in a model file. A
// Learner trains a network on all cores.
//
// A network's parameters are one block of memory. So are its gradients and whatever an optimiser keeps beside
// them, and an update is one pass over each block. A training step allocates nothing.
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
// for a batch of rows h. The last layer's pre is the output, without activation.
//
// A residual network has an odd number of hidden layers. Every other one, from the first on, has the same
// width. Behind the first, each two layers l and l+1 are a block. A block adds to what enters it:
//
//	h += SiLU(h*Weights[l] + Biases[l]) * Weights[l+1]
//
// (He et al. 2016, "Identity mappings in deep residual networks", without normalisation). Biases[l+1] is nil:
// the biases of the layers that read h make up for it.
//
// The gradients of a network, its moving average and the like have the same layout and are Networks too.
//
// Whoever writes to Block, Weights or Biases calls Changed, so that a Learner does not go on with what it
// packed before. SetParameters, Init and a Learner do so themselves.
type Network struct {
	Sizes    []int            // of the input, the hidden layers and the output
	Residual bool             // whether hidden layers form blocks
	Block    []float32        // all parameters: weights, then bias, layer by layer
	Weights  []kernels.Matrix // views of Block, Sizes[l] by Sizes[l+1]
	Biases   [][]float32      // views of Block, Sizes[l+1] long

	version uint64 // of the parameters: each change has another, from 1 on
}

// New returns a network with the given sizes of input, hidden layers and output, all parameters zero.
func New(sizes ...int) (*Network, error) { return newNetwork(false, sizes) }

// NewResidual returns a residual network with the given sizes, all parameters zero.
func NewResidual(sizes ...int) (*Network, error) {
	if len(sizes)%2 == 0 {
		return nil, fmt.Errorf("mlp: sizes %v: a residual network needs an odd number of hidden layers, "+
			"a first one and two a block", sizes)
	}
	for l := 3; l < len(sizes)-1; l += 2 {
		if sizes[l] != sizes[1] {
			return nil, fmt.Errorf("mlp: sizes %v: a residual network's hidden layers 1, 3, 5 and so on "+
				"must be equally wide", sizes)
		}
	}
	return newNetwork(true, sizes)
}

// mostParameters is the largest block of memory that can be asked for: 2^47 bytes, or those that an int
// counts.
const mostParameters = min(math.MaxInt, 1<<47) / 4

func newNetwork(residual bool, sizes []int) (*Network, error) {
	if len(sizes) < 2 {
		return nil, fmt.Errorf("mlp: sizes %v: a network needs an input and an output size", sizes)
	}
	total := int64(0)
	for l, size := range sizes {
		const most = 1 << 20
		if size < 1 || size > most {
			return nil, fmt.Errorf("mlp: sizes %v: size %d is not between 1 and %d", sizes, size, most)
		}
		if l > 0 {
			total += int64(sizes[l-1]+1) * int64(size)
		}
	}
	n := &Network{Sizes: append([]int(nil), sizes...), Residual: residual, version: 1}
	for l := range sizes[1:] {
		if n.adds(l) {
			total -= int64(sizes[l+1])
		}
	}
	if total > mostParameters {
		return nil, fmt.Errorf("mlp: sizes %v: %d parameters are more than memory holds, at most %d",
			sizes, total, int64(mostParameters))
	}
	n.Block = make([]float32, total)
	rest := n.Block
	for l, in := range sizes[:len(sizes)-1] {
		out := sizes[l+1]
		w := kernels.Matrix{Rows: in, Cols: out, Stride: out, Data: rest[: in*out : in*out]}
		n.Weights = append(n.Weights, w)
		rest = rest[in*out:]
		if n.adds(l) {
			n.Biases = append(n.Biases, nil)
			continue
		}
		n.Biases = append(n.Biases, rest[:out:out])
		rest = rest[out:]
	}
	return n, nil
}

// adds reports whether layer l ends a block, adding to what entered it.
func (n *Network) adds(l int) bool { return n.Residual && l > 0 && l%2 == 0 && l < len(n.Sizes)-2 }

// begin returns where the parameters of layer l are in Block.
func (n *Network) begin(l int) int {
	at := 0
	for k := range l {
		at += len(n.Weights[k].Data) + len(n.Biases[k])
	}
	return at
}

// Like returns a zero network of the same sizes.
func (n *Network) Like() *Network {
	other, err := newNetwork(n.Residual, n.Sizes)
	if err != nil {
		panic(err) // the sizes were good once
	}
	return other
}

// Changed tells that parameters were changed.
func (n *Network) Changed() { n.version++ }

// SetParameters copies params to Block. Their number must be Block's.
func (n *Network) SetParameters(params []float32) {
	if len(params) != len(n.Block) {
		panic(fmt.Sprintf("mlp: SetParameters: %d parameters, want %d", len(params), len(n.Block)))
	}
	copy(n.Block, params)
	n.Changed()
}

// Init draws the weights of the hidden layers from a normal distribution of variance 2/inputs (He et al.
// 2015). It sets biases, the last layer and what blocks add to zero. An untrained network then returns zero,
// and its blocks pass on what enters them. Parameter i of Block comes from normal i of the stream.
func (n *Network) Init(noise kernels.Noise) {
	n.Changed()
	noise.Fill(n.Block, 0)
	last := len(n.Weights) - 1
	for l, w := range n.Weights {
		clear(n.Biases[l])
		if l == last || n.adds(l) {
			clear(w.Data)
			continue
		}
		std := float32(math.Sqrt(2 / float64(w.Rows)))
		for i := range w.Data {
			w.Data[i] *= std
		}
	}
}
