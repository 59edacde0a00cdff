// Package safetensors reads and writes model weights in the safetensors format of Hugging Face: the length of a
// header as 8 little-endian bytes, the header as JSON, which gives each tensor's name, type, shape and place, and
// the values in little-endian order. Files that this package writes load with safetensors.numpy.load_file and
// safetensors.torch.load_file in Python.
//
// The same File always encodes to the same bytes. Reading trusts nothing: what the format forbids is an error, and
// no memory is taken on the word of a header that the size of the file does not bear out.
package safetensors

import (
	"fmt"
	"math"
	"strings"
)

const (
	// lengthSize is the size of the header length that a file begins with.
	lengthSize = 8
	// maxHeader is the longest header that the format allows.
	maxHeader = 100_000_000
	// alignment is that of the values, to which spaces after the header bring them.
	alignment = 8
	// chunk is how many bytes of values are converted at a time.
	chunk = 1 << 16

	metadataKey = "__metadata__"
)

// Tensor is a named array in row-major order. The product of Shape is the length of Data; a scalar has no dimensions
// and one value.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
}

// File is the content of a safetensors file. Tensors are in the order of their values in the file. Metadata is free
// text; an empty map is the same as nil.
type File struct {
	Metadata map[string]string
	Tensors  []Tensor
}

// Tensor returns the tensor of that name, sharing its memory.
func (f *File) Tensor(name string) (Tensor, error) {
	for _, t := range f.Tensors {
		if t.Name == name {
			return t, nil
		}
	}
	if len(f.Tensors) == 0 {
		return Tensor{}, fmt.Errorf("there is no tensor %.80q: the file has none at all", name)
	}
	const most = 10
	var names []string
	for _, t := range f.Tensors[:min(most, len(f.Tensors))] {
		names = append(names, fmt.Sprintf("%.80q", t.Name))
	}
	if more := len(f.Tensors) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return Tensor{}, fmt.Errorf("there is no tensor %.80q: the file has %s", name, strings.Join(names, ", "))
}

// count returns the number of elements of a shape, or an error where the shape is impossible. Like the reference
// implementation it refuses a shape whose product overflows on the way, even if a zero follows.
func count(shape []int) (int, error) {
	n := 1
	for i, d := range shape {
		if d < 0 {
			return 0, fmt.Errorf("dimension %d of its shape is %d, want 0 or more", i, d)
		}
		if d > 0 && n > math.MaxInt/4/d {
			return 0, fmt.Errorf("the product of its shape overflows at dimension %d, which is %d", i, d)
		}
		n *= d
	}
	return n, nil
}
