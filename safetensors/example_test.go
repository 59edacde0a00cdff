package safetensors_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed964deb49/langevin/safetensors"
)

// A file with a matrix, which Python reads by safetensors.numpy.load_file.
func ExampleSave() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "weights.safetensors")
	weights := safetensors.Tensor{Name: "0.weight", Shape: []int{2, 3}, Data: []float32{1, 2, 3, 4, 5, 6}}
	err = safetensors.Save(path, &safetensors.File{
		Metadata: map[string]string{"made by": "an example"}, Tensors: []safetensors.Tensor{weights},
	})
	if err != nil {
		panic(err)
	}
	file, err := safetensors.Load(path)
	if err != nil {
		panic(err)
	}
	tensor, err := file.Tensor("0.weight")
	if err != nil {
		panic(err)
	}
	fmt.Println(tensor.Shape, tensor.Data, file.Metadata)
	// Output: [2 3] [1 2 3 4 5 6] map[made by:an example]
}
