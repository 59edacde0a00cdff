package mlp

import "github.com/seed964deb49/langevin/kernels"

// packed is a network's weights made ready for products, for passes in strips. Each strip reads all weights.
type packed struct {
	weights, transposed []kernels.Packed
	version             uint64 // of the network's parameters
}

func newPacked(layers int) *packed {
	return &packed{weights: make([]kernels.Packed, layers), transposed: make([]kernels.Packed, layers)}
}

// pack packs layer l of n, for the backward pass too, which does not go beyond the first.
func (p *packed) pack(n *Network, l int) {
	p.weights[l].Pack(false, n.Weights[l])
	if l > 0 {
		p.transposed[l].Pack(true, n.Weights[l])
	}
}
