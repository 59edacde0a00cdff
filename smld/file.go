package smld

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/seed964deb49/langevin/mlp"
	"github.com/seed964deb49/langevin/safetensors"
)

// A model file is a safetensors file. It has the network's tensors under "net.", as a PyTorch nn.Sequential
// would name them, and the points' statistics and noise levels as tensors beside them. The metadata has the
// format's version, the preconditioning (EDM where there is none), how many augment labels the model takes
// and how many numbers a condition has, if any, and what the data was. Version 2 has what version 1 lacks:
// the encoding of rows of data as points, in the metadata, and the principal axes of Linear, as tensors.
const (
	formatKey     = "langevin.model"
	plainFormat   = "1"
	encodedFormat = "2"
	dataKey       = "langevin.data"
	encodingKey   = "langevin.encoding"
	formKey       = "langevin.preconditioning"
	augmentKey    = "langevin.augment_labels"
	conditionsKey = "langevin.conditions"

	netPrefix  = "net."
	meanName   = "data.mean"
	stdName    = "data.std"
	sigmasName = "sigmas"
	axesName   = "data.axes"
	spreadName = "data.axes_std"
	restName   = "data.rest_std"
	lowName    = "data.axes_low"
	highName   = "data.axes_high"
)

// Save writes the model to a file, whole or not at all. Equal models give equal bytes.
func (m *Model) Save(path string) error {
	f, err := m.file()
	if err != nil {
		return err
	}
	return safetensors.Save(path, f)
}

// Write writes to w what Save writes to a file.
func (m *Model) Write(w io.Writer) error {
	f, err := m.file()
	if err != nil {
		return err
	}
	return safetensors.Encode(w, f)
}

func (m *Model) file() (*safetensors.File, error) {
	data, err := json.Marshal(m.Data)
	if err != nil {
		return nil, fmt.Errorf("smld: %w", err)
	}
	metadata := map[string]string{
		formatKey: plainFormat, dataKey: string(data), formKey: string(m.Preconditioning),
	}
	if m.AugmentLabels > 0 {
		metadata[augmentKey] = strconv.Itoa(m.AugmentLabels)
	}
	if m.Conditions > 0 {
		metadata[conditionsKey] = strconv.Itoa(m.Conditions)
	}
	tensors := []safetensors.Tensor{
		{Name: meanName, Shape: []int{len(m.Mean)}, Data: m.Mean},
		{Name: stdName, Shape: []int{}, Data: []float32{m.Std}},
		{Name: sigmasName, Shape: []int{len(m.Sigmas)}, Data: m.Sigmas},
	}
	if m.Encoding != nil {
		encoding, err := json.Marshal(m.Encoding)
		if err != nil {
			return nil, fmt.Errorf("smld: %w", err)
		}
		metadata[formatKey], metadata[encodingKey] = encodedFormat, string(encoding)
	}
	if m.Preconditioning == Linear {
		metadata[formatKey] = encodedFormat
		tensors = append(tensors,
			safetensors.Tensor{Name: axesName, Shape: []int{m.Basis.Rows, m.Basis.Cols}, Data: m.Basis.Data},
			safetensors.Tensor{Name: spreadName, Shape: []int{len(m.Spread)}, Data: m.Spread},
			safetensors.Tensor{Name: restName, Shape: []int{}, Data: []float32{m.Rest}},
			safetensors.Tensor{Name: lowName, Shape: []int{len(m.Spread)}, Data: m.Ends[0]},
			safetensors.Tensor{Name: highName, Shape: []int{len(m.Spread)}, Data: m.Ends[1]})
	}
	return &safetensors.File{Metadata: metadata, Tensors: append(tensors, m.Net.Tensors(netPrefix)...)}, nil
}

// LoadModel reads a model that Save wrote.
func LoadModel(path string) (*Model, error) {
	f, err := safetensors.Load(path)
	if err != nil {
		return nil, err
	}
	return usable(f, path)
}

// ReadModel reads a model as LoadModel does, from size bytes of a file, which need be on no disk. name is
// what its errors call the file.
func ReadModel(r io.ReaderAt, size int64, name string) (*Model, error) {
	f, err := safetensors.Decode(r, size, name)
	if err != nil {
		return nil, err
	}
	return usable(f, name)
}

// usable returns the model of a file.
func usable(f *safetensors.File, name string) (*Model, error) {
	m, err := fromFile(f)
	if err != nil {
		return nil, fmt.Errorf("%s is not a model that can be used: %w", name, err)
	}
	return m, nil
}

// mostTensors is how many tensors a model file has at most, of which each layer has two. Each is looked for
// among all.
const mostTensors = 10_000

func fromFile(f *safetensors.File) (*Model, error) {
	if n := len(f.Tensors); n > mostTensors {
		return nil, fmt.Errorf("it has %d tensors, want at most %d", n, mostTensors)
	}
	if err := checkSum(f); err != nil {
		return nil, err
	}
	if v := f.Metadata[formatKey]; v != plainFormat && v != encodedFormat {
		return nil, fmt.Errorf("its metadata has %q as %s, want %q or %q",
			v, formatKey, plainFormat, encodedFormat)
	}
	m := &Model{Preconditioning: cmp.Or(Preconditioning(f.Metadata[formKey]), EDM)}
	var err error
	if m.AugmentLabels, err = countFrom(f, augmentKey); err != nil {
		return nil, err
	}
	if m.Conditions, err = countFrom(f, conditionsKey); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(f.Metadata[dataKey]), &m.Data); err != nil {
		return nil, fmt.Errorf("its metadata has a broken %s: %w", dataKey, err)
	}
	if err := checkPreconditioning(m.Preconditioning, m.Data); err != nil {
		return nil, err
	}
	if err := checkConditions(m.Conditions, m.Data.Classes); err != nil {
		return nil, err
	}
	for _, t := range f.Tensors {
		for i, x := range t.Data {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return nil, fmt.Errorf("element %d of tensor %q is %v", i, t.Name, x)
			}
		}
	}
	if m.Net, err = mlp.FromTensors(f, netPrefix); err != nil {
		return nil, err
	}
	if err := m.statisticsFrom(f); err != nil {
		return nil, err
	}
	if m.Preconditioning == Linear {
		if err := m.axesFrom(f); err != nil {
			return nil, err
		}
	}
	in, out := m.Net.Sizes[0], m.Net.Sizes[len(m.Net.Sizes)-1]
	if out != m.width() || in != m.inputs() {
		return nil, fmt.Errorf("the network maps %d inputs to %d outputs, but points of dimension %d "+
			"with %d augment labels and conditions of %d numbers need %d and %d",
			in, out, m.width(), m.AugmentLabels, m.Conditions, m.inputs(), m.width())
	}
	if err := m.rowsFrom(f); err != nil {
		return nil, err
	}
	return m, nil
}

// rowsFrom reads how points become rows of data.
func (m *Model) rowsFrom(f *safetensors.File) error {
	width := len(m.Mean)
	if text, ok := f.Metadata[encodingKey]; ok {
		if err := m.encodingFrom(text); err != nil {
			return fmt.Errorf("its metadata has a broken %s: %w", encodingKey, err)
		}
		width = m.Encoding.Width()
	}
	if !holds(m.Data.Shape, width) {
		return fmt.Errorf("shape %v in its metadata does not hold %d values", m.Data.Shape, width)
	}
	return nil
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
