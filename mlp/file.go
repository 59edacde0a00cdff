package mlp

import (
	"fmt"

	"github.com/seed964deb49/langevin/safetensors"
)

// Tensors returns the parameters under the names and in the layout of a PyTorch nn.Sequential of nn.Linear layers with
// activations between them: prefix + "0.weight" of shape [out, in], prefix + "0.bias", then 2, 4 and so on.
func (n *Network) Tensors(prefix string) []safetensors.Tensor {
	var tensors []safetensors.Tensor
	for l, w := range n.Weights {
		weight := make([]float32, w.Rows*w.Cols)
		transpose(weight, w.Data, w.Rows, w.Cols)
		tensors = append(tensors,
			safetensors.Tensor{Name: weightName(prefix, l), Shape: []int{w.Cols, w.Rows}, Data: weight},
			safetensors.Tensor{Name: biasName(prefix, l), Shape: []int{w.Cols}, Data: n.Biases[l]})
	}
	return tensors
}

// FromTensors returns the network whose parameters Tensors wrote under prefix. Its sizes follow from the shapes.
func FromTensors(f *safetensors.File, prefix string) (*Network, error) {
	var sizes []int
	for l := 0; ; l++ {
		w, err := f.Tensor(weightName(prefix, l))
		if err != nil {
			if l > 0 {
				break
			}
			return nil, fmt.Errorf("mlp: %w", err)
		}
		if len(w.Shape) != 2 {
			return nil, fmt.Errorf("mlp: tensor %q has shape %v, want [out, in]", w.Name, w.Shape)
		}
		if l == 0 {
			sizes = append(sizes, w.Shape[1])
		}
		if in := sizes[len(sizes)-1]; w.Shape[1] != in {
			return nil, fmt.Errorf("mlp: tensor %q has shape %v, but the layer before it has %d outputs", w.Name, w.Shape, in)
		}
		sizes = append(sizes, w.Shape[0])
	}
	n, err := New(sizes...)
	if err != nil {
		return nil, err
	}
	for l, w := range n.Weights {
		weight, err := f.Tensor(weightName(prefix, l))
		if err != nil {
			return nil, fmt.Errorf("mlp: %w", err)
		}
		transpose(w.Data, weight.Data, w.Cols, w.Rows)
		bias, err := f.Tensor(biasName(prefix, l))
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

// An activation without parameters stands between two linear layers, so that these have even numbers.

func weightName(prefix string, layer int) string { return fmt.Sprintf("%s%d.weight", prefix, 2*layer) }
func biasName(prefix string, layer int) string   { return fmt.Sprintf("%s%d.bias", prefix, 2*layer) }

// transpose sets dst to the transpose of the rows by cols matrix src.
func transpose(dst, src []float32, rows, cols int) {
	for i := range rows {
		for j := range cols {
			dst[j*rows+i] = src[i*cols+j]
		}
	}
}
