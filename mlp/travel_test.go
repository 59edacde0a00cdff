package mlp

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed964deb49/langevin/kernels"
	"github.com/seed964deb49/langevin/safetensors"
)

var update = flag.Bool("update", false,
	"write testdata/networks.safetensors anew; testdata/torch_golden.py evaluates it")

// travellers are the networks in testdata/networks.safetensors, which amd64 wrote.
var travellers = []struct {
	name  string
	build func(sizes ...int) (*Network, error)
	sizes []int
	bits  []uint32 // of the output
}{
	{"plain", New, []int{3, 8, 8, 2}, []uint32{
		0xbf23a158, 0x3ed00628, 0xbef0361f, 0x3e5637c7, 0xbeebfe6b, 0x3e3a9282, 0xbed3a746, 0x3e9db3bd,
	}},
	{"residual", NewResidual, []int{3, 8, 5, 8, 2}, []uint32{
		0xbf31b9a2, 0x3e574c2f, 0xbed88469, 0x3efd655d, 0xbf40f5af, 0x3f1a607a, 0xbf06e73d, 0x3dcd1198,
	}},
}

// parameter i of a traveller is a multiple of 2^-24 from -1/2 up to 1/2. It uses every byte of a float32.
func parameter(i int) float32 {
	return float32(int32(uint32(i)*0x9e3779b9>>8)-1<<23) * 0x1p-24
}

func writeTravellers(t *testing.T, path string) {
	f := &safetensors.File{Metadata: map[string]string{"parameters": "by a formula"}}
	for _, c := range travellers {
		n, err := c.build(c.sizes...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n.Block {
			n.Block[i] = parameter(i)
		}
		f.Tensors = append(f.Tensors, n.Tensors(c.name+".")...)
	}
	if err := safetensors.Save(path, f); err != nil {
		t.Fatal(err)
	}
}

// TestTravel reads the networks that amd64 wrote, and evaluates them. It compares the output with that of
// PyTorch, which read the same file, and with the output recorded to the bit. Then it writes the file again.
func TestTravel(t *testing.T) {
	const path = "testdata/networks.safetensors"
	if *update {
		writeTravellers(t, path)
	}
	text, err := os.ReadFile("testdata/networks.json")
	if err != nil {
		t.Fatal(err)
	}
	var torch struct {
		X []float32
		Y map[string][]float32
	}
	if err := json.Unmarshal(text, &torch); err != nil {
		t.Fatal(err)
	}
	x := kernels.Matrix{Rows: len(torch.X) / 3, Cols: 3, Stride: 3, Data: torch.X}
	f, err := safetensors.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	again := &safetensors.File{Metadata: f.Metadata}
	for _, c := range travellers {
		n, err := FromTensors(f, c.name+".")
		if err != nil {
			t.Fatal(err)
		}
		if n.Residual != (c.name == "residual") || !slices.Equal(n.Sizes, c.sizes) {
			t.Errorf("%s: sizes %v, want %v", c.name, n.Sizes, c.sizes)
		}
		for i, got := range n.Block {
			if want := parameter(i); got != want {
				t.Fatalf("%s: parameter %d is %v, want %v", c.name, i, got, want)
			}
		}
		y := n.NewEvaluator(x.Rows).Forward(x)
		near(t, c.name, y.Data, torch.Y[c.name])
		if bits := bitsOf(y.Data); !slices.Equal(bits, c.bits) {
			t.Errorf("%s: the output's bits are %#08x, want %#08x", c.name, bits, c.bits)
		}
		again.Tensors = append(again.Tensors, n.Tensors(c.name+".")...)
	}
	copied := filepath.Join(t.TempDir(), "again.safetensors")
	if err := safetensors.Save(copied, again); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("written again, the file has other bytes")
	}
}

func bitsOf(x []float32) []uint32 {
	bits := make([]uint32, len(x))
	for i, v := range x {
		bits[i] = math.Float32bits(v)
	}
	return bits
}
