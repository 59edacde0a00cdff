package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/safetensors"
)

// Tensors returns the parameters under names and in the layout of PyTorch, whose nn.Linear has weights of
// shape [out, in].
//
// A plain network has the names of an nn.Sequential of linear layers with activations between them. Behind
// the prefix these are "0.weight", "0.bias", then 2, 4 and so on. A residual network has "input.weight" and
// "input.bias", "blocks.k.0.weight", "blocks.k.0.bias" and "blocks.k.2.weight" of block k, and
// "output.weight" and "output.bias".
func (n *Network) Tensors(prefix string) []safetensors.Tensor {
	var tensors []safetensors.Tensor
	for l, w := range n.Weights {
		name := layerName(prefix, l, len(n.Weights), n.Residual)
		weight := make([]float32, w.Rows*w.Cols)
		transpose(weight, w.Data, w.Rows, w.Cols)
		tensors = append(tensors, safetensors.Tensor{
			Name: name + weightSuffix, Shape: []int{w.Cols, w.Rows}, Data: weight,
		})
		if !n.adds(l) {
			tensors = append(tensors, safetensors.Tensor{
				Name: name + biasSuffix, Shape: []int{w.Cols}, Data: n.Biases[l],
			})
		}
	}
	return tensors
}

// FromTensors returns the network whose parameters Tensors wrote under prefix. The network's form follows
// from the names, and its sizes from the shapes.
func FromTensors(f *safetensors.File, prefix string) (*Network, error) {
	layers, residual := countLayers(f, prefix)
	var sizes []int
	for l := range layers {
		w, err := f.Tensor(layerName(prefix, l, layers, residual) + weightSuffix)
		if err != nil {
			return nil, fmt.Errorf("mlp: %w", err)
		}
		if len(w.Shape) != 2 {
			return nil, fmt.Errorf("mlp: tensor %q has shape %v, want [out, in]", w.Name, w.Shape)
		}
		if l == 0 {
			sizes = append(sizes, w.Shape[1])
		}
		if in := sizes[len(sizes)-1]; w.Shape[1] != in {
			return nil, fmt.Errorf("mlp: tensor %q has shape %v, but the layer before it has %d outputs",
				w.Name, w.Shape, in)
		}
		sizes = append(sizes, w.Shape[0])
	}
	build := New
	if residual {
		build = NewResidual
	}
	n, err := build(sizes...)
	if err != nil {
		return nil, err
	}
	for l, w := range n.Weights {
		name := layerName(prefix, l, layers, residual)
		weight, err := f.Tensor(name + weightSuffix)
		if err != nil {
			return nil, fmt.Errorf("mlp: %w", err)
		}
		transpose(w.Data, weight.Data, w.Cols, w.Rows)
		if n.adds(l) {
			continue
		}
		bias, err := f.Tensor(name + biasSuffix)
		if err != nil {
			return nil, fmt.Errorf("mlp: %w", err)
		}
		if len(bias.Shape) != 1 || bias.Shape[0] != w.Cols {
			return nil, fmt.Errorf("mlp: tensor %q has shape %v, want [%d]", bias.Name, bias.Shape, w.Cols)
		}
		copy(n.Biases[l], bias.Data)
	}
	return n, nil
}

const weightSuffix, biasSuffix = ".weight", ".bias"

// countLayers returns the number of a file's layers, at least one, and whether the network is residual.
func countLayers(f *safetensors.File, prefix string) (layers int, residual bool) {
	has := func(layer string) bool {
		_, err := f.Tensor(layer + weightSuffix)
		return err == nil
	}
	if has(prefix + "input") {
		blocks := 0
		for has(fmt.Sprintf("%sblocks.%d.0", prefix, blocks)) {
			blocks++
		}
		return 2 + 2*blocks, true
	}
	for layers = 1; has(layerName(prefix, layers, 0, false)); layers++ {
	}
	return layers, false
}

// layerName returns the name of a layer, one of that many.
func layerName(prefix string, layer, layers int, residual bool) string {
	switch {
	case !residual:
		// An activation without parameters stands between two linear layers.
		return fmt.Sprintf("%s%d", prefix, 2*layer)
	case layer == 0:
		return prefix + "input"
	case layer == layers-1:
		return prefix + "output"
	}
	return fmt.Sprintf("%sblocks.%d.%d", prefix, (layer-1)/2, 2*((layer-1)%2)) // as within a block
}

// transpose sets dst to the transpose of the rows by cols matrix src.
func transpose(dst, src []float32, rows, cols int) {
	for i := range rows {
		for j := range cols {
			dst[j*rows+i] = src[i*cols+j]
		}
	}
}
