package smld

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/mlp"
	"github.com/seed964deb49/langevin/safetensors"
)

// A model file is a safetensors file: the network's tensors under "net.", as a PyTorch nn.Sequential would name them,
// the data's statistics and noise levels as tensors beside them, and in the metadata the format's version, the
// preconditioning, EDM where there is none, how many augment labels it takes, if any, and what the data was.
const (
	formatKey    = "langevin.model"
	formatNumber = "1"
	dataKey      = "langevin.data"
	formKey      = "langevin.preconditioning"
	augmentKey   = "langevin.augment_labels"

	netPrefix  = "net."
	meanName   = "data.mean"
	stdName    = "data.std"
	sigmasName = "sigmas"
)

// Save writes the model to a file, whole or not at all. Equal models give equal bytes.
func (m *Model) Save(path string) error {
	f, err := m.file()
	if err != nil {
		return err
	}
	return safetensors.Save(path, f)
}

func (m *Model) file() (*safetensors.File, error) {
	data, err := json.Marshal(m.Data)
	if err != nil {
		return nil, fmt.Errorf("smld: %w", err)
	}
	metadata := map[string]string{formatKey: formatNumber, dataKey: string(data), formKey: m.Preconditioning}
	if m.AugmentLabels > 0 {
		metadata[augmentKey] = strconv.Itoa(m.AugmentLabels)
	}
	return &safetensors.File{
		Metadata: metadata,
		Tensors: append([]safetensors.Tensor{
			{Name: meanName, Shape: []int{len(m.Mean)}, Data: m.Mean},
			{Name: stdName, Shape: []int{}, Data: []float32{m.Std}},
			{Name: sigmasName, Shape: []int{len(m.Sigmas)}, Data: m.Sigmas},
		}, m.Net.Tensors(netPrefix)...),
	}, nil
}

// LoadModel reads a model that Save wrote.
func LoadModel(path string) (*Model, error) {
	f, err := safetensors.Load(path)
	if err != nil {
		return nil, err
	}
	m, err := fromFile(f)
	if err != nil {
		return nil, fmt.Errorf("%s is not a model that can be used: %w", path, err)
	}
	return m, nil
}

func fromFile(f *safetensors.File) (*Model, error) {
	if v := f.Metadata[formatKey]; v != formatNumber {
		return nil, fmt.Errorf("its metadata has %q as %s, want %q", v, formatKey, formatNumber)
	}
	m := &Model{Preconditioning: or(f.Metadata[formKey], EDM)}
	if text, ok := f.Metadata[augmentKey]; ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("its metadata has %q as %s, want how many there are", text, augmentKey)
		}
		m.AugmentLabels = n
	}
	if err := json.Unmarshal([]byte(f.Metadata[dataKey]), &m.Data); err != nil {
		return nil, fmt.Errorf("its metadata has a broken %s: %w", dataKey, err)
	}
	if err := checkPreconditioning(m.Preconditioning, m.Data); err != nil {
		return nil, err
	}
	for _, t := range f.Tensors {
		for i, x := range t.Data {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return nil, fmt.Errorf("element %d of tensor %q is %v", i, t.Name, x)
			}
		}
	}
	mean, err := f.Tensor(meanName)
	if err != nil {
		return nil, err
	}
	std, err := f.Tensor(stdName)
	if err != nil {
		return nil, err
	}
	sigmas, err := f.Tensor(sigmasName)
	if err != nil {
		return nil, err
	}
	if m.Net, err = mlp.FromTensors(f, netPrefix); err != nil {
		return nil, err
	}
	m.Mean, m.Sigmas = mean.Data, sigmas.Data
	if len(std.Data) != 1 || !(std.Data[0] > 0) {
		return nil, fmt.Errorf("tensor %q is %v, want one positive number", stdName, std.Data)
	}
	m.Std = std.Data[0]
	if err := checkLevels(m.Sigmas); err != nil {
		return nil, err
	}
	in, out := m.Net.Sizes[0], m.Net.Sizes[len(m.Net.Sizes)-1]
	if out != len(m.Mean) || in != len(m.Mean)+levelFeatures+m.AugmentLabels {
		return nil, fmt.Errorf("the network maps %d inputs to %d outputs, but points of dimension %d with %d augment labels need %d and %d",
			in, out, len(m.Mean), m.AugmentLabels, len(m.Mean)+levelFeatures+m.AugmentLabels, len(m.Mean))
	}
	if !holds(m.Data.Shape, len(m.Mean)) {
		return nil, fmt.Errorf("shape %v in its metadata does not hold %d values", m.Data.Shape, len(m.Mean))
	}
	return m, nil
}

// holds reports whether an array of that shape has n elements.
func holds(shape []int, n int) bool {
	size := 1
	for _, d := range shape {
		if d < 1 || d > n/size {
			return false
		}
		size *= d
	}
	return size == n
}
